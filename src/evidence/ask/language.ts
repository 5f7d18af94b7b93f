/** Small words that stand in nearly every sentence of their language and in hardly any English one. */
const FOREIGN = new Set(
  `der die das und ist wie warum ich mein meine nicht mit ein eine kann wird wurde bild
  le les des est pourquoi comment mon avec une dans peut sont quoi je vous cette
  el los las por que como mi una para puede imagen esta porque cual
  il gli perche sono come della questo mia immagine
  o os uma meu minha por imagem nao isso
  het een niet hoe waarom mijn van wordt wat deze zijn`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);

/** Whether a question is likely not English: mostly other letters, or at least two small words of another language. */
export function isForeign(question: string): boolean {
  const text = question.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  const letters = text.match(/\p{L}/gu) ?? [];
  const latin = text.match(/\p{Script=Latin}/gu) ?? [];
  if (letters.length > 0 && latin.length < letters.length * 0.7) return true;
  const words = text.match(/\p{L}+/gu) ?? [];
  const foreign = words.filter((word) => FOREIGN.has(word));
  return foreign.length >= 2 && foreign.length >= words.length * 0.2;
}
