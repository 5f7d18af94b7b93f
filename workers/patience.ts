/** When silence counts as a hang, in milliseconds. Tests shorten them; nothing else changes them. */
export const PATIENCE = {
  /** A download that brings nothing; it is then asked for once more. */
  download: 30_000,
  /** A manifest (100 kB at most) of which an earlier copy is on this device. */
  manifest: 8_000,
  /** Loading and proving: it may fetch the runtime (27 MB at most) over a slow line and compile shaders. */
  load: 10 * 60_000,
  /** Any call, however little its work. */
  call: 60_000,
  /** A cancelled call may end by itself for so long; then its worker is ended. */
  cancel: 250,
  /** A call before the speed of this device is known from anything but the golden picture. */
  unmeasured: 15 * 60_000,
  /** How many times longer than expected a call may take: a hot laptop, other tabs, a page in the background. */
  slack: 10,
};
