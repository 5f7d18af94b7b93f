/** Hands a file to the browser's downloads. */
export function offer(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Safari reads the address after the click has returned; a download that has begun holds the blob by itself.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
