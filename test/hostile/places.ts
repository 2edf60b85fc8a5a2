/** Every place where a text of a schema may reach the output, as a message that holds a text there. */
import type { JsonObject, JsonValue } from '../../src/text/json.js';

export interface Place {
  /** Kebab-case: it is part of a message type. */
  readonly name: string;
  /** Whether the text is a name there: control characters in it are refused. */
  readonly isName: boolean;
  /** A message schema with the text in that place. */
  schema(text: string): JsonObject;
}

/** An object with an own key of any name, `__proto__` included. */
export const keyed = (key: string, value: JsonValue): JsonObject => Object.fromEntries([[key, value]]);

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'object', properties, ...more });
const field = (schema: JsonObject): JsonObject => object({ field: schema });
const prose = (name: string, schema: (text: string) => JsonObject): Place => ({ name, isName: false, schema });
const naming = (name: string, schema: (text: string) => JsonObject): Place => ({ name, isName: true, schema });

export const PLACES: readonly Place[] = [
  prose('message-doc', (text) => ({ description: text, ...field({ type: 'string' }) })),
  prose('message-title', (text) => ({ title: text, ...field({ type: 'string' }) })),
  prose('title', (text) => field({ title: text, type: 'string' })),
  prose('description', (text) => field({ description: text, type: 'string' })),
  prose('enum-value', (text) => field({ enum: [text, 'other'] })),
  prose('enum-object', (text) => field({ enum: [{ inner: text }, 1] })),
  prose('const', (text) => field({ const: text })),
  prose('default', (text) => field({ type: 'string', default: text })),
  prose('default-nested', (text) => field({ default: { inner: [text] } })),
  prose('examples', (text) => field({ type: 'string', examples: [text] })),
  prose('payload-examples', (text) => ({ ...field({ type: 'string' }), examples: [{ field: text }] })),
  prose('format', (text) => field({ type: 'string', format: text })),
  prose('content-encoding', (text) => field({ type: 'string', contentEncoding: text, contentMediaType: text })),
  prose('comment', (text) => field({ type: 'string', $comment: text })),
  prose('extension', (text) => field({ type: 'string', 'x-note': text })),
  prose('shape-doc', (text) => field({ ...object({ inner: { description: text } }), description: text })),
  prose('definition-doc', (text) => ({
    ...field({ $ref: '#/$defs/part' }),
    $defs: { part: { ...object({ inner: { type: 'string' } }), description: text } },
  })),
  naming('property-name', (text) => object(keyed(text, { type: 'string' }))),
  naming('described-name', (text) => object(keyed(text, { type: 'integer', description: 'A field.', minimum: 1 }))),
  naming('nested-name', (text) => object(keyed(text, object({ inner: { type: 'string' } })))),
  naming('inner-name', (text) => field(object(keyed(text, { type: 'string' })))),
  naming('required-name', (text) => object(keyed(text, { type: 'string' }), { required: [text] })),
  naming('example-key', (text) => ({ ...field({ type: 'object' }), examples: [{ field: keyed(text, 1) }] })),
  naming('default-key', (text) => field({ default: keyed(text, text) })),
  naming('definition-name', (text) => ({
    ...field({ $ref: `#/$defs/${pointerStep(text)}` }),
    $defs: keyed(text, object({ inner: { type: 'string' } })),
  })),
  prose('required', (text) => object({ field: { type: 'string' } }, { required: [text] })),
];

/** Places where not every text is a good value: here a text may be refused, and must not be obeyed. */
export const PICKY_PLACES: readonly Place[] = [
  prose('pattern', (text) => field({ type: 'string', pattern: text })),
  prose('queue', (text) => ({ ...field({ type: 'string' }), 'x-queue': text })),
  prose('pattern-key', (text) => object({}, { patternProperties: keyed(text, { type: 'string' }) })),
  prose('property-names', (text) => object({}, { propertyNames: { enum: [text] }, additionalProperties: false })),
  prose('dependent', (text) => object({ field: {} }, { dependentRequired: { field: [text] } })),
  prose('result', (text) => ({ ...field({ type: 'string' }), 'x-result': text })),
  prose('unknown-keyword', (text) => field(keyed(text, 1))),
  prose('type', (text) => field({ type: text })),
  prose('dialect', (text) => ({ $schema: text, ...field({ type: 'string' }) })),
  prose('anchor', (text) => field({ $anchor: text })),
  prose('reference', (text) => field({ $ref: text })),
  prose('ts-type', (text) => field({ tsType: text })),
];

/** A step of a JSON pointer in a URI fragment. Half a surrogate pair has no such form. */
const pointerStep = (text: string): string =>
  encodeURIComponent(Buffer.from(text).toString().replaceAll('~', '~0').replaceAll('/', '~1'));
