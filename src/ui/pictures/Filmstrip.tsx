import { useLayoutEffect, useRef } from 'react';
import type { Entry } from '../../state/entries.ts';
import { selectPicture } from '../../state/open.ts';
import { removeAll, removePicture } from '../../state/remove.ts';
import { useLimpid } from '../../state/store.ts';
import { CrossButton } from '../frame/CrossButton.tsx';
import { Check, Clock, Warning } from '../icons.tsx';
import { CHOOSE, UNDO, useHandOn } from '../frame/hand-on.ts';
import { useThumbnails } from './thumbnails.ts';

/** All pictures on the table, each with its own state; shown from two on. */
export function Filmstrip() {
  const entries = useLimpid((state) => state.entries);
  if (entries.length < 2) return null;
  return (
    <nav aria-label="Pictures" className="filmstrip">
      <ul>
        {entries.map((entry) => (
          <Frame key={entry.id} entry={entry} />
        ))}
      </ul>
      <RemoveAll />
    </nav>
  );
}

function RemoveAll() {
  const button = useHandOn<HTMLButtonElement>(UNDO);
  return (
    <button ref={button} type="button" className="button chip" onClick={() => void removeAll()}>
      Remove all
    </button>
  );
}

function Frame({ entry }: { entry: Entry }) {
  const selected = useLimpid((state) => state.selected === entry.id);
  const frame = useHandOn<HTMLLIElement>(CHOOSE, '.frame');
  useLayoutEffect(() => {
    if (selected) frame.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [frame, selected]);
  return (
    <li ref={frame} data-state={entry.job.kind}>
      <button
        type="button"
        className="frame"
        aria-current={selected}
        aria-label={`${entry.info.name}: ${stateName(entry)}`}
        title={entry.info.name}
        onClick={() => selectPicture(entry.id)}
      >
        <Thumbnail entry={entry} />
        <Badge entry={entry} />
      </button>
      <CrossButton
        className="frame-remove"
        label={`Remove ${entry.info.name}`}
        title="Remove this picture"
        onClick={() => void removePicture(entry.id)}
      />
    </li>
  );
}

/** Said without the words of the page's buttons, which tools and voice control find by name. */
function stateName({ job, result }: Entry): string {
  switch (job.kind) {
    case 'idle':
      return result === null ? 'not started' : 'done';
    case 'queued':
      return 'waiting';
    case 'planning':
    case 'running':
      return 'in work';
    case 'cancelling':
      return 'stopping';
    case 'done':
      return 'done';
    case 'failed':
      return `failed. ${job.error.message}`;
    case 'cancelled':
      return 'stopped';
  }
}

function Badge({ entry: { job } }: { entry: Entry }) {
  if (job.kind === 'running' || job.kind === 'cancelling' || job.kind === 'planning') {
    const fraction = job.kind === 'planning' ? 0 : (job.progress?.fraction ?? 0);
    return <span className="frame-progress" ref={(bar) => bar?.style.setProperty('--done', String(fraction))} />;
  }
  const Icon = { idle: null, cancelled: null, queued: Clock, done: Check, failed: Warning }[job.kind];
  return Icon === null ? null : (
    <span className="frame-badge">
      <Icon />
    </span>
  );
}

function Thumbnail({ entry }: { entry: Entry }) {
  const { before, after } = useThumbnails(entry.id);
  const canvas = useRef<HTMLCanvasElement>(null);
  const bitmap = after ?? before;
  useLayoutEffect(() => {
    const target = canvas.current;
    const context = target?.getContext('2d');
    if (!target || !context || bitmap === null) return;
    const scale = Math.max(target.width / bitmap.width, target.height / bitmap.height);
    const [width, height] = [bitmap.width * scale, bitmap.height * scale];
    context.clearRect(0, 0, target.width, target.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, (target.width - width) / 2, (target.height - height) / 2, width, height);
  }, [bitmap]);
  return <canvas ref={canvas} width={128} height={128} aria-hidden="true" />;
}
