import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,workers,src,cli,bench,scripts}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // against a test that never ends; how fast the machine is proves nothing
    testTimeout: 60_000,
  },
});
