/** Whole Python packages of message sets that are unlike our own: laid out, linted, type-checked, imported. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Report } from '../../src/report/report.js';
import { readSchemas } from '../../src/schemas/load.js';
import { python as target } from '../../src/targets/python/index.js';
import type { JsonObject } from '../../src/text/json.js';
import { modelOf } from '../model-of.js';
import { askPython } from '../python/ask.js';
import { findPython } from '../python/environment.js';
import { optionsOf } from '../render-of.js';
import { keepFolder, writeFiles } from '../temp-folder.js';
import { findWithMypy, findWithPyright, findWithRuff, shownFinding } from './python-checks.js';

type Schemas = Readonly<Record<string, unknown>>;

const cases = fileURLToPath(new URL('../cases/', import.meta.url));
const text = { type: 'string' };
const object = { type: 'object', properties: { a: text } };
const LONG =
  'marketplace-listing-description-generation-and-translation-completed-after-the-review-of-the-first-draft-by-a-person';

/** Module name to what it is made of. */
const VARIANTS: Readonly<Record<string, { readonly schemas: Schemas; readonly config?: JsonObject }>> = {
  one_message: { schemas: { ping: object } },
  one_deprecated: { schemas: { ping: { ...object, deprecated: true } } },
  many_deprecated: { schemas: { ping: { ...object, deprecated: true }, pong: object, pung: { type: 'array' } } },
  long_names: { schemas: { [LONG]: object, [`${LONG}s`]: { ...object, 'x-result': LONG }, a: object } },
  no_objects: { schemas: { any: true, none: { type: 'null' }, list: { type: 'array', items: text } } },
  job_options: { schemas: { ping: object }, config: { jobOptions: true } },
  open_objects: { schemas: { ping: object, pong: { type: 'object' } }, config: { openObjects: 'index-signature' } },
  names_that_hurt: { schemas: schemasOf('names-that-hurt') },
  texts_that_hurt: { schemas: schemasOf('texts-that-hurt') },
};

function schemasOf(name: string): Schemas {
  const root = path.join(cases, name);
  const texts = readSchemas({ root, folder: path.join(root, 'schemas') }, new Report());
  return Object.fromEntries(
    texts.map((file) => [file.name.replace(/\.schema\.json$/, ''), Buffer.from(file.bytes).toString()]),
  );
}

const interpreter = findPython();

describe.skipIf(interpreter === null)('a package', () => {
  const { folder, remove } = keepFolder();
  beforeAll(async () => {
    const { reservedMethods, reservedTypes } = target;
    for (const [name, { schemas, config = {} }] of Object.entries(VARIANTS)) {
      const options = optionsOf({ ...config, package: { pythonModule: name } });
      const files = await target.render(modelOf(schemas, { reservedMethods, reservedTypes }), options, new Report());
      const own = files.filter((file) => file.path.startsWith(`python/${name}/`));
      const textOf = (file: string): string => files.find((one) => one.path === `python/${file}`)?.text ?? '';
      writeFiles(folder, Object.fromEntries(own.map((file) => [file.path.slice('python/'.length), file.text])));
      writeFiles(folder, { [`${name}.md`]: textOf('README.md'), 'pyproject.toml': textOf('pyproject.toml') });
    }
  });
  afterAll(remove);

  it('is laid out and written as ruff wants it', () => expect(findWithRuff(folder)).toBe(''));

  it.each([
    ['mypy', findWithMypy],
    ['pyright', findWithPyright],
  ])(
    'passes %s',
    (_, find) => {
      expect(find(folder).map(shownFinding)).toEqual([]);
    },
    180_000,
  );

  it('can be imported', () => {
    const script = `
import importlib
sys.path.insert(0, given["folder"])
sys.dont_write_bytecode = True
answer = []
for name in given["names"]:
    module = importlib.import_module(name)
    assert all(hasattr(module, exported) for exported in module.__all__)
    importlib.import_module(name + ".worker")
    answer.append(name)
`;
    const names = Object.keys(VARIANTS);
    expect(askPython(interpreter ?? '', script, { names, folder })).toEqual(names);
  });
});
