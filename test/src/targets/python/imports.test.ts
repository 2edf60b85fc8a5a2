/** Import lines and lists of names. */
import { expect, it } from 'vitest';
import { importLines, sortExports, sortNames } from '../../../../src/targets/python/imports.js';

it('has a line for each name, once', () =>
  expect(importLines('.types', ['B', 'A', 'B'])).toBe('from .types import (\n    A,\n    B,\n)\n'));

it('sorts as ruff does', () => {
  const names = ['V10AMessage', 'V2AMessage', 'TypeMessage', 'TypedDictMessage', 'a', 'ABC', 'V02Message'];
  expect(sortNames(names)).toEqual([
    'ABC',
    'TypedDictMessage',
    'TypeMessage',
    'V02Message',
    'V2AMessage',
    'V10AMessage',
    'a',
  ]);
  expect(sortExports(names).slice(1, 3)).toEqual(['TypeMessage', 'TypedDictMessage']);
});
