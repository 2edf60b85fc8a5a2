/** The commands as functions: what they give back, and that they leave the process alone. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { check, defineConfig, generate } from '../../src/index.js';
import { makeFolder } from '../temp-folder.js';

const schema = '{"type": "object", "properties": {"modelId": {"type": "string"}}, "examples": [{"modelId": "m-1"}]}';
const project = (): string => makeFolder({ 'schemas/scan-request.schema.json': schema });
const config = defineConfig({ targets: ['typescript'], package: { npm: 'acme-jobs' } });

describe('the library', () => {
  it('writes, and knows that nothing is left to do', async () => {
    const root = project();
    const before = await check({ root, config });
    expect([before.ok, before.diagnostics.map(({ code }) => code)]).toEqual([false, ['output/drift']]);
    expect(await generate({ root, config, dryRun: true })).toMatchObject({ command: 'generate', ok: true });
    expect(fs.readdirSync(root)).toEqual(['schemas']);

    const { ok, files, diagnostics } = await generate({ root, config });
    expect([ok, diagnostics]).toEqual([true, []]);
    expect(files).toContainEqual({ path: 'generated/typescript/src/types.ts', state: 'created' });
    expect(fs.readFileSync(path.join(root, 'generated/typescript/package.json'), 'utf8')).toContain('"acme-jobs"');
    expect(await check({ root, config })).toMatchObject({ command: 'check', ok: true });
  });

  it('reads a config file anew each time', async () => {
    const root = project();
    const configFile = 'my.config.mjs';
    const write = (schemas: string): void =>
      fs.writeFileSync(path.join(root, configFile), `export default { schemas: '${schemas}' };\n`);
    for (const folder of ['one', 'two']) {
      write(folder);
      const { diagnostics } = await generate({ root, configFile });
      expect(diagnostics[0]?.places[0]?.file).toBe(folder);
    }
  });

  it('reports what is wrong, throws nothing, prints nothing, and leaves the exit code alone', async () => {
    const streams = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
    const root = project();
    const wrong = await generate({ root, config: { schemas: 'nowhere' } });
    expect([wrong.ok, wrong.diagnostics[0]?.code]).toEqual([false, 'input/no-folder']);
    const unknown = await check({ root, config: JSON.parse('{"schema": "x", "targets": ["rust"]}') as object });
    expect(unknown.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['config/unknown-key', 'there is no option schema'],
      ['config/value', expect.stringMatching(/^targets must be /)],
    ]);
    expect(streams.flatMap(({ mock }) => mock.calls)).toEqual([]);
    streams.forEach((stream) => stream.mockRestore());
    expect(process.exitCode).toBeUndefined();
  });
});
