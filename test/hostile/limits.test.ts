/** However large or tangled a schema is, a run ends with output or with a clear error at its place. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/schemas/limits.js';
import { makeFolder } from '../temp-folder.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

type Schema = Readonly<Record<string, unknown>>;

interface Run {
  readonly code: number | null;
  readonly stderr: string;
  /** The payload types, `''` when there are none. */
  readonly types: string;
}

/** Generates from one schema file, as text. */
function runWith(schema: string): Run {
  const folder = makeFolder({ 'schemas/a-request.schema.json': schema });
  const { status, stderr } = spawnSync(process.execPath, [cli, '--quiet'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], CI: 'true' },
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  const types = path.join(folder, 'generated/typescript/src/types.ts');
  return { code: status, stderr, types: fs.existsSync(types) ? fs.readFileSync(types, 'utf8') : '' };
}

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const object = (count: number, field: (index: number) => unknown, name = 'p'): Schema => ({
  type: 'object',
  properties: Object.fromEntries(many(count, (index) => [`${name}${index}`, field(index)])),
});
const definitions = (count: number, make: (index: number) => unknown): Schema =>
  Object.fromEntries(many(count, (index) => [`d${index}`, make(index)]));
const nested = (depth: number, around: (inner: unknown) => unknown): unknown =>
  many(depth, () => around).reduce<unknown>((inner, wrap) => wrap(inner), { type: 'string' });
const text = { type: 'string' };
const ref = (index: number): Schema => ({ $ref: `#/$defs/d${index}` });

/** Up to the limits: these generate. */
const LARGE: Readonly<Record<string, () => unknown>> = {
  'as long a chain of references as may be': () => ({
    ...ref(0),
    $defs: definitions(LIMITS.chain, (index) => (index === LIMITS.chain - 1 ? text : ref(index + 1))),
  }),
  'definitions that double thirty times': () => ({
    ...ref(0),
    $defs: definitions(31, (index) =>
      index === 30 ? object(1, () => text) : { allOf: [ref(index + 1), ref(index + 1)] },
    ),
  }),
  'branches that multiply': () => ({
    allOf: many(12, (factor) => ({
      anyOf: many(12, (index) => ({ ...object(1, () => ({ const: index }), `a${factor}`), required: [`a${factor}0`] })),
    })),
  }),
  'hundreds of conditions': () => ({
    allOf: many(300, (index) => ({
      if: { properties: { a: { const: index } } },
      then: object(1, () => text, `b${index}`),
      else: object(1, () => text, `c${index}`),
    })),
  }),
  'as many values as may be': () => object(1, () => ({ enum: many(LIMITS.list, (index) => `v${index}`) })),
  'a list of a billion items': () => ({ type: 'array', items: text, minItems: 1e9, maxItems: 2e9 }),
  'objects as deep as may be': () =>
    nested(LIMITS.depth / 2 - 2, (inner) => ({ type: 'object', properties: { a: inner } })),
};

/** Past the limits: these end in an error. */
const TOO_LARGE: Readonly<Record<string, readonly [code: string, schema: () => unknown]>> = {
  'too many fields': ['input/too-large', () => object(LIMITS.subschemas, () => text)],
  'too many values': ['input/too-large', () => ({ const: many(LIMITS.values, () => 1) })],
  'too deep a schema': ['input/too-large', () => nested(LIMITS.depth + 1, (inner) => ({ items: inner }))],
  'too many values of enum': ['input/too-large', () => ({ enum: many(LIMITS.list + 1, (index) => ({ index })) })],
  'too many branches': ['input/too-large', () => ({ anyOf: many(LIMITS.branches + 1, (index) => ({ const: index })) })],
  'too many required names': ['input/too-large', () => ({ required: many(LIMITS.list + 1, (index) => `r${index}`) })],
  'too long a name': ['input/too-large', () => object(1, () => text, 'x'.repeat(LIMITS.name))],
  'too many letters of names': ['input/too-large', () => object(LIMITS.names / 800, () => true, 'x'.repeat(900))],
  'too long a pattern': ['input/too-large', () => ({ pattern: 'a?'.repeat(LIMITS.pattern) })],
  'too long a text': ['input/too-large', () => ({ description: 'x'.repeat(LIMITS.text + 1) })],
  'too much data': ['input/too-large', () => ({ examples: [many(LIMITS.data, (index) => index)] })],
  'a chain of thousands of references': [
    'input/too-large',
    () => ({ ...ref(0), $defs: definitions(9001, (index) => (index === 9000 ? text : ref(index + 1))) }),
  ],
  'a circle of thousands of references': [
    'schema/ref-cycle',
    () => ({ ...ref(0), $defs: definitions(9000, (index) => ref((index + 1) % 9000)) }),
  ],
  'thousands of dead references': [
    'input/too-many-findings',
    () => ({ ...object(9000, (index) => ref(index)), $defs: {} }),
  ],
  'thousands of faults': ['input/too-many-findings', () => object(9000, () => ({ type: 'strng' }))],
};

const FILE = /^ {2}schemas\/a-request\.schema\.json/m;
const PLACE = /^ {2}schemas\/a-request\.schema\.json:1:\d+/m;

describe('a large schema', () => {
  it.each(Object.entries(LARGE))('of %s generates', { timeout: 60_000 }, (_, schema) => {
    const { code, stderr, types } = runWith(JSON.stringify(schema()));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(types).toContain('ARequestMessage');
  });
});

describe('a schema past the limits', () => {
  it.each(Object.entries(TOO_LARGE))('has %s and is refused', { timeout: 60_000 }, (_, [wanted, schema]) => {
    const { code, stderr } = runWith(JSON.stringify(schema()));
    expect(code).toBe(2);
    expect(stderr).toContain(`error ${wanted}  `);
    expect(stderr).toContain('  help: ');
    expect(stderr).toMatch(wanted === 'input/too-large' ? PLACE : FILE);
    expect(stderr).not.toContain('    at ');
  });

  it.each<[string, string, string]>([
    ['brackets without end', '['.repeat(1_000_000), 'json/syntax'],
    ['a million brackets', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`, 'input/too-large'],
    ['a million quotes', '"'.repeat(999_999), 'json/syntax'],
    ['nothing but blanks', ' '.repeat(LIMITS.bytes), 'json/empty'],
    ['too many bytes', ' '.repeat(LIMITS.bytes + 1), 'input/too-large'],
  ])('of %s is refused', { timeout: 60_000 }, (_, schema, wanted) => {
    const { code, stderr } = runWith(schema);
    expect(code).toBe(2);
    expect(stderr).toContain(`error ${wanted}  `);
    expect(stderr).not.toContain('    at ');
  });
});
