/**
 * The contract compiles with neither the DOM's nor the WebWorker's types; these names exist in both threads and merge
 * with their full declarations there.
 */
interface Blob {}
interface ImageBitmap {}
