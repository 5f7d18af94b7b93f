import { FAULT_CHANNEL, type RestorationFault } from '../faults.ts';
import { PATIENCE } from '../patience.ts';

/** The restoration worker's half of the fault door; see workers/faults.ts. */
export function openFaultDoor(): void {
  new BroadcastChannel(FAULT_CHANNEL).addEventListener(
    'message',
    ({ data }: MessageEvent<Partial<RestorationFault>>) => {
      if (data.restoration === 'patience') Object.assign(PATIENCE, data.limits);
      if (data.restoration === 'crash') throw new Error('injected crash');
    },
  );
}
