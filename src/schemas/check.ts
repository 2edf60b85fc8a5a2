/** Holds a schema to its dialect: every keyword, everywhere, by the keyword table. */
import { type Report } from '../report/report.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { nearest } from '../text/nearest.js';
import { FORBIDDEN_KEYWORDS, FOREIGN_KEYWORDS, keywordNames, keywordOf, type ValueKind } from './keywords.js';
import { type LocatedText, placeIn } from './locate.js';
import type { Dialect, Path, SchemaFile } from './schema-file.js';
import { subschemasOf } from './subschemas.js';
import { valueFault } from './values.js';

const DIALECTS: Readonly<Record<string, Dialect>> = {
  'https://json-schema.org/draft/2020-12/schema': '2020-12',
  'http://json-schema.org/draft-07/schema': 'draft-07',
};

/**
 * The dialect that a root schema names, 2020-12 when it names none.
 *
 * @returns `undefined` after reporting `schema/dialect` or `schema/not-a-schema`
 */
export function dialectOf(schema: JsonValue, located: LocatedText, report: Report): Dialect | undefined {
  if (typeof schema === 'boolean') return '2020-12';
  if (!isObject(schema)) {
    report.add('schema/not-a-schema', {
      message: `a schema is an object or a boolean, not ${nameOf(schema)}`,
      at: placeIn(located, []),
      help: 'describe the payload: { "type": "object", "properties": { … } }',
    });
    return undefined;
  }
  const named = ownValue(schema, '$schema');
  if (named === undefined) return '2020-12';
  const known =
    typeof named === 'string' ? DIALECTS[named.replace(/#$/, '').replace(/^https:(?=.*draft-07)/, 'http:')] : undefined;
  if (known !== undefined) return known;
  const meant = typeof named === 'string' ? nearest(named, Object.keys(DIALECTS)) : undefined;
  report.add('schema/dialect', {
    message: `$schema ${JSON.stringify(named)} is no dialect that this tool reads`,
    at: placeIn(located, ['$schema']),
    help: `${meant === undefined ? 'say' : 'did you mean'} ${meant ?? Object.keys(DIALECTS)[0]}${meant === undefined ? ' (draft-07 is read, too)' : '?'}`,
  });
  return undefined;
}

/**
 * Checks every keyword of every subschema.
 *
 * @param report - takes `schema/*` findings with the place of the keyword
 */
export function checkSchema(file: SchemaFile, report: Report): void {
  const visit = (schema: JsonValue, path: Path): void => {
    if (isObject(schema)) checkKeywords({ file, schema, path }, report);
    for (const { value, steps } of subschemasOf(schema)) visit(value, [...path, ...steps]);
  };
  visit(file.schema, []);
}

interface Spot {
  readonly file: SchemaFile;
  readonly schema: JsonObject;
  readonly path: Path;
}

function checkKeywords(spot: Spot, report: Report): void {
  // Draft-07 ignores everything beside a $ref.
  const refAlone = spot.file.dialect === 'draft-07' && ownValue(spot.schema, '$ref') !== undefined;
  for (const [name, value] of Object.entries(spot.schema)) {
    const keyword = keywordOf(name);
    if (FORBIDDEN_KEYWORDS.has(name)) reportForbidden(spot, name, report);
    else if (keyword === undefined) reportUnknown(spot, name, report);
    else if (keyword.only !== undefined && keyword.only !== spot.file.dialect)
      reportOtherDialect(spot, name, keyword.only, report);
    else if (!refAlone || name === '$ref')
      checkValue({ ...spot, name, value, kind: keyword.kind, annotation: keyword.annotation === true }, report);
  }
  checkRequired(spot, report);
}

interface KeywordSpot extends Spot {
  readonly name: string;
  readonly value: JsonValue;
  readonly kind: ValueKind;
  readonly annotation: boolean;
}

function checkValue(spot: KeywordSpot, report: Report): void {
  const { file, path, name, value, kind } = spot;
  const fault = valueFault(kind, value, { name, dialect: file.dialect });
  if (fault === undefined) return;
  const at = file.place([...path, name, ...fault.steps]);
  const code = spot.annotation ? 'schema/annotation-value' : fault.code;
  report.add(code, { message: fault.message, at, help: fault.help });
}

function reportForbidden({ file, path }: Spot, name: string, report: Report): void {
  report.add('schema/forbidden-keyword', {
    message: `${name} would put text of the schema into the output as code`,
    at: file.place([...path, name], 'key'),
    help: 'remove it; types come from JSON Schema keywords only',
  });
}

function reportUnknown({ file, path }: Spot, name: string, report: Report): void {
  if (name.startsWith('x-') && nearest(name, ['x-queue', 'x-result', 'x-sensitive']) === undefined) return;
  const foreign = Object.hasOwn(FOREIGN_KEYWORDS, name) ? FOREIGN_KEYWORDS[name] : undefined;
  const meant = foreign === undefined ? nearest(name, keywordNames(file.dialect)) : undefined;
  report.add('schema/unknown-keyword', {
    message: `${JSON.stringify(name)} is no keyword of JSON Schema and has no effect`,
    at: file.place([...path, name], 'key'),
    help: foreign ?? (meant === undefined ? 'remove it, or call it x-… if it is yours' : `did you mean ${meant}?`),
  });
}

const SUCCESSORS: Readonly<Record<string, string>> = {
  dependencies: 'say dependentRequired or dependentSchemas',
  additionalItems: 'say prefixItems and items',
};

function reportOtherDialect({ file, path }: Spot, name: string, only: Dialect, report: Report): void {
  report.add('schema/other-dialect-keyword', {
    message: `${name} belongs to ${only} and has no effect in ${file.dialect}`,
    at: file.place([...path, name], 'key'),
    help: SUCCESSORS[name] ?? 'name the other dialect by $schema, or remove it',
  });
}

/** A required name that is not declared is allowed; one that looks like a declared, otherwise unused name is a slip. */
function checkRequired({ file, schema, path }: Spot, report: Report): void {
  const required = ownValue(schema, 'required');
  const properties = ownValue(schema, 'properties');
  if (!isArray(required) || !isObject(properties)) return;
  const free = Object.keys(properties).filter((key) => !required.includes(key));
  required.forEach((name, index) => {
    if (typeof name !== 'string' || Object.hasOwn(properties, name)) return;
    const meant = nearest(name, free);
    if (meant === undefined) return;
    report.add('schema/required-not-declared', {
      message: `required names ${JSON.stringify(name)}, which properties does not declare`,
      at: file.place([...path, 'required', String(index)]),
      help: `did you mean ${meant}?`,
    });
  });
}

const nameOf = (value: JsonValue): string =>
  value === null ? 'null' : isArray(value) ? 'an array' : `a ${typeof value}`;
