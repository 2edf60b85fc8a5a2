/** Ids and headers of callers: whatever is in them, they stay in their place. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../templates/typescript/src/runtime/errors.js';
import { layHeaders } from '../../../../templates/typescript/src/runtime/header-rules.js';
import { encodeSegment } from '../../../../templates/typescript/src/runtime/ids.js';

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));

/** Why the work was refused, if it was; any other failure is a fault. */
function refusalOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

describe('encodeSegment', () => {
  it('makes one segment of any id, which decodes to the id', () => {
    fc.assert(
      fc.property(anyText, (id) => {
        fc.pre(refusalOf(() => encodeSegment(id, 'jobId')) === undefined);
        const segment = encodeSegment(id, 'jobId');
        const url = new URL(`http://host/api/jobs/${segment}`);
        expect(url.pathname).toBe(`/api/jobs/${segment}`);
        expect(url.search + url.hash).toBe('');
        expect(decodeURIComponent(segment)).toBe(id);
        expect(segment).toMatch(/^[\w.!~*'()%:@-]+$/);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses what a URL would fold away, and half characters', () => {
    for (const id of ['', '.', '..', '\uD800', 'a\uDC00b']) expect(() => encodeSegment(id, 'jobId')).toThrow('jobId');
    expect(() => encodeSegment(7 as never, 'jobId')).toThrow('jobId is not a string');
    expect(encodeSegment('...', 'jobId')).toBe('...');
    expect(encodeSegment('a:b@c', 'jobId')).toBe('a:b@c');
  });
});

describe('layHeaders', () => {
  it('accepts or refuses, and shows no value', () => {
    fc.assert(
      fc.property(anyText, anyText, (name, value) => {
        const headers: Record<string, string> = {};
        const refusal = refusalOf(() => layHeaders(headers, { [name]: value }));
        // A short value may be a word of the message.
        expect(value.length > 40 && refusal?.includes(value)).not.toBe(true);
        expect(() => new Headers(headers)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it('has one header of a name, however it is written', () => {
    const headers: Record<string, string> = { 'User-Agent': 'a', Accept: 'b' };
    layHeaders(headers, { 'user-agent': 'c', ACCEPT: null, 'X-None': undefined });
    expect(headers).toEqual({ 'user-agent': 'c' });
  });
});
