import { useLimpid } from '../../state/store.ts';
import { Backend } from '../controls/Backend.tsx';
import { ModelsFailure } from '../controls/ModelPicker.tsx';
import { Weights } from '../controls/Weights.tsx';
import { RUN, useHandOn } from '../frame/hand-on.ts';
import { NoticeAt } from '../frame/NoticeAt.tsx';
import { statusText } from '../status.ts';
import { ChooseImage } from './ChooseImage.tsx';
import { Samples } from './Samples.tsx';

const PASTE = /mac/i.test(navigator.userAgent) ? '⌘V' : 'Ctrl+V';

/** Before there is a picture: what this page does, the whole window as the drop area, four samples. */
export function Empty() {
  const opening = useLimpid((state) => state.opening);
  const empty = useHandOn<HTMLDivElement>(RUN);
  return (
    <div className="empty" ref={empty}>
      <section className="empty-drop" aria-labelledby="empty-title">
        <h2 id="empty-title" className="empty-title">
          <span className="with-pointer">Drop a picture.</span>
          <span className="with-finger">Choose a picture.</span> It never leaves this device.
        </h2>
        <p className="empty-about">
          Limpid enlarges small pictures by any factor from 1 to 8 and lessens the blur of shaken photos, several at a
          time if you like. It shows the papers, the code and the measurements that its explanation rests on.
        </p>
        <p className="empty-ways">
          <ChooseImage className="button accent-button" />
          <span className="quiet empty-paste">
            or paste one with <kbd>{PASTE}</kbd>
          </span>
        </p>
        <p role="status" className="empty-status quiet">
          {statusText(undefined, opening)}
        </p>
        <NoticeAt place="open" />
        <ModelsFailure />
      </section>
      <Samples />
      <div className="empty-foot">
        <Backend />
        <Weights />
      </div>
    </div>
  );
}
