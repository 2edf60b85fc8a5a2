/** The keyword table: which keywords each draft has, what their values must be, and which hold schemas. */
import type { Dialect } from './schema-file.js';

/** What a keyword's value must be. The first six hold schemas. */
export type ValueKind =
  | 'schema'
  | 'schema-list'
  | 'schema-map'
  | 'pattern-map'
  | 'schema-or-list'
  | 'dependencies'
  | 'type'
  | 'enum'
  | 'any'
  | 'number'
  | 'positive-number'
  | 'count'
  | 'boolean'
  | 'string'
  | 'pattern'
  | 'reference'
  | 'id'
  | 'anchor'
  | 'name-list'
  | 'name-list-map'
  | 'vocabulary'
  | 'list'
  | 'queue'
  | 'message-type';

interface Keyword {
  readonly kind: ValueKind;
  /** The only draft that has it; both when left out. */
  readonly only?: Dialect;
  /** Says nothing about validity: a wrong value is a warning and is left out. */
  readonly annotation?: true;
  /** Has an effect at the root of a message only. */
  readonly rootOnly?: true;
}

const note = (kind: ValueKind, only?: Dialect): Keyword =>
  only === undefined ? { kind, annotation: true } : { kind, only, annotation: true };
const rule = (kind: ValueKind, only?: Dialect): Keyword => (only === undefined ? { kind } : { kind, only });

const TABLE: Readonly<Record<string, Keyword>> = {
  $schema: rule('any'),
  $id: rule('id'),
  $ref: rule('reference'),
  $anchor: rule('anchor', '2020-12'),
  $dynamicRef: rule('reference', '2020-12'),
  $dynamicAnchor: rule('anchor', '2020-12'),
  $vocabulary: rule('vocabulary', '2020-12'),
  $comment: note('string'),
  $defs: rule('schema-map'),
  definitions: rule('schema-map'),

  type: rule('type'),
  enum: rule('enum'),
  const: rule('any'),

  allOf: rule('schema-list'),
  anyOf: rule('schema-list'),
  oneOf: rule('schema-list'),
  not: rule('schema'),
  if: rule('schema'),
  then: rule('schema'),
  else: rule('schema'),

  properties: rule('schema-map'),
  patternProperties: rule('pattern-map'),
  additionalProperties: rule('schema'),
  propertyNames: rule('schema'),
  unevaluatedProperties: rule('schema', '2020-12'),
  required: rule('name-list'),
  minProperties: rule('count'),
  maxProperties: rule('count'),
  dependentRequired: rule('name-list-map', '2020-12'),
  dependentSchemas: rule('schema-map', '2020-12'),
  dependencies: rule('dependencies', 'draft-07'),

  items: rule('schema-or-list'),
  prefixItems: rule('schema-list', '2020-12'),
  additionalItems: rule('schema', 'draft-07'),
  unevaluatedItems: rule('schema', '2020-12'),
  contains: rule('schema'),
  minContains: rule('count', '2020-12'),
  maxContains: rule('count', '2020-12'),
  minItems: rule('count'),
  maxItems: rule('count'),
  uniqueItems: rule('boolean'),

  multipleOf: rule('positive-number'),
  minimum: rule('number'),
  maximum: rule('number'),
  exclusiveMinimum: rule('number'),
  exclusiveMaximum: rule('number'),
  minLength: rule('count'),
  maxLength: rule('count'),
  pattern: rule('pattern'),
  format: note('string'),
  contentEncoding: note('string'),
  contentMediaType: note('string'),
  contentSchema: note('schema', '2020-12'),

  title: note('string'),
  description: note('string'),
  default: note('any'),
  examples: note('list'),
  deprecated: note('boolean'),
  readOnly: note('boolean'),
  writeOnly: note('boolean'),

  'x-queue': { kind: 'queue', rootOnly: true },
  'x-result': { kind: 'message-type', rootOnly: true },
  'x-sensitive': rule('boolean'),
};

const BY_NAME: ReadonlyMap<string, Keyword> = new Map(Object.entries(TABLE));

/** Keywords of other tools that would put text of a schema into the output as code. */
export const FORBIDDEN_KEYWORDS: ReadonlySet<string> = new Set(['tsType', 'tsEnumNames', 'tsImport', 'tsNamespace']);

/** What to say of well-known keywords that JSON Schema does not have. */
export const FOREIGN_KEYWORDS: Readonly<Record<string, string>> = {
  id: 'draft-04 wrote id; say $id',
  nullable: 'nullable is OpenAPI 3.0; say "type": ["string", "null"]',
  example: 'example is OpenAPI; say "examples": [...]',
  discriminator: 'discriminator is OpenAPI; say a const in each branch',
  divisibleBy: 'divisibleBy is draft-03; say multipleOf',
  optional: 'what is not in required is optional',
};

/** The row of a keyword, whichever draft it belongs to. */
export const keywordOf = (name: string): Keyword | undefined => BY_NAME.get(name);

/** All keyword names of a draft, for «did you mean». */
export const keywordNames = (dialect: Dialect): string[] =>
  Object.entries(TABLE)
    .filter(([, { only }]) => only === undefined || only === dialect)
    .map(([name]) => name);
