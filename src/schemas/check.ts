/** Holds a schema to its dialect: every keyword, everywhere, by the keyword table. */
import { type Report } from '../report/report.js';
import { isHostileName } from '../text/hostile-name.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { nearest } from '../text/nearest.js';
import { rowOf } from '../text/table.js';
import { FORBIDDEN_KEYWORDS, FOREIGN_KEYWORDS, keywordNames, keywordOf, type ValueKind } from './keywords.js';
import { LIMITS } from './limits.js';
import { type LocatedText, placeIn } from './locate.js';
import type { Dialect, Path, SchemaFile } from './schema-file.js';
import { subschemasOf } from './subschemas.js';
import { isPlainlyRight, valueFaults } from './values.js';

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
  const known = dialectNamed(named);
  if (known !== undefined) return known;
  report.add('schema/dialect', {
    message: `$schema ${JSON.stringify(named)} is no dialect that this tool reads`,
    at: placeIn(located, ['$schema']),
    help: dialectHelp(named),
  });
  return undefined;
}

const uriOf = (dialect: Dialect): string => Object.entries(DIALECTS).find(([, name]) => name === dialect)?.[0] ?? '';

function dialectHelp(named: JsonValue): string {
  const other = typeof named === 'string' ? /draft[-/](0[1-68]|2019-09)/.exec(named)?.[0].replace('/', '-') : undefined;
  if (other !== undefined) return `${other} is not read; move the schema to 2020-12: ${uriOf('2020-12')}`;
  const meant = typeof named === 'string' ? nearest(named, Object.keys(DIALECTS)) : undefined;
  return meant === undefined ? `say ${uriOf('2020-12')} (draft-07 is read, too)` : `did you mean ${meant}?`;
}

