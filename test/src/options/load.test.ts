/** Where options come from, what is stronger, and what is said of a config that is wrong, word for word. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../../src/options/config.js';
import { loadOptions, type OptionsRequest } from '../../../src/options/load.js';
import { printDiagnostics } from '../../../src/report/print.js';
import { Report, UsageError } from '../../../src/report/report.js';
import { makeFolder, writeFiles } from '../../temp-folder.js';

type Files = Readonly<Record<string, string>>;

const load = async (root: string, request: Partial<OptionsRequest> = {}) =>
  loadOptions({ root, kind: 'flags', given: {}, ...request });

/** What the terminal would show. */
async function complaint(files: Files, request: Partial<OptionsRequest> = {}): Promise<string> {
  const found = await load(makeFolder(files), request).then(
    () => [],
    (error: unknown) => {
      if (error instanceof UsageError) return error.diagnostics;
      throw error;
    },
  );
  const report = new Report();
  report.addAll(found);
  return `\n${printDiagnostics(report.diagnostics, { color: false })}`;
}

const jsonConfig = (text: string): Files => ({ 'gen-worker-client.config.json': text });

describe('loadOptions', () => {
  it('gives every option its default', async () => {
    const root = makeFolder();
    const { options, configFile } = await load(root);
    expect(configFile).toBeNull();
    expect(options).toMatchObject({
      root,
      schemas: path.join(root, 'schemas'),
      out: path.join(root, 'generated'),
      templates: null,
      package: { npm: 'worker-client', pythonModule: 'worker_client', version: '0.0.0' },
      openObjects: 'declared',
      readmeExample: null,
    });
  });

  it('freezes what it gives, all the way down', async () => {
    const { options } = await load(makeFolder(jsonConfig('{"directions": {"*-done": "receive"}}')));
    const parts = [options, options.package, options.targets, options.directions];
    expect(parts.filter((part) => !Object.isFrozen(part))).toEqual([]);
  });

  it('lets flags win over the config, and the config over defaults', async () => {
    const root = makeFolder(jsonConfig('{"schemas": "a", "out": "b"}'));
    const { options } = await load(root, { given: { out: 'c' } });
    expect([options.schemas, options.out]).toEqual([path.join(root, 'a'), path.join(root, 'c')]);
  });

  it('merges the package, key by key', async () => {
    const root = makeFolder(jsonConfig('{"package": {"npm": "a", "version": "1.0.0"}}'));
    const { options } = await load(root, { kind: 'caller', given: { package: { version: '2.0.0' } } });
    expect(options.package).toMatchObject({ npm: 'a', pypi: 'worker-client', version: '2.0.0' });
  });

  it('takes paths of a config relative to its file, and those of flags relative to the working directory', async () => {
    const root = makeFolder({ 'conf/a.json': '{"schemas": "s", "templates": "../t"}' });
    const { options, configFile } = await load(root, { configFile: 'conf/a.json', given: { out: 'o' } });
    expect(configFile).toBe(path.join(root, 'conf/a.json'));
    expect(options.schemas).toBe(path.join(root, 'conf/s'));
    expect(options.templates).toBe(path.join(root, 't'));
    expect(options.out).toBe(path.join(root, 'o'));
  });

  const config = `{ package: { npm: 'from-code' } satisfies Record<string, unknown> }`;
  it.each<[string, Files]>([
    ['TypeScript', { 'gen-worker-client.config.ts': `export default ${config};` }],
    [
      'TypeScript with defineConfig, though the package is not installed',
      {
        'gen-worker-client.config.ts': `import { defineConfig } from 'gen-worker-client';\nexport default defineConfig(${config});`,
      },
    ],
    ['an ES module', { 'gen-worker-client.config.mjs': `export default { package: { npm: 'from-code' } };` }],
    [
      'a .js file in an ESM package',
      {
        'package.json': '{"type": "module"}',
        'gen-worker-client.config.js': `export default { package: { npm: 'from-code' } };`,
      },
    ],
    [
      'a .js file in a CommonJS package',
      {
        'package.json': '{"type": "commonjs"}',
        'gen-worker-client.config.js': `module.exports = { package: { npm: 'from-code' } };`,
      },
    ],
    ['JSON with a byte order mark', jsonConfig('\ufeff{"package": {"npm": "from-code"}}')],
    ['package.json', { 'package.json': '{"gen-worker-client": {"package": {"npm": "from-code"}}}' }],
  ])('reads %s', async (_name, files) => {
    const { options } = await load(makeFolder(files));
    expect(options.package.npm).toBe('from-code');
  });

  it('takes a key without a value in code for no key', async () => {
    const { options } = await load(
      makeFolder({
        'gen-worker-client.config.mjs': 'export default { schemas: undefined, package: { npm: undefined } };',
      }),
    );
    expect([path.basename(options.schemas), options.package.npm]).toEqual(['schemas', 'worker-client']);
  });

  it.each(['ts', 'js', 'mjs'])('runs code in a .%s file anew when asked to', async (ending) => {
    const file = `gen-worker-client.config.${ending}`;
    const root = makeFolder({ 'package.json': '{"type": "module"}', [file]: `export default { out: 'one' };` });
    for (const out of ['one', 'two', 'three']) {
      writeFiles(root, { [file]: `export default { out: '${out}' };` });
      expect(path.basename((await load(root, { fresh: true })).options.out)).toBe(out);
    }
  });

  it('runs CommonJS anew, too', async () => {
    const file = 'gen-worker-client.config.js';
    const root = makeFolder({ 'package.json': '{"type": "commonjs"}' });
    for (const out of ['one', 'two']) {
      writeFiles(root, { [file]: `module.exports = { out: '${out}' };` });
      expect(path.basename((await load(root, { fresh: true })).options.out)).toBe(out);
    }
  });

  it('does not mind a package.json that is not its own, even a broken one', async () => {
    const { configFile } = await load(makeFolder({ 'package.json': '{"name": ' }));
    expect(configFile).toBeNull();
  });
});

