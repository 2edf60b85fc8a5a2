/** Validators that stand alone: their text, what they find, and that a schema cannot reach into their code. */
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { formats } from '../../../../templates/typescript/src/validators/formats.js';
import * as support from '../../../../templates/typescript/src/validators/support.js';
import { renderTypeScript } from '../../../render-of.js';

const HOSTILE = `'"\`*/ \${globalThis.hit = 1} ]);globalThis.hit=1;// \\ require("fs") </script>`;
const IMPORT = /^import \{ (.*) \} from '\.\.\/dist\/validators\/support\.js';$/m;

const render = (schemas: Readonly<Record<string, unknown>>) => renderTypeScript(schemas, { validators: true });

/** Runs the text of a validator with the support that it imports. */
function load(text: string): support.Validator<unknown> {
  const names = IMPORT.exec(text)?.[1] ?? '';
  const body = text.replace(IMPORT, '').replace('export default', 'return');
  const make = new Function('support', `const { ${names} } = support;\n${body}`) as (
    given: typeof support,
  ) => support.Validator<unknown>;
  return make(support);
}

async function validatorOf(schema: unknown): Promise<support.Validator<unknown>> {
  const { text } = await render({ message: schema });
  return load(text('validators/message.js'));
}

function issuesOf(validator: support.Validator<unknown>, value: unknown): readonly string[] {
  const { issues = [] } = validator['~standard'].validate(value);
  return issues.map(({ path, keyword, message }) => `/${path?.join('/') ?? ''} ${keyword}: ${message}`);
}

