import { describe, expect, it } from 'vitest';
import { keep } from '../../../src/targets/keep.js';

describe('keep', () => {
  const key = { name: 'a' };
  const other = { name: 'a' };

  it('makes a thing once while every answer is the same', () => {
    let times = 0;
    const made = keep(({ name }: { name: string }, ask: (name: string) => number) => {
      times += 1;
      return `${name}${ask('x')}`;
    });
    const answers = new Map([['x', 1]]);
    const ask = (name: string): number => answers.get(name) ?? 0;
    expect([made(key, ask), made(key, ask), made(other, ask)]).toEqual(['a1', 'a1', 'a1']);
    expect(times).toBe(2);
    answers.set('y', 5);
    expect(made(key, ask)).toBe('a1');
    expect(times).toBe(2);
    answers.set('x', 2);
    expect([made(key, ask), made(key, ask)]).toEqual(['a2', 'a2']);
    expect(times).toBe(3);
  });

  it('compares answers as it is told to', () => {
    const made = keep(
      (_: object, ask: (name: string) => { of: number }) => ({ of: ask('x').of }),
      (a, b) => a.of === b.of,
    );
    const first = made(key, () => ({ of: 1 }));
    expect(made(key, () => ({ of: 1 }))).toBe(first);
    expect(made(key, () => ({ of: 2 }))).toEqual({ of: 2 });
  });
});