/** The dialect of a `$schema`, whether or not it ends in `#`. */
const dialectNamed = (named: JsonValue): Dialect | undefined =>
  typeof named === 'string'
    ? rowOf(DIALECTS, named.replace(/#$/, '').replace(/^https:(?=.*draft-07)/, 'http:'))
    : undefined;

/**
 * Checks every keyword of every subschema.
 *
 * @param report - takes `schema/*` findings with the place of the keyword
 */
export function checkSchema(file: SchemaFile, report: Report): void {
  let subschemas = 0;
  let excess: Path | undefined;
  const visit = (schema: JsonValue, path: Path): void => {
    subschemas += 1;
    if (subschemas > LIMITS.subschemas) excess ??= path;
    if (report.isFull || excess !== undefined) return;
    if (isObject(schema)) {
      checkKeywords({ file, schema, path }, report);
      checkData({ file, schema, path }, report);
    }
    for (const { value, steps } of subschemasOf(schema)) visit(value, [...path, ...steps]);
  };
  visit(file.schema, []);
  if (excess === undefined) return;
  report.add('input/too-large', {
    message: `the file holds more than ${LIMITS.subschemas} subschemas`,
    at: file.place(excess),
    help: 'describe the payload with fewer properties, or leave a part of it open',
  });
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
    if (report.isFull) return;
    const keyword = keywordOf(name);
    if (FORBIDDEN_KEYWORDS.has(name)) reportForbidden(spot, name, report);
    else if (keyword === undefined) reportUnknown(spot, name, report);
    else if (keyword.only !== undefined && keyword.only !== spot.file.dialect)
      reportOtherDialect(spot, name, keyword.only, report);
    else if (keyword.rootOnly === true && (spot.path.length > 0 || !spot.file.isMessage))
      reportNoEffect(spot, name, report);
    else if (name === '$schema' && spot.path.length > 0) checkInnerDialect(spot, value, report);
    else if ((!refAlone || name === '$ref') && !isPlainlyRight(keyword.kind, value))
      checkValue({ ...spot, name, value, kind: keyword.kind, annotation: keyword.annotation === true }, report);
  }
  checkRequired(spot, report);
  checkListedNames(spot, report);
}

interface KeywordSpot extends Spot {
  readonly name: string;
  readonly value: JsonValue;
  readonly kind: ValueKind;
  readonly annotation: boolean;
}

function checkValue(spot: KeywordSpot, report: Report): void {
  const { file, path, name, value, kind } = spot;
  for (const fault of valueFaults(kind, value, { name, dialect: file.dialect })) {
    if (report.isFull) return;
    const at = file.place([...path, name, ...fault.steps], name === 'patternProperties' ? 'key' : 'value');
    const code = spot.annotation ? 'schema/annotation-value' : fault.code;
    report.add(code, { message: fault.message, at, help: fault.help });
  }
}

function reportForbidden({ file, path }: Spot, name: string, report: Report): void {
  report.add('schema/forbidden-keyword', {
    message: `${name} would put text of the schema into the output as code`,
    at: file.place([...path, name], 'key'),
    help: 'remove it; types come from JSON Schema keywords only',
  });
}

function reportNoEffect({ file, path }: Spot, name: string, report: Report): void {
  report.add('schema/no-effect', {
    message: `${name} has an effect at the root of a message only`,
    at: file.place([...path, name], 'key'),
    help: 'move it to the root, or remove it',
  });
}

/** An embedded resource may name its dialect, but not another one than its file's. */
function checkInnerDialect({ file, path }: Spot, named: JsonValue, report: Report): void {
  if (dialectNamed(named) === file.dialect) return;
  report.add('schema/dialect', {
    message: `this part names another dialect than its file, which is ${file.dialect}`,
    at: file.place([...path, '$schema']),
    help: 'put it into a file of its own under schemas/shared/',
  });
}

/** Extensions of others are none of our business, unless they look like ours. */
function reportExtension({ file, path }: Pick<Spot, 'file' | 'path'>, name: string, report: Report): void {
  const meant = nearest(name, ['x-queue', 'x-result', 'x-sensitive']);
  if (meant === undefined) return;
  report.add('schema/unknown-keyword', {
    message: `${JSON.stringify(name)} is no extension of this tool and has no effect`,
    at: file.place([...path, name], 'key'),
    help: `did you mean ${meant}?`,
  });
}

function reportUnknown({ file, path }: Spot, name: string, report: Report): void {
  if (name.startsWith('x-')) return reportExtension({ file, path }, name, report);
  const foreign = rowOf(FOREIGN_KEYWORDS, name);
  const meant = foreign === undefined ? nearest(name, keywordNames(file.dialect)) : undefined;
  report.add('schema/unknown-keyword', {
    message: `${JSON.stringify(name)} is no keyword of JSON Schema and has no effect`,
    at: file.place([...path, name], 'key'),
    help: foreign ?? keywordHelp(name, meant),
  });
}

function keywordHelp(name: string, meant: string | undefined): string {
  if (meant === undefined) return 'remove it, or call it x-… if it is yours';
  return meant.toLowerCase() === name.toLowerCase()
    ? `did you mean ${meant}? capital letters count`
    : `did you mean ${meant}?`;
}

const SUCCESSORS: Readonly<Record<string, string>> = {
  dependencies: 'say dependentRequired or dependentSchemas',
  additionalItems: 'say prefixItems and items',
};

function reportOtherDialect({ file, path }: Spot, name: string, only: Dialect, report: Report): void {
  report.add('schema/other-dialect-keyword', {
    message: `${name} belongs to ${only} and has no effect in ${file.dialect}`,
    at: file.place([...path, name], 'key'),
    help: rowOf(SUCCESSORS, name) ?? 'name the other dialect by $schema, or remove it',
  });
}

const MAX_COMPARISONS = 100_000;

/** A required name that is not declared is allowed; one that looks like a declared, otherwise unused name is a slip. */
function checkRequired({ file, schema, path }: Spot, report: Report): void {
  const required = ownValue(schema, 'required');
  const properties = ownValue(schema, 'properties');
  if (!isArray(required) || !isObject(properties)) return;
  const named = new Set(required);
  const free = Object.keys(properties).filter((key) => !named.has(key));
  // Lists that long were written by no one who misspells.
  if (required.length * free.length > MAX_COMPARISONS) return;
  required.forEach((name, index) => {
    if (typeof name !== 'string' || Object.hasOwn(properties, name) || report.isFull) return;
    const meant = nearest(name, free);
    if (meant === undefined) return;
    report.add('schema/required-not-declared', {
      message: `required names ${JSON.stringify(name)}, which properties does not declare`,
      at: file.place([...path, 'required', String(index)]),
      help: `did you mean ${meant}?`,
    });
  });
}

/** Keywords whose values are data. */
const DATA = ['const', 'default', 'examples'];

function checkData({ file, schema, path }: Spot, report: Report): void {
  for (const name of DATA) {
    const value = ownValue(schema, name);
    if (value === undefined || countValues(value) <= LIMITS.data) continue;
    report.add('input/too-large', {
      message: `${name} holds more than ${LIMITS.data} values`,
      at: file.place([...path, name]),
      help: 'show a smaller one',
    });
  }
}

const countValues = (value: JsonValue): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + countValues(inner), 1)
    : 1;

/** Names that `propertyNames` lists become fields. */
function checkListedNames({ file, schema, path }: Spot, report: Report): void {
  const names = ownValue(schema, 'propertyNames');
  if (!isObject(names)) return;
  const listed = ownValue(names, 'enum');
  const constant = ownValue(names, 'const');
  for (const name of [...(isArray(listed) ? listed : []), ...(constant === undefined ? [] : [constant])]) {
    if (typeof name !== 'string' || !isHostileName(name) || report.isFull) continue;
    report.add('json/control-character', {
      message: 'a name that is listed here holds a control character or half of a surrogate pair',
      at: file.place([...path, 'propertyNames']),
      help: 'take it out of the name',
    });
  }
}

const nameOf = (value: JsonValue): string =>
  value === null ? 'null' : isArray(value) ? 'an array' : `a ${typeof value}`;
