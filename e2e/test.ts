import { test as base, expect } from '@playwright/test';
import { LimpidPage } from './limpid-page.ts';

/**
 * Every page test watches two promises without asking: nothing is requested from another origin, and no error goes
 * uncaught. Both are checked after each test.
 */
export const test = base.extend<{ limpid: LimpidPage; watched: undefined }>({
  watched: [
    async ({ context, baseURL }, use) => {
      const elsewhere: string[] = [];
      const errors: string[] = [];
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol !== 'blob:' && url.protocol !== 'data:' && url.origin !== baseURL)
          elsewhere.push(request.url());
      });
      context.on('weberror', (error) => errors.push(error.error().message));
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await use(undefined);
      expect(elsewhere, 'requests to other origins').toEqual([]);
      expect(errors, 'uncaught errors').toEqual([]);
    },
    { auto: true },
  ],
  limpid: async ({ page }, use) => {
    const limpid = new LimpidPage(page);
    await limpid.open();
    await use(limpid);
  },
});

export { expect } from '@playwright/test';
