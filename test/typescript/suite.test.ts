/** The built package held to the public test suite, with index signatures; `test/fidelity` measures the types as they come. */
import { describe, expect, it } from 'vitest';
import { findFault, newBudget } from '../../src/model/validate.js';
import { Report } from '../../src/report/report.js';
import { parseSchemas } from '../../src/schemas/parse.js';
import { resolveSchemas } from '../../src/schemas/resolve.js';
import { isArray, isObject, type JsonObject, type JsonValue } from '../../src/text/json.js';
import { readSuite } from '../json-schema-suite.js';
import { renderTypeScript } from '../render-of.js';
import { buildPackage, compileProgram } from './built-package.js';

/** Sound: of all valid values. Tight: of the invalid ones that types could refuse. */
const BARS = { sound: 1, tight: 0.97 };

interface Probe {
  readonly name: string;
  readonly payloadType: string;
  readonly value: JsonValue;
  readonly valid: boolean;
}

const suite = readSuite();

/** Schemas by message type. */
const schemas = Object.fromEntries(suite.map(({ schema }, index) => [`case-${index}`, schema]));

/** What a type can say of a schema: unions for `anyOf` and `oneOf`, and no bound, pattern or count. */
const SAID = new Set(
  '$id $schema $anchor $ref $defs definitions type enum const required properties additionalProperties items prefixItems anyOf oneOf allOf'.split(
    ' ',
  ),
);
const MAPS = new Set(['properties', '$defs', 'definitions']);
const DATA = new Set(['enum', 'const']);

function expressible(schema: JsonValue): JsonValue {
  if (isArray(schema)) return schema.map(expressible);
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(
    ([name, value]) => SAID.has(name) && !(name === 'additionalProperties' && value !== false),
  );
  return Object.fromEntries(
    kept.map(([name, value]) => {
      if (DATA.has(name)) return [name, value];
      if (MAPS.has(name)) return [name, mapValues(value, expressible)];
      return [name === 'oneOf' && !('anyOf' in schema) ? 'anyOf' : name, expressible(value)];
    }),
  );
}

const mapValues = (value: JsonValue, change: (inner: JsonValue) => JsonValue): JsonValue =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)])) : value;

function isValid(value: JsonValue, schema: JsonValue): boolean {
  const report = new Report();
  const bytes = Buffer.from(JSON.stringify(schema));
  const files = parseSchemas([{ path: 'm.schema.json', name: 'm.schema.json', bytes }], report);
  const references = resolveSchemas(files, report);
  const file = files[0];
  return file === undefined || findFault(value, file, { references, budget: newBudget() }) === undefined;
}

/** The type that only this value has. */
function typeOf(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(typeOf).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{ ${Object.entries(value as JsonObject)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${typeOf(inner)}`)
    .join('; ')} }`;
}

const printProbe = ({ payloadType, value }: Probe, index: number): string =>
  `export const p${index} = (value: ${typeOf(value)}): types.${payloadType} => value;`;

/** How many of the probes the compiler takes for what they are. */
function rateOf(probes: readonly Probe[], refused: ReadonlySet<string>): number {
  const right = probes.filter((probe) => probe.valid !== refused.has(probe.name));
  return right.length / probes.length;
}

const probes: readonly Probe[] = suite.flatMap(({ keyword, description, schema, tests }, index) =>
  tests
    .filter(({ valid, data }) => valid || !isValid(data, expressible(schema)))
    .map((test) => ({
      name: `${keyword}: ${description}: ${test.description}`,
      payloadType: `Case${index}Message`,
      value: test.data,
      valid: test.valid,
    })),
);

describe('the payload types of the public test suite', () => {
  it('hold what they promise with index signatures', async () => {
    const { files, diagnostics } = await renderTypeScript(schemas, { openObjects: 'index-signature' });
    expect(diagnostics).toEqual([]);
    const program = [`import type * as types from 'worker-client';`, ...probes.map(printProbe)].join('\n');
    const printed = compileProgram(buildPackage(files), program);
    const lines = printed.map((line) => Number(/^program\.ts\((\d+),/.exec(line)?.[1]));
    const refused = new Set(lines.map((line) => probes[line - 2]?.name ?? ''));
    const { sound, tight } = BARS;
    expect(
      rateOf(
        probes.filter(({ valid }) => valid),
        refused,
      ),
    ).toBeGreaterThanOrEqual(sound);
    expect(
      rateOf(
        probes.filter(({ valid }) => !valid),
        refused,
      ),
    ).toBeGreaterThanOrEqual(tight);
  });
});
