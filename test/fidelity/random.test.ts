/** Whatever the schema: its type accepts its valid values, its examples are valid, and Ajv and the validators read it as we do. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conforms, type Lookup } from '../../src/model/conforms.js';
import type { Message, Model } from '../../src/model/model.js';
import { newBudget, findFault } from '../../src/model/validate.js';
import { Report } from '../../src/report/report.js';
import { parseSchemas } from '../../src/schemas/parse.js';
import { resolveSchemas } from '../../src/schemas/resolve.js';
import type { JsonObject, JsonValue } from '../../src/text/json.js';
import { standard, type Validator } from '../../templates/typescript/src/validators/support.js';
import { buildFrom } from '../model-of.js';
import { findPython } from '../python/environment.js';
import type { FidelityCase } from './corpus.js';
import { judgePython } from './python.js';
import { randomSchema, randomValue } from './random.js';
import { judgeTypeScript } from './typescript.js';
import { missesOf, pairUp } from './verdict.js';

const RUNS = 2_000;
const TIMEOUT = 600_000;
/** The same schemas every time, unless somebody wants others: `SEED=7 npx vitest …`. */
const seed = Number(process.env['SEED'] ?? 20_250_131);

/** The model of one random schema; `undefined` where it is refused, which only a reference to itself may be. */
function modelOf(schema: JsonObject): { model: Model; message: Message; hasExample: boolean } | undefined {
  const { model, diagnostics } = buildFrom({ case: schema });
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  expect(errors.filter((code) => code !== 'schema/ref-cycle')).toEqual([]);
  const [message] = model.messages;
  const hasExample = !diagnostics.some(({ code }) => code === 'schema/no-example');
  return errors.length > 0 || message === undefined ? undefined : { model, message, hasExample };
}

function lookupOf({ messages, sharedTypes }: Model): Lookup {
  const types = [...sharedTypes, ...messages.flatMap(({ types: own }) => own)];
  const shapes = new Map(types.map(({ name, shape }) => [name, shape]));
  for (const { payloadType, payload } of messages) shapes.set(payloadType, payload);
  return (name) => shapes.get(name);
}

/** Whether a schema accepts a value, by our own reading. */
function validatorOf(schema: JsonObject): (value: JsonValue) => boolean {
  const report = new Report();
  const bytes = Buffer.from(JSON.stringify(schema));
  const [file] = parseSchemas([{ path: 'case', name: 'case.schema.json', bytes }], report);
  const references = resolveSchemas(file === undefined ? [] : [file], report);
  return (value) => file !== undefined && findFault(value, file, { references, budget: newBudget() }) === undefined;
}

describe('of random schemas', () => {
  it('the shape accepts every valid value', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(randomSchema, fc.array(randomValue, { minLength: 20, maxLength: 20 }), (schema, values) => {
        const found = modelOf(schema);
        if (found === undefined) return;
        const isValid = validatorOf(schema);
        const lookup = lookupOf(found.model);
        const valid = [...values.filter(isValid), ...found.message.examples.filter(isValid)];
        expect(valid.filter((value) => !conforms(value, found.message.payload, lookup))).toEqual([]);
      }),
      { numRuns: RUNS, seed },
    );
  });

  it('the self-contained schema means the same, as Ajv reads it', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(randomSchema, fc.array(randomValue, { minLength: 20, maxLength: 20 }), (schema, values) => {
        // The code that Ajv makes for unevaluated… throws now and then.
        fc.pre(!JSON.stringify(schema).includes('"unevaluated'));
        const found = modelOf(schema);
        if (found === undefined) return;
        const isValid = validatorOf(schema);
        const ajv = new Ajv2020({ strict: false, validateFormats: false });
        const validate = ajv.compile(found.message.schema);
        const all = [...values, ...found.message.examples];
        const answers = answersOf(() => all.map((value) => validate(value)));
        fc.pre(answers !== undefined);
        expect(answers).toEqual(all.map(isValid));
        const made = found.hasExample ? found.message.examples : [];
        expect(made.filter((example) => !isValid(example))).toEqual([]);
      }),
      { numRuns: RUNS / 4, seed },
    );
  });

  it('so do validators', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(randomSchema, fc.array(randomValue, { minLength: 20, maxLength: 20 }), (schema, values) => {
        const found = modelOf(schema);
        if (found === undefined) return;
        const isValid = validatorOf(schema);
        const validator = standard(found.message.schema as Record<string, unknown>);
        const all = [...values, ...found.message.examples];
        expect(all.map(validator)).toEqual(all.map(isValid));
        const silent = all.filter((value) => !isValid(value) && issueCount(validator, value) === 0);
        expect(silent).toEqual([]);
      }),
      { numRuns: RUNS / 2, seed },
    );
  });

  it('another message changes nothing of the first', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(randomSchema, randomSchema, (first, second) => {
        const alone = buildFrom({ case: first }).model;
        const both = buildFrom({ 'a-case': second, case: first, 'z-case': second }).model;
        const [message] = alone.messages;
        expect(both.messages.find(({ type }) => type === 'case')).toEqual(message);
      }),
      { numRuns: RUNS / 10, seed },
    );
  });
});

describe('in each language', () => {
  const schemas = fc.sample(randomSchema, { numRuns: RUNS, seed });
  const values = fc.sample(fc.array(randomValue, { minLength: 12, maxLength: 12 }), { numRuns: RUNS, seed });
  const cases = schemas.flatMap((schema, index): FidelityCase[] => {
    const found = modelOf(schema);
    if (found === undefined) return [];
    const valid = [...(values[index] ?? []), ...found.message.examples].filter(validatorOf(schema));
    const instances = valid.map((data) => ({ description: 'valid', data, valid: true, isExpressible: false }));
    return [{ keyword: `seed ${seed}`, description: JSON.stringify(schema), schema, instances }];
  });

  it('most schemas are taken, with valid values', () => {
    expect(cases.length).toBe(RUNS);
    expect(cases.flatMap(({ instances }) => instances).length).toBeGreaterThan(4 * RUNS);
  });

  it('TypeScript compiles the types, which accept every valid value', { timeout: TIMEOUT }, async () => {
    expect(pairUp(cases, await judgeTypeScript(cases)).flatMap(missesOf)).toEqual([]);
  });

  it.runIf(findPython() !== null)('so does Python', { timeout: TIMEOUT }, async () => {
    expect(pairUp(cases, (await judgePython(cases)) ?? []).flatMap(missesOf)).toEqual([]);
  });
});

const issueCount = (validator: Validator<unknown>, value: JsonValue): number =>
  validator['~standard'].validate(value).issues?.length ?? 0;

/** Of references that come back about the very same value Ajv runs out of stack, where we say that they add nothing. */
function answersOf(ask: () => readonly boolean[]): readonly boolean[] | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
