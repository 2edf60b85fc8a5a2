/** Validators as files: their text, that a schema cannot reach into their code, and that no message changes another's. */
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { renderTypeScript } from '../../../render-of.js';
import { loadValidator } from '../../../templates/typescript/validators/load.js';

const HOSTILE = `'"\`*/ \${globalThis.hit = 1} ]);globalThis.hit=1;// \\ require("fs") </script>`;

describe('a validator', () => {
  it('is this text', async () => {
    const { text } = await renderTypeScript({
      ping: { type: 'object', properties: { id: { type: 'string', minLength: 1 } } },
    });
    expect(text('validators/ping.js')).toMatchSnapshot('code');
    expect(text('validators/ping.d.ts')).toMatchSnapshot('types');
    expect(text('validators.js')).toContain("'ping': /* @__PURE__ */ listed(() => import('./validators/ping.js')),");
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
    const { text } = await renderTypeScript({ message: schema });
    const code = text('validators/message.js');
    expect(parseSync('message.js', code).errors).toEqual([]);
    expect(code).not.toMatch(/[\u2028\u202e]/);
    const validator = loadValidator(code);
    expect([validator({ [HOSTILE]: HOSTILE }), validator({ [HOSTILE]: 1 }), validator({})]).toEqual([
      true,
      false,
      false,
    ]);
    expect(globalThis).not.toHaveProperty('hit');
  });

  it('holds its schema as it is, whatever its keys and texts are', async () => {
    const properties: unknown = JSON.parse(
      '{ "__proto__": { "type": "string", "default": "\\n\\"__proto__\\":" }, "constructor": { "enum": ["__proto__", "\\ud800"] } }',
    );
    const { text } = await renderTypeScript({ message: { type: 'object', properties, required: ['__proto__'] } });
    const validator = loadValidator(text('validators/message.js'));
    const schema = validator['~standard'].jsonSchema.input({ target: 'draft-2020-12' });
    expect(JSON.stringify(schema['properties'])).toBe(JSON.stringify(properties));
    const answers = ['{ "__proto__": "a" }', '{ "__proto__": 1 }', '{}', '{ "__proto__": "", "constructor": 1 }'];
    expect(answers.map((payload) => validator(JSON.parse(payload)))).toEqual([true, false, false, false]);
  });

  it('has a text that other messages do not change', async () => {
    const ping = { type: 'object', properties: { id: { type: 'string' } } };
    const [alone, together] = [
      await renderTypeScript({ ping }),
      await renderTypeScript({ ping, aaa: { type: 'array', minItems: 1 } }),
    ];
    expect(together.text('validators/ping.js')).toBe(alone.text('validators/ping.js'));
  });

  it('is left out where the config gives validators up', async () => {
    const { files } = await renderTypeScript({ ping: { type: 'object' } }, { validators: false });
    expect(files.filter(({ path }) => path.includes('validators'))).toEqual([]);
  });
});
