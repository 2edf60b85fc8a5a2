/** Which lists of a value are written as tuples. */
import { describe, expect, it } from 'vitest';
import { tuplesIn } from '../../../../src/targets/python/tuples.js';
import { flatValue } from '../../../../src/targets/python/values.js';
import type { JsonValue } from '../../../../src/text/json.js';
import { modelOf } from '../../../model-of.js';

const pair = { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }], minItems: 2, items: false };

/** A value as it is written for a schema. */
function written(schema: object, value: JsonValue): string {
  const { messages } = modelOf({ a: schema });
  const [message] = messages;
  const types = new Map(message?.types.map(({ name, shape }) => [name, shape]));
  return flatValue(
    value,
    tuplesIn(value, message?.payload ?? { kind: 'unknown' }, (name) => types.get(name)),
  );
}

describe('a value', () => {
  it.each<[string, object, JsonValue, string]>([
    ['a pair', pair, [1, 2], '(1, 2)'],
    ['one alone', { type: 'array', prefixItems: [{ type: 'string' }], items: false }, ['a'], '("a",)'],
    ['a plain list', { type: 'array', items: { type: 'number' } }, [1, 2], '[1, 2]'],
    ['an open list', { type: 'array', prefixItems: [{ type: 'number' }] }, [1, 2], '[1, 2]'],
    ['pairs in a list', { type: 'array', items: pair }, [[1, 2]], '[(1, 2)]'],
    [
      'a pair in a field',
      { type: 'object', properties: { at: pair } },
      { at: [1, 2], b: [1] },
      '{"at": (1, 2), "b": [1]}',
    ],
    ['a pair in a map', { type: 'object', additionalProperties: pair }, { a: [1, 2] }, '{"a": (1, 2)}'],
    ['a pair or a list', { anyOf: [{ type: 'array', items: { type: 'string' } }, pair] }, [1, 2], '(1, 2)'],
    ['a pair behind a name', { $ref: '#/$defs/pair', $defs: { pair } }, [1, 2], '(1, 2)'],
    ['a list as a choice', { enum: [['a', [1]]] }, ['a', [1]], '("a", (1,))'],
    ['anything', {}, [[1, 2]], '[[1, 2]]'],
  ])('has tuples where its type has: %s', (_, schema, value, text) => expect(written(schema, value)).toBe(text));
});
