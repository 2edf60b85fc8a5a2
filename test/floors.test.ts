/** Holds the tree to its rules: who may import whom, one library one door, one promise a file. */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSource, type SourceFacts } from './source.js';

/** Left may import right; rooms of one row stand on the same floor and do not know one another. */
const FLOORS = [
  ['cli.ts', 'index.ts'],
  ['commands'],
  ['pipeline.ts'],
  ['targets', 'output'],
  ['model', 'render'],
  ['schemas', 'options'],
  ['report'],
  ['text'],
] as const;

/** The one place that may import a library or read a global. A folder is written with a slash behind it. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  commander: ['cli.ts'],
  handlebars: ['render/engine.ts'],
  prettier: ['render/format.ts'],
  'ts-morph': ['targets/typescript/project.ts'],
  'json-schema-to-typescript': ['targets/typescript/payload-types.ts'],
  // The lock asks whether the process that holds the output is still there.
  process: ['cli.ts', 'output/lock.ts'],
  console: [],
  require: [],
  'node:fs': ['schemas/load.ts', 'options/load.ts', 'render/engine.ts', 'output/'],
};

/** What shapes the output is pinned exactly: a bump is a commit of its own. */
const PINNED = ['ajv-formats', 'handlebars', 'json-schema-to-typescript', 'prettier', 'ts-morph'];

/** The one file that imports what the user names: the config. */
const COMPUTED_IMPORTS = 'options/run-config.ts';

const LIMITS = { fileLines: 400, functionLines: 60, templateLines: 80, dependencies: 12 };
const EMPTY_NAMES = /^(utils?|helpers?|common|types|misc|shared)$/;
const VAGUE_VERBS = /^(handle|process|manage)([A-Z]|$)/;

interface Source {
  /** Relative to `src/`, with `/`. */
  readonly path: string;
  readonly facts: SourceFacts;
}

/** `targets/typescript/view.ts` stands in the room `targets`, `pipeline.ts` in one of its own. */
const roomOf = (file: string): string => file.split('/')[0] ?? file;
const floorOf = (file: string): number => FLOORS.findIndex((rooms) => rooms.some((room) => room === roomOf(file)));

/** `targets/typescript/view.ts` belongs to the target `typescript`, `targets/index.ts` to none. */
const targetOf = (file: string): string | undefined => /^targets\/([^/]+)\//.exec(file)?.[1];

const resolveImport = (from: string, specifier: string): string =>
  path.posix.join(path.posix.dirname(from), specifier).replace(/\.js$/, '.ts');

function importFaults({ path: file, facts }: Source): string[] {
  if (floorOf(file) === -1) return [`${file} stands in no room`];
  return facts.imports
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => resolveImport(file, specifier))
    .flatMap((imported) => {
      const [from, to] = [floorOf(file), floorOf(imported)];
      if (to === -1) return [`${file} imports ${imported}, which stands in no room`];
      if (to < from) return [`${file} imports ${imported}, which stands above it`];
      if (to === from && roomOf(imported) !== roomOf(file)) return [`${file} imports ${imported} of the same floor`];
      const [own, other] = [targetOf(file), targetOf(imported)];
      const isForeign = own !== undefined && other !== undefined && own !== other;
      return isForeign ? [`${file} imports ${imported} of another target`] : [];
    });
}

function doorFaults({ path: file, facts }: Source): string[] {
  const packages = facts.imports.filter((specifier) => !specifier.startsWith('.')).map(packageOf);
  const used = new Set([...packages, ...facts.globals.map(({ name }) => name)]);
  return [...used].filter((name) => !mayUse(file, name)).map((name) => `${file} uses ${name}`);
}

function mayUse(file: string, name: string): boolean {
  const doors = DOORS[name];
  return doors === undefined || doors.some((door) => (door.endsWith('/') ? file.startsWith(door) : file === door));
}

