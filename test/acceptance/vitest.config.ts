import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: resolve(import.meta.dirname, '../..'),
    include: ['test/acceptance/**/*.test.ts', 'test/package/*.test.ts'],
    globalSetup: ['test/acceptance/setup.ts'],
    // one API server serves all files, and each file wants it for itself
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
