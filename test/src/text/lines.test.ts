/** Lines of texts with any line ends. */
import { expect, it } from 'vitest';
import { indentLines, splitLines, trimmedLines } from '../../../src/text/lines.js';

it('splits at LF, CRLF and a lone CR', () => {
  expect(splitLines('a\nb\r\nc\rd')).toEqual(['a', 'b', 'c', 'd']);
});

it('trims line ends and the blank lines around a text, and nothing else', () => {
  expect(trimmedLines('\n  \n  first \n\n  - second\t\n\n')).toEqual(['  first', '', '  - second']);
  expect(trimmedLines(' \n\t\n')).toEqual([]);
});

it('indents lines that are not empty', () => {
  expect(indentLines('a\n\nb', '  ')).toBe('  a\n\n  b');
});
