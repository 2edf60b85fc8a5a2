/** How much of the package a bundler ships: the entry of the published messages, minified and compressed. */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { MessageTypes } from '@mesh-sync/worker-backend-client';
import { type OutputChunk, rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { renderTypeScript } from '../../render-of.js';
import { buildPackage } from '../../typescript/built-package.js';

const schema = { type: 'object', properties: { modelId: { type: 'string' } } };

/** The chunks of a program, what it loads at once first. */
async function bundle(folder: string, program: string): Promise<readonly OutputChunk[]> {
  const entry = path.join(folder, 'program.js');
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? program : null),
      },
    ],
  });
  const { output } = await build.generate({ format: 'esm', minify: true });
  return output.filter((part) => part.type === 'chunk');
}

/** What is loaded before the program runs. */
function measureEntry(chunks: readonly OutputChunk[]): { readonly code: string; readonly gzip: number } {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const names = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const name of names) for (const imported of byName.get(name)?.imports ?? []) names.add(imported);
  const code = [...names].map((name) => byName.get(name)?.code ?? '').join('');
  return { code, gzip: gzipSync(code, { level: 9 }).length };
}

describe('the package of the published messages', async () => {
  const types = Object.values(MessageTypes);
  const { files } = await renderTypeScript(Object.fromEntries(types.map((type) => [type, schema])));

  it('has an entry of at most 20 kB, 6 kB compressed, without validators and worker', async () => {
    const chunks = await bundle(buildPackage(files), "export * from './dist/index.js';");
    const { code, gzip } = measureEntry(chunks);
    expect(types.length).toBeGreaterThanOrEqual(68);
    expect(code.length).toBeLessThanOrEqual(20_000);
    expect(gzip).toBeLessThanOrEqual(6_000);
    expect(code).toContain('fileDownloadRequest');
    const all = chunks.map((chunk) => chunk.code).join('');
    expect(all).not.toContain('node:http');
    expect(all).not.toContain('UnrecoverableError');
    expect(all).not.toContain('must NOT have');
  });

  it('has constants that can be had alone', async () => {
    const chunks = await bundle(buildPackage(files), "export { MessageTypes } from './dist/index.js';");
    expect(measureEntry(chunks).code.length).toBeLessThanOrEqual(4_600);
    expect(chunks).toHaveLength(1);
  });

  it('has a worker without the client', async () => {
    const chunks = await bundle(buildPackage(files), "export * from './dist/worker.js';");
    expect(measureEntry(chunks).code.length).toBeLessThanOrEqual(5_000);
  });
});
