import type { ChangeEvent } from 'react';
import { openFiles } from '../../state/open.ts';
import { Picture } from '../icons.tsx';

/** Types that some systems know by extension only are named; the worker decides by content. */
const ACCEPT = 'image/*,.heic,.heif,.tif,.tiff,.avif';

/** The page has one of these at a time: in the empty drop area, or in the header once there is a picture. */
export function ChooseImage({ className }: { className: string }) {
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.target.files ?? [])];
    // Without this, choosing the same file again would not be a change.
    event.target.value = '';
    if (files.length > 0) void openFiles(files.map((file) => ({ blob: file, name: file.name })));
  };
  return (
    <label className={className}>
      <input type="file" multiple accept={ACCEPT} className="cover" onChange={choose} />
      <Picture />
      <span className="button-text">Choose image</span>
    </label>
  );
}
