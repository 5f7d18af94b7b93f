/** Questions that the evidence answers for every model, with or without a result: a way on where it had no answer. */
export const SUGGESTIONS: readonly string[] = [
  'Does it invent detail?',
  'How was the model trained?',
  'Does my picture leave this device?',
];
