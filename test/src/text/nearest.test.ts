/** Holds `nearest` to what a reader would call a slip. */
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/text/nearest.js';

describe('nearest', () => {
  it('finds a name with a letter missing', () => {
    expect(nearest('strng', ['object', 'string', 'array'])).toBe('string');
  });
  it('counts two swapped letters as one slip', () => {
    expect(nearest('tpye', ['type', 'title'])).toBe('type');
  });
  it('counts a letter too many, too few or wrong as one slip each', () => {
    expect(nearest('scan-reqest', ['scan-request-found', 'scan-request'])).toBe('scan-request');
    expect(nearest('ab', ['abcd'])).toBeUndefined();
    expect(nearest('kitten', ['sitting'])).toBeUndefined();
    expect(nearest('kitten', ['sittin'])).toBe('sittin');
    expect(nearest('', ['a', 'bc'])).toBe('a');
  });
  it('does not mind upper and lower case', () => {
    expect(nearest('openobjects', ['openObjects'])).toBe('openObjects');
  });
  it('finds nothing when too much differs', () => {
    expect(nearest('colour', ['type', 'schemas'])).toBeUndefined();
  });
  it('gives the same answer in any order of the candidates', () => {
    expect(nearest('bat', ['cat', 'bar'])).toBe('bar');
    expect(nearest('bat', ['bar', 'cat'])).toBe('bar');
  });
});
