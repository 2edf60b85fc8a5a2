/** Where the CLI finds its config, what is stronger, and what it says of a config that is wrong. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../temp-folder.js';
import { runCli, schemaText } from './run-cli.js';

type Files = Readonly<Record<string, string>>;

/** The schemas folder that a run looks for: it is not there, so the run says its name and ends. */
function schemasFolder(files: Files, args: readonly string[] = []): string | undefined {
  const { code, stderr } = runCli(args, { cwd: makeFolder(files) });
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^error input\/no-folder/)]);
  return stderr.split('\n')[1]?.trim();
}

/** What is said of a config; nothing is written. */
function complaint(files: Files, args: readonly string[] = []): string {
  const cwd = makeFolder({ 'schemas/scan-request.schema.json': schemaText(), ...files });
  const before = fs.readdirSync(cwd);
  const { code, stdout, stderr } = runCli(args, { cwd });
  expect([code, stdout, fs.readdirSync(cwd)]).toEqual([2, '', before]);
  return `\n${stderr}`;
}

const NAME = 'gen-worker-client.config';

describe('the config', () => {
  it.each<[string, Files]>([
    ['TypeScript', { [`${NAME}.ts`]: `const schemas: string = 'mine';\nexport default { schemas };` }],
    [
      'TypeScript with defineConfig, wherever the package is installed',
      {
        [`${NAME}.ts`]: `import { defineConfig } from 'gen-worker-client';\nexport default defineConfig({ schemas: 'mine' });`,
      },
    ],
    [
      'JavaScript in an ES package',
      { 'package.json': '{"type": "module"}', [`${NAME}.js`]: `export default { schemas: 'mine' };` },
    ],
    [
      'JavaScript in a CommonJS package',
      { 'package.json': '{}', [`${NAME}.js`]: `module.exports = { schemas: 'mine' };` },
    ],
    [
      'a module in a CommonJS package',
      { 'package.json': '{"type": "commonjs"}', [`${NAME}.js`]: `export default { schemas: 'mine' };` },
    ],
    ['an ES module', { [`${NAME}.mjs`]: `export default { schemas: 'mine' };` }],
    ['JSON', { [`${NAME}.json`]: '{"$schema": "./config.schema.json", "schemas": "mine"}' }],
    ['a key of package.json', { 'package.json': '{"gen-worker-client": {"schemas": "mine"}}' }],
  ])('can be %s', (_name, files) => {
    expect(schemasFolder(files)).toBe('mine');
  });

  it('is weaker than a flag, and stronger than the default', () => {
    const files = { [`${NAME}.json`]: '{"schemas": "mine"}' };
    expect(schemasFolder({})).toBe('schemas');
    expect(schemasFolder(files)).toBe('mine');
    expect(schemasFolder(files, ['--schemas', 'yours'])).toBe('yours');
  });

  it('can be named, and its paths are relative to it', () => {
    const files = { 'inner/a.json': '{"schemas": "mine"}', [`${NAME}.json`]: '{"schemas": "other"}' };
    expect(schemasFolder(files, ['--config', 'inner/a.json'])).toBe('inner/mine');
    expect(schemasFolder(files, ['--config=inner/a.json', 'check', '--schemas', 'yours'])).toBe('yours');
  });

  it('stands in the nearest place only: the folder where the CLI runs', () => {
    const cwd = makeFolder({ [`${NAME}.json`]: '{"schemas": "mine"}', 'inner/x': '' });
    expect(runCli([], { cwd: `${cwd}/inner` }).stderr).toContain('\n  schemas\n');
  });
});

describe('a target', () => {
  const CONFIG = `${NAME}.json`;
  const bothTargets = (): string => {
    const cwd = makeFolder({ 'schemas/scan-request.schema.json': schemaText(), 'generated/python/mine.py': 'mine\n' });
    expect(runCli(['--quiet'], { cwd }).code).toBe(0);
    return cwd;
  };

  it('that the config gave up loses its files, and no others', () => {
    const cwd = bothTargets();
    fs.writeFileSync(`${cwd}/${CONFIG}`, '{"targets": ["typescript"]}');
    const { code, stdout } = runCli(['check', '--format', 'json'], { cwd });
    const { files } = JSON.parse(stdout) as { files: { path: string; state: string }[] };
    expect(code).toBe(1);
    expect(files).toContainEqual({ path: 'generated/python/pyproject.toml', state: 'orphan' });
    expect(runCli([], { cwd }).stdout).toContain('deleted  generated/python/pyproject.toml\n');
    expect(fs.readdirSync(`${cwd}/generated/python`, { recursive: true })).toEqual(['mine.py']);
    expect(fs.existsSync(`${cwd}/generated/typescript/package.json`)).toBe(true);
    expect(runCli(['check'], { cwd }).code).toBe(0);
  });

  it('that only this run leaves out keeps its files', () => {
    const cwd = bothTargets();
    expect(runCli(['--target', 'typescript'], { cwd }).stdout).not.toContain('deleted');
    expect(runCli(['check', '--target', 'python'], { cwd }).code).toBe(0);
    expect(runCli(['check'], { cwd }).code).toBe(0);
  });
});

