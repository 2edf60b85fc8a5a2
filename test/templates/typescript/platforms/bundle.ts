/** Bundles a test program for a platform; the package comes from where it is installed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { PACKAGE, type Project } from '../packed-package.js';

const here = path.dirname(fileURLToPath(import.meta.url));

/** For Node.js and its kin: the package is imported as it is. */
export async function bundleProgram({ folder }: Project): Promise<string> {
  const file = path.join(folder, 'program.mjs');
  const build = await rolldown({
    input: path.join(here, 'program.ts'),
    platform: 'node',
    external: [/^node:/, PACKAGE],
  });
  await build.write({ file, format: 'esm' });
  return file;
}

/** For browsers: the package is part of the bundle, by its default entry. */
export async function bundlePage({ folder }: Project): Promise<string> {
  const build = await rolldown({
    input: path.join(here, 'page.ts'),
    platform: 'browser',
    resolve: {
      alias: {
        [PACKAGE]: path.join(folder, 'node_modules', PACKAGE, 'dist/index.js'),
        'node:util': path.join(here, 'inspect.ts'),
      },
    },
  });
  const file = path.join(folder, 'page.js');
  await build.write({ file, format: 'esm', codeSplitting: false });
  return readFileSync(file, 'utf8');
}
