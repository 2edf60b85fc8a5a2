/** Tries again: how long they wait, what they cost, and what an answer may ask. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findWait, RetryBudget } from '../../../../templates/typescript/src/runtime/retry.js';
import { readRetryAfter } from '../../../../templates/typescript/src/runtime/retry-after.js';
import { failureOf, mockClient } from '../client.js';

const NOW = Date.UTC(2026, 0, 1);

describe('findWait', () => {
  it('grows from 125 to 250 ms up to 4 to 8 s', () => {
    fc.assert(
      fc.property(fc.nat(30), (retries) => {
        const wait = findWait({ retries, asked: undefined, remainingMs: 60_000 }) ?? 0;
        const most = Math.min(8000, 250 * 2 ** retries);
        expect(wait).toBeGreaterThanOrEqual(most / 2);
        expect(wait).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('never ends after the deadline', () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.option(fc.nat(100_000), { nil: undefined }),
        fc.nat(70_000),
        (retries, asked, remainingMs) => {
          const wait = findWait({ retries, asked, remainingMs });
          expect(wait ?? -1).toBeLessThan(Math.max(remainingMs, 0) || 1);
        },
      ),
    );
  });

  it('is what the backend asks, up to a tenth longer, and never more than a minute', () => {
    fc.assert(
      fc.property(fc.nat(60_000), (asked) => {
        const wait = findWait({ retries: 0, asked, remainingMs: 1e6 }) ?? -1;
        expect(wait).toBeGreaterThanOrEqual(asked);
        expect(wait).toBeLessThanOrEqual(asked * 1.1);
      }),
    );
    expect(findWait({ retries: 0, asked: 60_001, remainingMs: 1e6 })).toBeUndefined();
  });
});

describe('readRetryAfter', () => {
  const read = (headers: Record<string, string>): number | undefined => readRetryAfter(headers, NOW);

  it('reads seconds and milliseconds', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(999), (whole, decimals) => {
        expect(read({ 'retry-after': String(whole) })).toBe(whole * 1000);
        expect(read({ 'retry-after': `${whole}.${decimals}` })).toBeCloseTo(Number(`${whole}.${decimals}`) * 1000);
        expect(read({ 'retry-after-ms': String(whole), 'retry-after': '1' })).toBe(whole);
      }),
    );
  });

  it('reads dates that are yet to come', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), (seconds) => {
        const value = new Date(NOW + seconds * 1000).toUTCString();
        expect(read({ 'retry-after': value })).toBe(seconds > 0 ? seconds * 1000 : undefined);
      }),
    );
  });

  it('reads nothing but numbers and dates, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const wait = read({ 'retry-after': value });
        expect(wait === undefined || wait >= 0).toBe(true);
      }),
    );
    for (const value of ['', 'soon', '-1', '1e3', '0x10', '12 s', 'NaN', 'Infinity', '2', '1,5']) {
      expect(read({ 'retry-after': value })).toBe(value === '2' ? 2000 : undefined);
    }
    expect(read({ 'retry-after-ms': 'soon', 'retry-after': '2' })).toBe(2000);
  });
});

describe('the retry budget', () => {
  it('pays for a hundred retries in a row, and gets back what success gives', () => {
    const budget = new RetryBudget();
    const spend = (): boolean => budget.spend(5);
    expect(Array.from({ length: 100 }, spend).every(Boolean)).toBe(true);
    expect(spend()).toBe(false);
    budget.earn(4);
    expect(spend()).toBe(false);
    budget.earn(1);
    expect(spend()).toBe(true);
    budget.earn(1e6);
    expect(Array.from({ length: 101 }, spend).filter(Boolean)).toHaveLength(100);
  });

  it('says so when it is spent', async () => {
    const { client, calls } = mockClient([{ status: 503, json: {}, headers: { 'Retry-After-Ms': '0' } }], {
      maxRetries: 10,
    });
    for (let count = 0; count < 10; count += 1) await failureOf(client.getJobStatus('7'));
    const before = calls.length;
    const error = await failureOf(client.getJobStatus('7'));
    expect(before).toBe(110);
    expect(calls).toHaveLength(111);
    expect(error).toMatchObject({ message: expect.stringContaining('the retry budget is spent'), attempts: 1 });
  });
});

describe('retryOn', () => {
  it('narrows what is tried again', async () => {
    const { client, calls } = mockClient([{ status: 503, json: {} }], { retryOn: [429] });
    expect(await failureOf(client.getJobStatus('7'))).toMatchObject({ status: 503, attempts: 1 });
    expect(calls).toHaveLength(1);
  });
});