describe('what is said of a config', () => {
  it('names an unknown key, its line, and the key that was meant', () => {
    expect(
      complaint({ [`${NAME}.json`]: '{\n  "schemas": "schemas",\n  "output": "generated",\n  "packages": {}\n}\n' }),
    ).toMatchInlineSnapshot(`
      "
      error config/unknown-key  there is no option output
        gen-worker-client.config.json:3:3  #/output
          3 |   "output": "generated",
        help: did you mean out?

      error config/unknown-key  there is no option packages
        gen-worker-client.config.json:4:3  #/packages
          4 |   "packages": {}
        help: did you mean package?
      "
    `);
  });
  it('shows every wrong value, and those of flags with them', () => {
    const text = '{\n  "package": { "npm": "Acme Jobs", "version": "1.0" },\n  "targets": ["rust"]\n}\n';
    expect(complaint({ [`${NAME}.json`]: text }, ['--out', ''])).toMatchInlineSnapshot(`
      "
      error config/value  package.npm must be an npm package name, not "Acme Jobs"
        gen-worker-client.config.json:2:23  #/package/npm
          2 |   "package": { "npm": "Acme Jobs", "version": "1.0" },
        help: did you mean acme-jobs?

      error config/value  package.version must be a semantic version, not "1.0"
        gen-worker-client.config.json:2:47  #/package/version
          2 |   "package": { "npm": "Acme Jobs", "version": "1.0" },
        help: say 1.2.3, or 1.2.3-rc.1

      error config/value  targets must be typescript or python, not "rust"
        gen-worker-client.config.json:3:15  #/targets/0
          3 |   "targets": ["rust"]

      error usage/value  --out must be a path, not ""
      "
    `);
  });
  it('finds two', () => {
    expect(complaint({ [`${NAME}.json`]: '{}', [`${NAME}.ts`]: 'export default {};' })).toMatchInlineSnapshot(`
      "
      error config/ambiguous  there is more than one config
        gen-worker-client.config.ts
        gen-worker-client.config.json
        help: keep one of them, or name one with --config FILE
      "
    `);
  });
  it('repeats what its code threw', () => {
    expect(complaint({ [`${NAME}.ts`]: 'throw new Error(`no version: ${1 + 1}`);' })).toMatchInlineSnapshot(`
      "
      error config/unreadable  the config cannot be run: no version: 2
        gen-worker-client.config.ts:1
          1 | throw new Error(\`no version: \${1 + 1}\`);
        help: repair it; a config that is code is run before anything else
      "
    `);
    expect(complaint({ [`${NAME}.mjs`]: 'export default {};\nnull.version;' })).toMatchInlineSnapshot(`
      "
      error config/unreadable  the config cannot be run: Cannot read properties of null (reading 'version')
        gen-worker-client.config.mjs:2:6
          2 | null.version;
        help: repair it; a config that is code is run before anything else
      "
    `);
  });
  it('says where code is no code', () => {
    expect(complaint({ [`${NAME}.ts`]: 'export default {\n  schemas: ,\n};' })).toMatchInlineSnapshot(`
      "
      error config/unreadable  the config cannot be run: Unexpected token
        gen-worker-client.config.ts:2:11
          2 |   schemas: ,
        help: repair it; a config that is code is run before anything else
      "
    `);
    expect(complaint({ [`${NAME}.mjs`]: 'export default {\n  schemas: ,\n};' })).toMatchInlineSnapshot(`
      "
      error config/unreadable  the config cannot be run: Unexpected token ','
        gen-worker-client.config.mjs:2:11
          2 |   schemas: ,
        help: repair it; a config that is code is run before anything else
      "
    `);
  });
  it('misses a package that its code imports', () => {
    expect(complaint({ [`${NAME}.ts`]: `import x from 'not-there';\nexport default x;` })).toMatchInlineSnapshot(`
      "
      error config/unreadable  the config cannot be run: Cannot find module 'not-there'
        gen-worker-client.config.ts:1
          1 | import x from 'not-there';
        help: repair it; a config that is code is run before anything else
      "
    `);
  });
  it('shows where JSON breaks off', () => {
    expect(complaint({ [`${NAME}.json`]: '{\n  "schemas": "a"\n  "out": "b"\n}\n' })).toMatchInlineSnapshot(`
      "
      error config/unreadable  the config is not valid JSON
        gen-worker-client.config.json:3:3
          3 |   "out": "b"
        help: repair the JSON here
      "
    `);
  });
  it('misses the file that was named', () => {
    expect(complaint({ 'my.config.json': '{}' }, ['--config', 'my.cofig.json'])).toMatchInlineSnapshot(`
      "
      error config/not-found  the config file is not there
        my.cofig.json
        help: did you mean my.config.json?
      "
    `);
    expect(complaint({}, ['--config', 'nowhere/at.ts'])).toMatchInlineSnapshot(`
      "
      error config/not-found  the config file is not there
        nowhere/at.ts
        help: check the path; it is relative to the working directory
      "
    `);
  });
  it('misses the key in the package.json that was named', () => {
    expect(complaint({ 'package.json': '{}' }, ['--config', 'package.json'])).toMatchInlineSnapshot(`
      "
      error config/value  there is no key gen-worker-client
        package.json
        help: say "gen-worker-client": { … }, or leave --config out
      "
    `);
  });
  it('does not pass over a config of another kind', () => {
    expect(complaint({ [`${NAME}.yaml`]: 'schemas: a' })).toMatchInlineSnapshot(`
      "
      error config/unreadable  a config of this kind is not read
        gen-worker-client.config.yaml
        help: call it gen-worker-client.config.ts, gen-worker-client.config.js, gen-worker-client.config.mjs or gen-worker-client.config.json
      "
    `);
  });
  it('does not take a config without a default export for an empty one', () => {
    expect(complaint({ [`${NAME}.ts`]: `export const config = { schemas: 'a' };` })).toMatchInlineSnapshot(`
      "
      error config/value  the file has no default export
        gen-worker-client.config.ts
        help: say export default defineConfig({ … })
      "
    `);
  });
});
