import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['{contract,workers,src,cli,bench,scripts}/**/*.test.{ts,tsx}'], environment: 'node' },
});
