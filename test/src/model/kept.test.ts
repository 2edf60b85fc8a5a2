/** What is kept of earlier runs: nothing that a fresh run would make differently. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFrom } from '../../model-of.js';

type Schemas = Readonly<Record<string, unknown>>;

/** As a process makes it that ran before, and as a new one makes it. */
const kept = (schemas: Schemas): ReturnType<typeof buildFrom> => buildFrom(schemas);
function fresh(schemas: Schemas): ReturnType<typeof buildFrom> {
  // Files that are not there are forgotten.
  buildFrom({});
  return buildFrom(schemas);
}

const object = (properties: object, more: object = {}): object => ({ type: 'object', properties, ...more });
const toShared = (name: string): object => ({ $ref: `shared/${name}.schema.json` });

describe('kept files', () => {
  const schemas = {
    alone: object({ id: { type: 'string' } }),
    leading: object({ place: toShared('place') }),
    'shared/place': object({ path: { type: 'string' } }),
  };

  it('are those that did not change, nor what they lead to', () => {
    const before = fresh(schemas).model;
    const edited = kept({ ...schemas, 'shared/place': object({ path: { type: 'integer' } }) }).model;
    expect(edited.messages[0]).toBe(before.messages[0]);
    expect(edited.messages[1]).not.toBe(before.messages[1]);
    expect(edited.sharedTypes).not.toEqual(before.sharedTypes);
    const again = kept({ ...schemas, 'shared/place': object({ path: { type: 'integer' } }), more: true }).model;
    expect(again.messages.slice(0, 2)).toEqual(edited.messages);
    expect(again.messages[1]).toBe(edited.messages[1]);
  });

  it('do not hide what there is to report', () => {
    const warned = { ...schemas, never: { not: {} }, result: object({}, { 'x-result': 'gone' }) };
    const first = fresh(warned).diagnostics;
    expect(first.map(({ code }) => code)).toEqual(['schema/no-example', 'message/unknown-result']);
    expect(kept(warned).diagnostics).toEqual(first);
    const found = kept({ ...warned, gone: true });
    expect(found.model.messages.find(({ type }) => type === 'result')?.result).toBe('gone');
    expect(kept(warned).diagnostics).toEqual(first);
  });

  it('are as a fresh run would make them, whatever changed', () => {
    const field = fc.constantFrom<object>(
      { type: 'string' },
      { type: 'integer', examples: [1, 'x'] },
      toShared('one'),
      toShared('two'),
      { $ref: '#/$defs/inner' },
      { $ref: 'a.schema.json#/properties/x' },
      { $ref: 'b.schema.json' },
      object({ deep: { $ref: '#/properties/x' } }),
    );
    const schema = fc
      .record({ x: field, y: field, inner: field })
      .map(({ x, y, inner }) => object({ x, y }, { $defs: { inner } }));
    const set = fc.record({ a: schema, b: schema, c: schema, 'shared/one': schema, 'shared/two': schema });
    const locally = ({ diagnostics, model }: ReturnType<typeof buildFrom>): string =>
      JSON.stringify({ diagnostics, model });
    fc.assert(
      fc.property(set, fc.constantFrom('a', 'b', 'c', 'shared/one', 'shared/two'), schema, (before, name, edit) => {
        fresh(before);
        const after = { ...before, [name]: edit };
        expect(locally(kept(after))).toBe(locally(fresh(after)));
      }),
      { numRuns: 150 },
    );
  });
});