describe('a validator', () => {
  it('is this text', async () => {
    const { text } = await render({ ping: { type: 'object', properties: { id: { type: 'string', minLength: 1 } } } });
    expect(text('validators/ping.js')).toMatchSnapshot('code');
    expect(text('validators/ping.d.ts')).toMatchSnapshot('types');
    expect(text('validators.js')).toContain("'ping': () => import('./validators/ping.js')");
  });

  it('is refused, with the file of its schema, where Ajv cannot compile it', async () => {
    const { diagnostics } = await render({ message: { type: 'object', properties: { a: { enum: [] } } } });
    expect(diagnostics).toMatchObject([
      {
        code: 'output/no-validator',
        message: 'no validator can be made of message: enum must have non-empty array',
        places: [{ file: 'schemas/message.schema.json' }],
        help: 'change the schema, or leave validators out of the config',
      },
    ]);
  });

  it('stands alone, and finds what the schema forbids', async () => {
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 2 },
        tags: { type: 'array', uniqueItems: true },
        at: { type: 'string', format: 'date-time' },
        link: { type: 'string', format: 'uri' },
        id: { type: 'string', format: 'uuid' },
        kind: { const: { a: [1] } },
        'a/b~c': { type: 'integer' },
      },
      required: ['constructor'],
    };
    const { text } = await render({ message: schema });
    const code = text('validators/message.js');
    expect(code).not.toMatch(/\brequire\(|\beval\(|new Function/);
    const validator = load(code);
    const valid = {
      name: '👍a',
      tags: [{ a: 1 }, { a: 2 }],
      at: '2020-02-29T10:00:00Z',
      kind: { a: [1] },
      constructor: 1,
    };
    expect(issuesOf(validator, valid)).toEqual([]);
    expect(validator(valid)).toBe(true);
    const secret = 'hunter2';
    const invalid = {
      name: '👍',
      tags: [secret, secret],
      at: secret,
      link: secret,
      id: secret,
      kind: secret,
      'a/b~c': secret,
    };
    expect(issuesOf(validator, invalid)).toEqual([
      "/ required: must have required property 'constructor'",
      '/name minLength: must NOT have fewer than 2 characters',
      '/tags uniqueItems: must NOT have duplicate items (items ## 0 and 1 are identical)',
      '/at format: must match format "date-time"',
      '/link format: must match format "uri"',
      '/id format: must match format "uuid"',
      '/kind const: must be equal to constant',
      '/a/b~c type: must be integer',
    ]);
  });

  it('gives its schema away, in the dialect that it has', async () => {
    const { jsonSchema } = (await validatorOf({ type: 'object', description: 'd' }))['~standard'];
    expect(jsonSchema.input({ target: 'draft-2020-12' })).toMatchObject({ type: 'object', description: 'd' });
    expect(() => jsonSchema.output({ target: 'openapi-3.0' })).toThrow('the schema is written in draft-2020-12');
  });

  it('knows draft-07, recursion and a schema of one word', async () => {
    const $schema = 'http://json-schema.org/draft-07/schema#';
    const pair = await validatorOf({ $schema, type: 'array', items: [{ type: 'string' }], additionalItems: false });
    expect([pair(['a']), pair(['a', 1]), pair([1])]).toEqual([true, false, false]);
    const tree = await validatorOf({
      type: 'object',
      properties: { next: { $ref: '#' } },
      additionalProperties: false,
    });
    expect([tree({ next: { next: {} } }), tree({ next: { other: 1 } })]).toEqual([true, false]);
    const any = await validatorOf(true);
    expect(any({})).toBe(true);
  });

  it('takes no code from a schema', async () => {
    const schema = {
      description: `${HOSTILE} \u2028 \u202e`,
      type: 'object',
      properties: { [HOSTILE]: { enum: [HOSTILE] }, x: { type: 'string', pattern: '[\'"`/\\\\]\\);globalThis' } },
      patternProperties: { '^\\]\\);globalThis\\.hit=1;//"': { const: HOSTILE } },
      required: [HOSTILE],
      dependentRequired: { [HOSTILE]: [HOSTILE] },
      $defs: { [HOSTILE]: { const: 1 } },
    };
    const { text } = await render({ message: schema });
    const code = text('validators/message.js');
    expect(parseSync('message.js', code).errors).toEqual([]);
    expect(code).not.toMatch(/[\u2028\u202e]/);
    const validator = load(code);
    expect([validator({ [HOSTILE]: HOSTILE }), validator({ [HOSTILE]: 1 }), validator({})]).toEqual([
      true,
      false,
      false,
    ]);
    expect(globalThis).not.toHaveProperty('hit');
  });

  it('has a text that other messages do not change', async () => {
    const ping = { type: 'object', properties: { id: { type: 'string' } } };
    const [alone, together] = [await render({ ping }), await render({ ping, aaa: { type: 'array', minItems: 1 } })];
    expect(together.text('validators/ping.js')).toBe(alone.text('validators/ping.js'));
  });

  it('is made only when the config asks', async () => {
    const { files } = await renderTypeScript({ ping: { type: 'object' } });
    expect(files.filter(({ path }) => path.includes('validators'))).toEqual([]);
  });
});

describe('the formats', () => {
  const texts =
    `2020-02-29 2021-02-29 2020-13-01 2020-00-10 10:00:00 10:00:00Z 23:59:60Z 22:59:60-01:00 10:00:61Z 25:00:00Z
    10:00:00+24:00 2020-01-01T10:00:00Z 2020-01-01T10:00:00 2020-01-01t10:00:00.5+02:00 2020-01-01TT10:00:00Z a:b
    https://example.com/a?b#c //x /x http://[::1]:80/ ^a$ [ a\\Z YQ== YQ= YWJj`.split(/\s+/);

  it.for(Object.keys(formats))('%s is that of ajv-formats', (name) => {
    const testOf = (format: unknown): ((text: string) => boolean) =>
      (typeof format === 'function' ? format : Object(format).validate) as (text: string) => boolean;
    const [own, known] = [formats, fullFormats].map((table) =>
      testOf(Object.entries(table).find(([key]) => key === name)?.[1]),
    );
    const given = [...texts, '', '2020-01-01 10:00:00Z'];
    expect(given.filter((text) => own?.(text))).toEqual(given.filter((text) => known?.(text)));
    expect(given.some((text) => own?.(text))).toBe(true);
  });
});
