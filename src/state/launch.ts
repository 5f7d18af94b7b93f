import { reportText } from './notice.ts';
import { openFiles, type Incoming } from './open.ts';

/** Not in TypeScript's library yet: https://wicg.github.io/web-app-launch/ */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

declare global {
  interface Window {
    readonly launchQueue?: LaunchQueue;
  }
}

/** Installed, Limpid is among the programs that the system opens pictures with (public/manifest.webmanifest). */
export function startLaunch(): void {
  window.launchQueue?.setConsumer(({ files }) => void take(files));
}

async function take(handles: readonly FileSystemFileHandle[]): Promise<void> {
  if (handles.length === 0) return;
  try {
    const read = async (handle: FileSystemFileHandle): Promise<Incoming> => ({
      blob: await handle.getFile(),
      name: handle.name,
    });
    await openFiles(await Promise.all(handles.map(read)));
  } catch (error) {
    console.warn(error);
    reportText('open', 'error', 'The system did not hand the file over. Drop it on the page or choose it here.');
  }
}
