import { expect, it } from 'vitest';
import { ask, only } from '../../evidence/ask/testing.ts';
import { STORIED } from '../../evidence/models.ts';
import { SUGGESTIONS } from './suggestions.ts';

it('every suggested question has an answer, whatever is chosen', () => {
  for (const question of SUGGESTIONS) {
    for (const recipe of [null, ...STORIED.map((id) => only(id))]) {
      const { reply } = ask(question, recipe);
      expect(reply?.kind, `${question} ${recipe?.[0].model ?? 'nothing'}`).toBe('answered');
    }
  }
});