/** `prettier/plugins/estree` is prettier; `fs/promises` and `node:fs` are one door. */
function packageOf(specifier: string): string {
  if (isBuiltin(specifier)) {
    const name = specifier.replace(/^node:/, '').replace(/\/.*/, '');
    return name === 'process' || name === 'console' ? name : `node:${name}`;
  }
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function promiseFaults({ path: file, facts }: Source): string[] {
  const stem = path.posix.basename(file).replace(/\.ts$/, '');
  const first = facts.opening.split(/\n\s*\n/)[0] ?? '';
  const faults = [
    !first.endsWith('.') && 'does not open with a sentence in a doc comment',
    facts.lines > LIMITS.fileLines && `has ${facts.lines} lines`,
    !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(stem) && 'is not named in kebab-case',
    EMPTY_NAMES.test(stem) && 'has a name that promises nothing',
    ...facts.anys.map((line) => `says any in line ${line}`),
    ...facts.defaultExports.map((line) => `exports a default in line ${line}`),
    ...(file === COMPUTED_IMPORTS ? [] : facts.computedImports).map(
      (line) => `imports a computed name in line ${line}`,
    ),
    ...(stem === 'index' ? [] : facts.starExports.map((line) => `exports everything of another file in line ${line}`)),
    ...facts.functions
      .filter(({ lines }) => lines > LIMITS.functionLines)
      .map(({ name, line, lines }) => `has a function ${name} of ${lines} lines in line ${line}`),
    ...facts.functions
      .filter(({ name }) => VAGUE_VERBS.test(name))
      .map(({ name, line }) => `has a function of no clear verb, ${name}, in line ${line}`),
  ];
  return faults.filter((fault) => fault !== false).map((fault) => `${file} ${fault}`);
}

const classFaults = ({ path: file, facts }: Source): string[] =>
  facts.classes
    .filter(({ name, base }) => name !== 'Report' && !base.endsWith('Error'))
    .map(({ name, line }) => `${file} has a class ${name} in line ${line}`);

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const find = (folder: string, ending: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith(ending))
    .toSorted();
const parse = (file: string, text: string): Source => ({ path: file, facts: readSource(file, text) });

const sources = find('src', '.ts').map((file) => parse(file.slice('src/'.length), read(file)));

describe('the source tree', () => {
  it('is found', () => expect(sources.length).toBeGreaterThan(10));
  it('imports from the right only, and no target knows another', () =>
    expect(sources.flatMap(importFaults)).toEqual([]));
  it('lets each library in by one door', () => expect(sources.flatMap(doorFaults)).toEqual([]));
  it('makes one promise a file', () => expect(sources.flatMap(promiseFaults)).toEqual([]));
  it('has classes only for the report and for errors', () => expect(sources.flatMap(classFaults)).toEqual([]));

  it('has its unit tests at the same paths', () => {
    const tested = find('test/src', '.test.ts').map((file) =>
      file.replace(/^test\//, '').replace(/\.test\.ts$/, '.ts'),
    );
    const paths = new Set(sources.map(({ path: file }) => `src/${file}`));
    expect(tested.filter((file) => !paths.has(file))).toEqual([]);
  });
});

describe('the templates', () => {
  it('stay under the length of a page', () => {
    const long = find('templates', '.hbs').filter((file) => lineCount(read(file)) > LIMITS.templateLines);
    expect(long).toEqual([]);
  });

  it('say any nowhere, and open with a sentence, where they are code', () => {
    const runtime = find('templates', '.ts').map((file) => parse(file, read(file)));
    expect(runtime.flatMap(({ path: file, facts }) => facts.anys.map((line) => `${file}:${line}`))).toEqual([]);
    expect(runtime.filter(({ facts }) => facts.opening === '').map(({ path: file }) => file)).toEqual([]);
    expect(runtime.filter(({ facts }) => facts.lines > LIMITS.fileLines).map(({ path: file }) => file)).toEqual([]);
  });
});

describe('the package', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { dev?: boolean; resolved?: string; version?: string }>;
  };

  it('asks for few dependencies', () =>
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(LIMITS.dependencies));

  it('pins what shapes the output', () => {
    const pins = PINNED.map((name) => dependencies[name]);
    expect(pins.filter((range) => !/^\d+\.\d+\.\d+$/.test(range ?? ''))).toEqual([]);
    expect(pins).toEqual(PINNED.map((name) => packages[`node_modules/${name}`]?.version));
  });

  it('has a lockfile without download addresses', () => {
    expect(Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
    expect(read('package-lock.json')).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  });

  it('imports nothing in src that it does not depend on', () => {
    const names = sources.flatMap(({ facts }) => facts.imports.filter((name) => !name.startsWith('.')).map(packageOf));
    const foreign = names.filter((name) => !name.startsWith('node:') && name !== 'process' && !(name in dependencies));
    expect(foreign).toEqual([]);
  });
});

describe('the rules', () => {
  const faultsOf = (file: string, text: string): string[] => {
    const source = parse(file, text);
    return [importFaults, doorFaults, promiseFaults, classFaults].flatMap((rule) => rule(source));
  };
  const opening = '/** A promise. */\n';

  it.each([
    ['text/words.ts', `import { Report } from '../report/report.js';`, 'stands above it'],
    ['text/words.ts', `export type { Report } from '../report/report.js';`, 'stands above it'],
    ['text/words.ts', `const report = await import('../report/report.js');`, 'stands above it'],
    ['text/words.ts', `type Report = import('../report/report.js').Report;`, 'stands above it'],
    ['model/build.ts', `import { render } from '../render/engine.js';`, 'of the same floor'],
    ['targets/python/view.ts', `import { quote } from '../typescript/print.js';`, 'of another target'],
    ['helpers/a.ts', ``, 'stands in no room'],
    ['model/build.ts', `import { format } from 'prettier/standalone';`, 'uses prettier'],
    ['model/build.ts', `import { readFile } from 'fs/promises';`, 'uses node:fs'],
    ['model/build.ts', `export const home = process.env['HOME'];`, 'uses process'],
    ['model/build.ts', `import { env } from 'node:process';`, 'uses process'],
    ['model/build.ts', `console.log(1);`, 'uses console'],
    ['model/utils.ts', ``, 'promises nothing'],
    ['model/buildModel.ts', ``, 'kebab-case'],
    ['model/build.ts', `export const a: any = 1;`, 'says any in line 2'],
    ['model/build.ts', `export default 1;`, 'exports a default'],
    ['model/build.ts', `export * from './model.js';`, 'exports everything'],
    ['model/build.ts', `const a = 'x'; export const b = await import(a);`, 'imports a computed name'],
    ['model/build.ts', `export class Builder {}`, 'has a class Builder'],
    ['model/build.ts', `export function long() {${'\n'.repeat(60)}}`, 'has a function long of 61 lines'],
    ['model/build.ts', `export const long = () => {${'\n'.repeat(60)}}`, 'has a function long of 61 lines'],
    ['model/build.ts', `export class AError extends Error { long() {${'\n'.repeat(60)}} }`, 'of 61 lines'],
    ['model/build.ts', `export function handleSchema() {}`, 'of no clear verb'],
    ['model/build.ts', '\n'.repeat(400), 'has 401 lines'],
  ])('find the fault of %s: %s', (file, text, fault) => {
    expect(faultsOf(file, opening + text)).toEqual([expect.stringContaining(fault)]);
  });

  it('find a file that opens with no sentence', () => {
    for (const text of [
      '',
      '// A promise.\n',
      '/* A promise. */',
      '/** a promise */',
      'const a = 1;\n/** A promise. */',
    ]) {
      expect(faultsOf('model/build.ts', text)).toEqual([expect.stringContaining('does not open with a sentence')]);
    }
  });

  it('find nothing where nothing is wrong', () => {
    const text = `#!/usr/bin/env node\n${opening}import { a } from './a.js';\nexport const b = { process: a.process, c: 'process' };`;
    expect(faultsOf('model/build.ts', text)).toEqual([]);
    expect(faultsOf('targets/index.ts', `${opening}import { typescript } from './typescript/index.js';`)).toEqual([]);
  });
});

const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
