import { useEffect, useState } from 'react';
import { openFiles } from '../../state/open.ts';
import { matches, WRITES } from './shortcuts.ts';

/** The whole window takes files that are dropped or pasted. */
export function DropArea() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    // dragenter and dragleave fire for every element on the way: only the balance tells.
    let depth = 0;
    const settle = (next: number): void => {
      depth = Math.max(0, next);
      setOver(depth > 0);
    };
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    window.addEventListener('dragenter', (event) => hasFiles(event) && settle(depth + 1), { signal });
    window.addEventListener('dragleave', (event) => hasFiles(event) && settle(depth - 1), { signal });
    window.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        settle(0);
        if (!hasFiles(event)) return;
        event.preventDefault();
        take(event.dataTransfer);
      },
      { signal },
    );
    window.addEventListener('paste', (event) => isWriting(event) || take(event.clipboardData), { signal });
    return () => controller.abort();
  }, []);
  return over ? (
    <div className="drop-over" aria-hidden="true">
      <p>Drop to open</p>
    </div>
  ) : null;
}

/** Programs such as Excel put a picture beside the text that they copy: into a field goes the text alone. */
const isWriting = ({ target, clipboardData }: ClipboardEvent): boolean =>
  matches(target, WRITES) && clipboardData?.types.includes('text/plain') === true;

function take(data: DataTransfer | null): void {
  const files = [...(data?.files ?? [])];
  if (files.length > 0) void openFiles(files.map((file) => ({ blob: file, name: file.name })));
}