describe('a diagnostic of the config', () => {
  it('names an unknown key, and the one that was meant', async () => {
    expect(await complaint(jsonConfig('{\n  "schema": "schemas"\n}'))).toMatchInlineSnapshot(`
      "
      error config/unknown-key  there is no option schema
        gen-worker-client.config.json:2:3  #/schema
          2 |   "schema": "schemas"
        help: did you mean schemas?
      "
    `);
  });
  it('names the options when no key is near', async () => {
    expect(await complaint(jsonConfig('{"zzz": 1}'))).toMatchInlineSnapshot(`
      "
      error config/unknown-key  there is no option zzz
        gen-worker-client.config.json:1:2  #/zzz
          1 | {"zzz": 1}
        help: the options are schemas, out, targets, templates, package, openObjects, directions, idempotency, jobOptions, validators, readmeExample
      "
    `);
  });
  it('sends a misplaced key to its place', async () => {
    expect(await complaint(jsonConfig('{\n  "npm": "a",\n  "package": {\n    "out": "b"\n  }\n}')))
      .toMatchInlineSnapshot(`
      "
      error config/unknown-key  there is no option npm
        gen-worker-client.config.json:2:3  #/npm
          2 |   "npm": "a",
        help: put it into package

      error config/unknown-key  there is no option package.out
        gen-worker-client.config.json:4:5  #/package/out
          4 |     "out": "b"
        help: put it beside package
      "
    `);
  });
  it('calls a flag a flag', async () => {
    expect(await complaint(jsonConfig('{"force": true}'))).toMatchInlineSnapshot(`
      "
      error config/unknown-key  there is no option force
        gen-worker-client.config.json:1:2  #/force
          1 | {"force": true}
        help: it is a flag: --force
      "
    `);
  });
  it('takes inherited names for what they are', async () => {
    expect(await complaint(jsonConfig('{"__proto__": {}, "constructor": 1}'))).toMatchInlineSnapshot(`
      "
      error config/unknown-key  there is no option __proto__
        gen-worker-client.config.json:1:2  #/__proto__
          1 | {"__proto__": {}, "constructor": 1}
        help: the options are schemas, out, targets, templates, package, openObjects, directions, idempotency, jobOptions, validators, readmeExample

      error config/unknown-key  there is no option constructor
        gen-worker-client.config.json:1:19  #/constructor
          1 | {"__proto__": {}, "constructor": 1}
        help: the options are schemas, out, targets, templates, package, openObjects, directions, idempotency, jobOptions, validators, readmeExample
      "
    `);
  });
  it('shows where in package.json a value stands', async () => {
    expect(
      await complaint({
        'package.json': '{\n  "name": "x",\n  "gen-worker-client": {\n    "package": { "npm": "My Client" }\n  }\n}\n',
      }),
    ).toMatchInlineSnapshot(`
      "
      error config/value  package.npm must be an npm package name, not "My Client"
        package.json:4:25  #/gen-worker-client/package/npm
          4 |     "package": { "npm": "My Client" }
        help: did you mean my-client?
      "
    `);
  });
  it('shows every wrong value in one run', async () => {
    const values: Record<keyof Config, unknown> = {
      schemas: 3,
      out: '',
      targets: ['typescrip'],
      templates: null,
      package: {
        pypi: 'a b',
        pythonModule: 'class',
        version: '1.2',
        description: 'a\nb',
        license: 'Apache 2',
        repository: 'https://me:pw@example.com/x',
        homepage: 'http://example.com',
        registry: true,
      },
      openObjects: 'open',
      directions: { '*-completed': 'recieve' },
      idempotency: 'client',
      jobOptions: 'yes',
      validators: false,
      readmeExample: 'FileDownloadRequest',
    };
    expect(await complaint(jsonConfig(JSON.stringify(values, null, 2)))).toMatchInlineSnapshot(`
      "
      error config/value  schemas must be a path, not 3
        gen-worker-client.config.json:2:14  #/schemas
          2 |   "schemas": 3,

      error config/value  out must be a path, not ""
        gen-worker-client.config.json:3:10  #/out
          3 |   "out": "",

      error config/value  targets must be typescript or python, not "typescrip"
        gen-worker-client.config.json:5:5  #/targets/0
          5 |     "typescrip"
        help: did you mean typescript?

      error config/value  templates must be a path, not null
        gen-worker-client.config.json:7:16  #/templates
          7 |   "templates": null,

      error config/value  package.pypi must be a PyPI package name, not "a b"
        gen-worker-client.config.json:9:13  #/package/pypi
          9 |     "pypi": "a b",
        help: did you mean a-b?

      error config/value  package.pythonModule must be a Python module name, not "class"
        gen-worker-client.config.json:10:21  #/package/pythonModule
          10 |     "pythonModule": "class",
        help: did you mean class_?

      error config/value  package.version must be a semantic version, not "1.2"
        gen-worker-client.config.json:11:16  #/package/version
          11 |     "version": "1.2",
        help: say 1.2.3, or 1.2.3-rc.1

      error config/value  package.description must be one line of text without control characters, not "a\\nb"
        gen-worker-client.config.json:12:20  #/package/description
          12 |     "description": "a\\nb",

      error config/value  package.license must be an SPDX licence expression, not "Apache 2"
        gen-worker-client.config.json:13:16  #/package/license
          13 |     "license": "Apache 2",
        help: did you mean Apache-2.0?

      error config/value  package.repository must be owner/name or an https URL, not "https://me:pw@example.com/x"
        gen-worker-client.config.json:14:19  #/package/repository
          14 |     "repository": "https://me:pw@example.com/x",

      error config/value  package.homepage must be an https URL without a user name, not "http://example.com"
        gen-worker-client.config.json:15:17  #/package/homepage
          15 |     "homepage": "http://example.com",
        help: did you mean https://example.com?

      error config/value  package.registry must be an https URL without a user name, not true
        gen-worker-client.config.json:16:17  #/package/registry
          16 |     "registry": true

      error config/value  openObjects must be declared or index-signature, not "open"
        gen-worker-client.config.json:18:18  #/openObjects
          18 |   "openObjects": "open",

      error config/value  directions must be send, receive or both, not "recieve"
        gen-worker-client.config.json:20:20  #/directions/*-completed
          20 |     "*-completed": "recieve"
        help: did you mean receive?

      error config/value  idempotency must be auto or server, not "client"
        gen-worker-client.config.json:22:18  #/idempotency
          22 |   "idempotency": "client",

      error config/value  jobOptions must be true or false, not "yes"
        gen-worker-client.config.json:23:17  #/jobOptions
          23 |   "jobOptions": "yes",

      error config/value  readmeExample must be a message type, not "FileDownloadRequest"
        gen-worker-client.config.json:25:20  #/readmeExample
          25 |   "readmeExample": "FileDownloadRequest"
        help: did you mean file-download-request?
      "
    `);
  });
  it('says of a package that it is an object', async () => {
    expect(await complaint(jsonConfig('{"package": "worker-client"}'))).toMatchInlineSnapshot(`
      "
      error config/value  package must be an object, not "worker-client"
        gen-worker-client.config.json:1:13  #/package
          1 | {"package": "worker-client"}
        help: say { "npm": "…", "version": "…" }
      "
    `);
  });
  it('says of a config that it is an object', async () => {
    expect(await complaint({ 'package.json': '{"gen-worker-client": []}' })).toMatchInlineSnapshot(`
      "
      error config/value  a config is an object, not an empty list
        package.json:1:23  #/gen-worker-client
          1 | {"gen-worker-client": []}
        help: say { "schemas": "schemas" }
      "
    `);
  });
  it('names the file alone when the config is code', async () => {
    expect(await complaint({ 'gen-worker-client.config.ts': 'export default { schemas: () => 1 };' }))
      .toMatchInlineSnapshot(`
      "
      error config/value  schemas must be a path, not a function
        gen-worker-client.config.ts
      "
    `);
  });
  it('misses a default export', async () => {
    expect(await complaint({ 'gen-worker-client.config.mjs': 'export const schemas = 1;' })).toMatchInlineSnapshot(`
      "
      error config/value  the file has no default export
        gen-worker-client.config.mjs
        help: say export default defineConfig({ … })
      "
    `);
  });
  it('repeats what the code threw', async () => {
    expect(await complaint({ 'gen-worker-client.config.mjs': 'throw new Error("no such secret\\nmore");' }))
      .toMatchInlineSnapshot(`
        "
        error config/unreadable  the config cannot be run: no such secret
          gen-worker-client.config.mjs:1:7
            1 | throw new Error("no such secret\\nmore");
          help: repair it; a config that is code is run before anything else
        "
      `);
  });
  it('shows where JSON breaks off', async () => {
    expect(await complaint(jsonConfig('{\n  "schemas": "a",\n}\n'))).toMatchInlineSnapshot(`
      "
      error config/unreadable  the config is not valid JSON
        gen-worker-client.config.json:3:1
          3 | }
        help: repair the JSON here
      "
    `);
  });
  it('counts the configs when there are two', async () => {
    expect(await complaint({ ...jsonConfig('{}'), 'package.json': '{"gen-worker-client": {}}' }))
      .toMatchInlineSnapshot(`
      "
      error config/ambiguous  there is more than one config
        gen-worker-client.config.json
        package.json
        help: keep one of them, or name one with --config FILE
      "
    `);
  });
  it('misses the file that --config names', async () => {
    expect(await complaint({ 'conf.json': '{}' }, { configFile: 'cnf.json' })).toMatchInlineSnapshot(`
      "
      error config/not-found  the config file is not there
        cnf.json
        help: did you mean conf.json?
      "
    `);
  });
  it('refuses a file of another kind', async () => {
    expect(await complaint({ 'conf.yaml': 'a: b' }, { configFile: 'conf.yaml' })).toMatchInlineSnapshot(`
      "
      error config/unreadable  a config file ends in .ts, .js, .mjs or .json, not ".yaml"
        conf.yaml
        help: call it gen-worker-client.config.ts
      "
    `);
  });
  it('refuses to read a folder', async () => {
    expect(await complaint({ 'conf.json/a': '' }, { configFile: 'conf.json' })).toMatchInlineSnapshot(`
      "
      error config/unreadable  the config cannot be read: EISDIR: illegal operation on a directory, read
        conf.json
        help: check its permissions
      "
    `);
  });
  it('keeps the output out of the input', async () => {
    expect(await complaint(jsonConfig('{\n  "out": "schemas/out"\n}'))).toMatchInlineSnapshot(`
      "
      error config/value  out must not lie in a folder that is read
        gen-worker-client.config.json:2:10  #/out
          2 |   "out": "schemas/out"
        help: name another folder
      "
    `);
  });
  it('calls a flag by its name', async () => {
    expect(await complaint({}, { given: { schemas: '', targets: ['typscript'] as never } })).toMatchInlineSnapshot(`
      "
      error usage/value  --schemas must be a path, not ""

      error usage/value  --target must be typescript or python, not "typscript"
        help: did you mean typescript?
      "
    `);
  });
});
