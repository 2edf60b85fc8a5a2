/** A user's own templates: they replace ours path by path, and what is wrong with them is named. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../temp-folder.js';
import { type CliRun, runCli, schemaText } from './run-cli.js';

const CONFIG = '{ "templates": "mine", "targets": ["typescript"] }';

interface Generated extends CliRun {
  /** Text of a file of the output, `undefined` when it is not there. */
  readonly text: (file: string) => string | undefined;
}

function generate(templates: Readonly<Record<string, string>>): Generated {
  const cwd = makeFolder({
    'schemas/scan-request.schema.json': schemaText(),
    'gen-worker-client.config.json': CONFIG,
    ...templates,
  });
  const read = (file: string): string | undefined => {
    const full = path.join(cwd, 'generated', file);
    return fs.existsSync(full) ? fs.readFileSync(full, 'utf8') : undefined;
  };
  return { ...runCli([], { cwd }), text: read };
}

describe('templates', () => {
  it('replace ours path by path, and add files', () => {
    const { code, stderr, text } = generate({
      'mine/typescript/README.md.hbs': '# {{title}}\n\n{{#each messages}}\n- {{method}}\n{{/each}}\n',
      'mine/typescript/NOTES.md': 'Notes.\n',
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(text('typescript/README.md')).toBe('# Worker Client\n\n- scanRequest\n');
    expect(text('typescript/NOTES.md')).toBe('Notes.\n');
    expect(text('typescript/src/types.ts')).toContain('ScanRequestMessage');
  });

  it.each([
    ['README.md.hbs', '# {{titel}}\n', '"titel" not defined', 'mine/typescript/README.md.hbs:1:5'],
    ['README.md.hbs', '\n{{#each messages}}', 'error template/syntax', 'mine/typescript/README.md.hbs:2'],
    ['src/extra.ts', 'export const a: string = 1;\n', 'error output/invalid-code', 'typescript/src/extra.ts:1:14'],
  ])('write nothing when %s is wrong: %j', (file, template, message, place) => {
    const { code, stderr, text } = generate({ [`mine/typescript/${file}`]: template });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(place);
    expect(text('typescript/package.json')).toBeUndefined();
  });

  it('must be in a folder that is there', () => {
    const { code, stderr } = generate({});
    expect(code).toBe(2);
    expect(stderr).toContain('error template/missing-folder  the templates folder is not there\n  mine\n');
  });

  it('must be in the folder of a target', () => {
    const { code, stderr } = generate({ 'mine/README.md': 'x\n', 'mine/typescript/NOTES.md': 'Notes.\n' });
    expect(code).toBe(0);
    expect(stderr).toContain('warning template/unused  no target is called README.md');
  });
});
