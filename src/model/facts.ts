/** What a schema says beside its shape: documentation, default, examples, bounds. */
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import type { Constraint, Facts, InnerFacts } from './model.js';

/** Constraints that no type can say, in the order in which documentation lists them. */
const CONSTRAINTS = [
  'format',
  'pattern',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'contentEncoding',
  'contentMediaType',
] as const;

const FACT_KEYWORDS: ReadonlySet<string> = new Set([
  ...CONSTRAINTS,
  'deprecated',
  'x-sensitive',
  'readOnly',
  'writeOnly',
  'default',
  'examples',
  'items',
  'additionalProperties',
]);

const NO_INNER_FACTS: InnerFacts = { doc: '', constraints: [] };

export const NO_FACTS: Facts = {
  deprecated: false,
  sensitive: false,
  readOnly: false,
  writeOnly: false,
  defaultValue: [],
  examples: [],
  constraints: [],
  items: NO_INNER_FACTS,
  values: NO_INNER_FACTS,
};

/**
 * The facts of one schema; annotations of the wrong type count as unsaid.
 *
 * @param examples - those of its examples that are valid
 */
export function readFacts(schema: JsonValue, examples: readonly JsonValue[]): Facts {
  if (typeof schema !== 'object' || schema === null || isArray(schema)) return NO_FACTS;
  const object = schema as JsonObject;
  const keywords = Object.keys(object).filter((keyword) => FACT_KEYWORDS.has(keyword));
  if (keywords.length === 0) return NO_FACTS;
  const defaultValue = ownValue(object, 'default');
  return {
    deprecated: ownValue(object, 'deprecated') === true,
    sensitive: ownValue(object, 'x-sensitive') === true,
    readOnly: ownValue(object, 'readOnly') === true,
    writeOnly: ownValue(object, 'writeOnly') === true,
    defaultValue: defaultValue === undefined ? [] : [defaultValue],
    examples,
    constraints: readConstraints(object),
    items: readInnerFacts(ownValue(object, 'items')),
    values: readInnerFacts(ownValue(object, 'additionalProperties')),
  };
}

const readConstraints = (object: JsonObject): Constraint[] =>
  CONSTRAINTS.flatMap((keyword): Constraint[] => {
    const value = ownValue(object, keyword);
    return isSaid(keyword, value) ? [[keyword, value]] : [];
  });

/** What a reference leads to says it of itself. */
const readInnerFacts = (schema: JsonValue | undefined): InnerFacts =>
  isObject(schema) && ownValue(schema, '$ref') === undefined
    ? { doc: readDoc(schema), constraints: readConstraints(schema) }
    : NO_INNER_FACTS;

const isSaid = (keyword: string, value: JsonValue | undefined): value is JsonValue =>
  keyword === 'uniqueItems' ? value === true : typeof value === 'number' || typeof value === 'string';

/** The schema's own words: its description, else its title, else nothing. Raw text, trimmed. */
export function readDoc(schema: JsonValue): string {
  if (typeof schema !== 'object' || schema === null || isArray(schema)) return '';
  const object = schema as JsonObject;
  for (const key of ['description', 'title']) {
    const text = ownValue(object, key);
    if (typeof text === 'string' && text.trim() !== '') return text.trim();
  }
  return '';
}
