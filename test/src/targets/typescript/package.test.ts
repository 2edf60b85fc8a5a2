/** A model in, the files of the npm package out. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderFolder } from '../../../../src/render/engine.js';
import { formatTypeScript } from '../../../../src/render/format.js';
import { Report } from '../../../../src/report/report.js';
import { buildView } from '../../../../src/targets/typescript/view.js';
import { modelOf } from '../../../model-of.js';
import { optionsOf, renderTypeScript, verifyTypeScript } from '../../../render-of.js';

const string = { type: 'string' };
const LONG = 'marketplace-listing-description-generation-and-translation-completed-after-review-event';
const HOSTILE = `*/ @deprecated """ \${x} \`{{package}}\` </script> [a](javascript:alert(1)) \\ \u202e \u2028 {@link x}\r\n# b`;

/** Names and texts that would hurt, and every shape that there is. */
const SCHEMAS = {
  [LONG]: { type: 'object', properties: { id: string }, required: ['id'] },
  close: { type: 'object', properties: { id: string }, 'x-result': 'then' },
  then: { type: 'array', items: string },
  constructor: {
    description: HOSTILE,
    type: 'object',
    properties: { [HOSTILE.replace(/[^ -~]/g, '')]: { ...string, description: HOSTILE } },
  },
  tree: {
    $defs: { node: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/$defs/node' } } } } },
    $ref: '#/$defs/node',
  },
  'tagged-union': {
    oneOf: ['a', 'b'].map((kind) => ({
      type: 'object',
      properties: { kind: { const: kind }, [`${kind}-value`]: { type: ['string', 'null'], default: null } },
      required: ['kind'],
    })),
  },
  'names-that-hurt': {
    type: 'object',
    properties: Object.fromEntries(
      ['__proto__', 'constructor', 'hasOwnProperty', 'toString', '1', 'größe', 'a b', ''].map((key) => [key, string]),
    ),
    required: ['__proto__'],
    additionalProperties: { type: 'integer', minimum: 0 },
  },
  tuples: {
    type: 'object',
    properties: {
      point: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }], items: false, minItems: 2 },
      open: { type: 'array', prefixItems: [{ enum: ['a', 'b', null] }] },
      map: { type: 'object', additionalProperties: { type: 'object', properties: { inner: string } } },
      free: { type: 'object' },
      any: true,
      literals: { enum: [{ a: [1, {}] }, [], -1, 1e21, 'it\'s "quoted"', true] },
    },
    deprecated: true,
  },
} as const;

/** Throws for what a view does not have: an empty `{{#if typo}}` is no error of Handlebars. */
const strict = <T extends object>(view: T): T =>
  new Proxy(view, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'string' && !Object.hasOwn(target, key)) throw new Error(`the view has no ${key}`);
      return typeof value === 'object' && value !== null && key !== 'length' ? strict(value) : value;
    },
  });

describe('the package', async () => {
  const { files, text, diagnostics } = await renderTypeScript(SCHEMAS);

  it('is rendered without a finding', () => expect(diagnostics).toEqual([]));
  it('is what TypeScript takes', async () => expect(await verifyTypeScript(files)).toEqual([]));

  it('has its files in code-point order, each with LF line ends and one at its end', () => {
    const paths = files.map((file) => file.path);
    expect(paths).toEqual(paths.toSorted());
    expect(files.filter((file) => /\r|\n\n$|[^\n]$/.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it('has no text of a schema that steers a terminal or deceives the eye', () => {
    const invisible = /[\p{Cc}\p{Cs}\u200b\u2028-\u202e\u2066-\u2069\ufeff]/u;
    const own = files.filter(({ origin }) => origin !== 'copy');
    expect(own.filter((file) => invisible.test(file.text.replaceAll('\n', ''))).map((file) => file.path)).toEqual([]);
  });

  it('is laid out as Prettier lays it out', async () => {
    for (const name of ['src/types.ts', 'src/client.ts', 'src/index.ts']) {
      expect(await formatTypeScript(text(name))).toBe(text(name));
    }
  });

  it('gives a method that the client has itself the word Message', () => {
    for (const method of ['closeMessage', 'thenMessage', 'constructorMessage', 'tree']) {
      expect(text('src/client.ts')).toMatch(new RegExp(`^  ${method}\\(`, 'm'));
    }
    expect(text('README.md')).toContain('`client.closeMessage(data)`');
  });

  it('maps a message to its result', () =>
    expect(text('src/types.ts')).toContain('export interface MessageResults {\n  close: ThenMessage;\n}'));

  it('marks what is deprecated everywhere', () => {
    expect(text('src/types.ts')).toContain(`  /** @deprecated */\n  TUPLES: 'tuples',`);
    expect(text('src/client.ts')).toContain('   * Enqueues `tuples`.\n   *\n   * @deprecated\n');
    expect(text('README.md')).toContain('### tuples\n\n**Deprecated.**');
  });

  it('has a manifest', () => {
    expect(JSON.parse(text('package.json'))).toMatchObject({ name: 'worker-client', type: 'module' });
    expect(JSON.parse(text('package.json'))).not.toHaveProperty('repository');
  });
});

describe('the templates', () => {
  it('print nothing that the view does not have', async () => {
    const values = {
      package: {
        npm: '@acme/jobs',
        repository: 'acme/jobs',
        homepage: 'https://acme.example',
        registry: '',
        author: 'A',
      },
    };
    for (const config of [values, {}]) {
      const model = modelOf(SCHEMAS);
      const view = strict(buildView(model, new Map(), optionsOf(config)));
      const report = new Report();
      const files = renderFolder({ target: 'typescript', overrides: null, root: '/', view }, report);
      expect(report.diagnostics).toEqual([]);
      expect(files.length).toBeGreaterThan(10);
    }
  });
});

describe('overrides', () => {
  const folder = (name: string): string =>
    path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../fixtures/templates', name);

  it('are rendered, formatted and judged like our own', async () => {
    const { files, text, diagnostics } = await renderTypeScript(
      { ping: { type: 'object', properties: { id: string } } },
      { templates: folder('good') },
    );
    expect(diagnostics).toEqual([]);
    expect(text('src/extra.ts')).toBe("export const types = ['ping'];\n");
    expect(await verifyTypeScript(files)).toEqual([]);
  });

  it('are named when TypeScript refuses what they render', async () => {
    const { files } = await renderTypeScript({ ping: { type: 'object' } }, { templates: folder('bad') });
    expect(await verifyTypeScript(files)).toEqual([
      `typescript/src/index.ts:1 TS2724: '"./client.js"' has no exported member named 'WorkerClint'. Did you mean 'WorkerClient'?`,
      'typescript/src/syntax.ts:1 TS1109: Expression expected.',
    ]);
  });
});
