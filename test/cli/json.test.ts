/** `--format json`: one document on stdout, whatever happens, of the form that the published schema describes. */
import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/index.js';
import { makeFolder, writeFiles } from '../temp-folder.js';
import { generatedProject, SCHEMA } from './generated-project.js';
import { type CliPlace, runCli, schemaText } from './run-cli.js';

const readPublished = (specifier: string): object =>
  JSON.parse(fs.readFileSync(new URL(import.meta.resolve(specifier)), 'utf8')) as object;

const validate = new Ajv2020({ allErrors: true }).compile(readPublished('gen-worker-client/report.schema.json'));

const project = (files: Readonly<Record<string, string>> = {}): string =>
  makeFolder({ [SCHEMA]: schemaText(), ...files });

interface Answer extends Omit<RunReport, 'diagnostics'> {
  readonly code: number | null;
  readonly diagnostics: readonly Readonly<Record<string, unknown>>[];
}

function answer(args: readonly string[], place: CliPlace): Answer {
  const { code, stdout, stderr } = runCli([...args, '--format', 'json'], place);
  const document = JSON.parse(stdout) as Omit<Answer, 'code'>;
  validate(document);
  expect([validate.errors, stderr]).toEqual([null, '']);
  expect(document.ok).toBe(code === 0);
  expect(document.files.map((file) => file.path)).toEqual(document.files.map((file) => file.path).toSorted());
  return { code, ...document };
}

const states = ({ files }: Answer): readonly string[] => [...new Set(files.map(({ state }) => state))].toSorted();

describe('--format json', () => {
  it('tells what generate did, would do, and had nothing to do', () => {
    const cwd = project();
    const dry = answer(['generate', '--dry-run'], { cwd });
    const first = answer([], { cwd });
    expect(dry).toEqual(first);
    expect(first).toMatchObject({ code: 0, command: 'generate', diagnostics: [] });
    expect(states(first)).toEqual(['created']);
    expect(first.files.every((file) => fs.existsSync(path.join(cwd, file.path)))).toBe(true);
    const second = answer([], { cwd });
    expect(states(second)).toEqual(['unchanged']);
    expect(second.files.length).toBe(first.files.length);
  });

  it('tells what check found', () => {
    const cwd = generatedProject();
    const list = 'generated/.gen-worker-client';
    const owned = fs.readFileSync(path.join(cwd, list), 'utf8');
    fs.rmSync(path.join(cwd, 'generated/typescript/LICENSE'));
    writeFiles(cwd, {
      'generated/typescript/src/types.ts': '',
      'generated/typescript/old.ts': '',
      [list]: `${owned}typescript/old.ts\n`,
    });
    const found = answer(['check'], { cwd });
    expect(found).toMatchObject({ code: 1, command: 'check' });
    expect(found.files.filter(({ state }) => state !== 'unchanged')).toEqual([
      { path: list, state: 'updated' },
      { path: 'generated/typescript/LICENSE', state: 'missing' },
      { path: 'generated/typescript/old.ts', state: 'orphan' },
      { path: 'generated/typescript/src/types.ts', state: 'updated' },
    ]);
    expect(found.diagnostics).toMatchObject([{ severity: 'error', code: 'output/drift', file: null }]);
  });

  it('has the place of every finding of a schema, and warnings of a run that went well', () => {
    const cwd = project({ [SCHEMA]: '{\n  "type": "object",\n  "propertis": {}\n}\n' });
    const fine = answer(['generate'], { cwd });
    expect(fine.code).toBe(0);
    expect(fine.diagnostics).toContainEqual(
      expect.objectContaining({
        severity: 'warning',
        code: 'schema/unknown-keyword',
        file: SCHEMA,
        line: 3,
        column: 3,
        pointer: '#/propertis',
        help: 'did you mean properties?',
      }),
    );
    writeFiles(cwd, { 'schemas/b.schema.json': '{', 'schemas/a.schema.json': '{"type": "strng"}' });
    const failed = answer([], { cwd });
    expect(failed).toMatchObject({ code: 2, files: [] });
    const errors = failed.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, file }) => [file, code])).toEqual([
      ['schemas/a.schema.json', 'schema/unknown-type'],
      ['schemas/b.schema.json', 'json/syntax'],
    ]);
  });

  it('tells of a command line that is wrong', () => {
    expect(answer(['chekc', '--wach'], { cwd: project() })).toMatchObject({
      code: 2,
      command: null,
      files: [],
      diagnostics: [{ code: 'usage/unknown-command', help: 'did you mean check?' }, { code: 'usage/unknown-option' }],
    });
    expect(answer(['check', '--target', 'rust'], { cwd: project() })).toMatchObject({ code: 2, command: 'check' });
  });

  it('tells of a config that is wrong', () => {
    const cwd = project({ 'package.json': '{\n  "gen-worker-client": { "schema": "x" }\n}\n' });
    expect(answer([], { cwd }).diagnostics).toMatchObject([
      { code: 'config/unknown-key', file: 'package.json', line: 2, column: 26, pointer: '#/gen-worker-client/schema' },
    ]);
  });

  it('is not silenced, and has no colours', () => {
    const env = { FORCE_COLOR: '1' };
    const { stdout } = runCli(['--quiet', '--format', 'json', '--schemas', 'nowhere'], { cwd: project(), env });
    expect(validate(JSON.parse(stdout))).toBe(true);
  });

  it('arrives whole, however long it is', () => {
    const files = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`schemas/m${index}.schema.json`, '{']),
    );
    const { diagnostics } = answer([], { cwd: makeFolder(files) });
    expect(diagnostics.length).toBeGreaterThanOrEqual(100);
  });
});
