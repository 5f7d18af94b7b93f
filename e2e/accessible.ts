import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

interface Scan {
  /** A selector; the whole page when absent. */
  readonly within?: string;
  /** Only these of axe's rules. */
  readonly rules?: readonly string[];
}

/** Expects axe to find nothing; what it found stands in the failure, by rule and element. */
export async function expectAccessible(page: Page, { within, rules }: Scan = {}): Promise<void> {
  const axe = new AxeBuilder({ page });
  if (within !== undefined) axe.include(within);
  if (rules !== undefined) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}
