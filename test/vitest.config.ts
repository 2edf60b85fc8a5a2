/** How the tests run: from the repository's root, whatever the working directory is. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: {
    // What the generated package's manifest says of these names on Node.js.
    alias: {
      '#engine': fileURLToPath(new URL('../templates/typescript/src/runtime/load-engine-node.ts', import.meta.url)),
      '#transport': fileURLToPath(new URL('../templates/typescript/src/runtime/transport-node.ts', import.meta.url)),
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/cases/*/**', 'test/bench/**/out/**'],
    // Tests that start the CLI, tsc or npm wait for other processes, also on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
