/** Payloads as JSON: the same text as JSON.stringify, or an error that names the place. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPayload } from '../../../../templates/typescript/src/runtime/payload.js';

const circular: Record<string, unknown> = { name: 'hunter2' };
circular['list'] = [circular];

describe('printPayload', () => {
  it('prints what JSON.stringify prints', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(printPayload(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([
    ['undefined', undefined, '$'],
    ['a function', () => 1, '$'],
    ['NaN', { size: Number.NaN }, '$.size is NaN'],
    ['Infinity', { files: [{ size: 1 }, { size: Number.POSITIVE_INFINITY }] }, '$.files[1].size is Infinity'],
    ['a BigInt', { a: { b: 10n } }, '$.a.b is a BigInt'],
    ['a circle', circular, '$.list[0] leads back to itself'],
    ['an invalid date', { at: new Date(Number.NaN) }, '$.at is an invalid date'],
    ['NaN alone', Number.NaN, '$ is NaN'],
  ])('refuses %s, and says where', (_name, payload, place) => {
    expect(() => printPayload(payload)).toThrow(place);
    expect(() => printPayload(payload)).not.toThrow('hunter2');
  });

  it('leaves to JSON what JSON can do', () => {
    const shared = { a: 1 };
    const payload = {
      at: new Date(0),
      none: null,
      gone: undefined,
      twice: [shared, shared],
      own: { toJSON: () => null },
    };
    expect(printPayload(payload)).toBe(JSON.stringify(payload));
  });
});
