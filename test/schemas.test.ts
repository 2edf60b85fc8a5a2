/** Holds the schemas of this repository to the facts of the seed document, word for word. */
import { readFileSync, readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { SEED } from './seed.js';

const FOLDER = new URL('../schemas/', import.meta.url);
const SUFFIX = '.schema.json';

interface Schema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
}

const load = (path: string): Schema => JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as Schema;
const files = (folder: string): string[] =>
  readdirSync(new URL(folder, FOLDER))
    .filter((name) => name.endsWith(SUFFIX))
    .toSorted();

const messages = new Map(files('./').map((name) => [name.slice(0, -SUFFIX.length), load(name)]));
const shared = new Map(files('shared/').map((name) => [`shared/${name}`, load(`shared/${name}`)]));

/** The JSON type that a reader sees: a reference has the type of what it leads to. */
const typeOf = (field: Schema): string | undefined =>
  field.$ref === undefined ? field.type : shared.get(field.$ref.replace(/^\.\//, ''))?.type;

/** What the seed document says of a message, read from its schema. */
const factsOf = (schema: Schema): unknown => ({
  description: schema.description,
  fields: Object.entries(schema.properties ?? {}).map(([name, field]) => [
    name,
    typeOf(field),
    schema.required?.includes(name) ? '✓' : '✗',
    field.description,
  ]),
});

describe('the schemas', () => {
  it('are those of the seed document', () => {
    expect([...messages.keys()]).toEqual(Object.keys(SEED));
  });

  it.each(Object.entries(SEED))('say of %s what the seed document says', (type, facts) => {
    expect(factsOf(messages.get(type) ?? {})).toEqual(facts);
  });

  it('name their dialect', () => {
    for (const schema of [...messages.values(), ...shared.values()]) {
      expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    }
  });

  it('require no field that they do not declare, in the order of the fields', () => {
    for (const schema of [...messages.values(), ...shared.values()]) {
      const declared = Object.keys(schema.properties ?? {});
      expect(schema.required ?? []).toEqual(declared.filter((name) => schema.required?.includes(name)));
    }
  });

  it('use every shared definition more than once', () => {
    const texts = [...messages.keys()].map((type) => readFileSync(new URL(type + SUFFIX, FOLDER), 'utf8'));
    for (const path of shared.keys()) {
      expect(texts.filter((text) => text.includes(`"./${path}"`)).length, path).toBeGreaterThan(1);
    }
  });

  it.each([...messages.keys(), ...[...shared.keys()].map((path) => path.slice(0, -SUFFIX.length))])(
    'give %s examples that validate',
    (name) => {
      const validate = validatorOf(name + SUFFIX);
      const examples = load(name + SUFFIX).examples ?? [];
      expect(examples).not.toEqual([]);
      for (const example of examples) expect(validate(example), validate.errors?.[0]?.message ?? 'valid').toBe(true);
    },
  );

  it.each([...messages.keys()])('give the fields of %s examples that validate', (type) => {
    for (const [pointer, field] of subschemasWithExamples(load(type + SUFFIX))) {
      const validate = validatorOf(`${type}${SUFFIX}#${pointer}`);
      for (const example of field.examples ?? []) expect(validate(example), pointer).toBe(true);
    }
  });
});

/** Ajv resolves `./shared/x.schema.json` against the address that each file is added under. */
const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
for (const [type, schema] of messages) ajv.addSchema(schema, `https://schemas.example/${type}${SUFFIX}`);
for (const [path, schema] of shared) ajv.addSchema(schema, `https://schemas.example/${path}`);

function validatorOf(address: string) {
  const validate = ajv.getSchema(`https://schemas.example/${address}`);
  if (validate === undefined) throw new Error(`no schema at ${address}`);
  return validate;
}

function subschemasWithExamples(schema: Schema, pointer = ''): [pointer: string, schema: Schema][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = `${pointer}/properties/${name}`;
    return [
      ...(field.examples === undefined ? [] : [[at, field] as [string, Schema]]),
      ...subschemasWithExamples(field, at),
    ];
  });
}
