/** Text of users in Markdown: no markup, no HTML, no link. */
import { describe, expect, it } from 'vitest';
import { markdownBlock, markdownCode, markdownText } from '../../../src/text/markdown.js';

describe('text in a line', () => {
  it.each([
    ["The type, e.g., 'default' (or 2).", "The type, e.g., 'default' (or 2)."],
    ['snake_case and _emphasis_', 'snake_case and \\_emphasis\\_'],
    ['*a* [b](javascript:alert) `c` a|b ~d~', '\\*a\\* \\[b\\](javascript:alert) \\`c\\` a\\|b \\~d\\~'],
    ['<script>&amp;</script>', '\\<script\\>\\&amp;\\</script\\>'],
    ['# a', '\\# a'],
    ['1. a', '1\\. a'],
    ['a\n\n# b', 'a # b'],
    ['a\u202eb\0', 'a\\\\u202eb\\\\u0000'],
    ['see https://example.com/a_b, or www.example.com.', 'see `https://example.com/a_b`, or `www.example.com`.'],
    ['ask a.b@example.com!', 'ask `a.b@example.com`!'],
  ])('reads as written: %j', (text, markdown) => expect(markdownText(text)).toBe(markdown));

  it('takes no time over a long word', () => {
    const text = 'a.'.repeat(50_000);
    const start = performance.now();
    expect(markdownText(text)).toBe(text);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('text as paragraphs', () => {
  it('keeps line ends', () => expect(markdownBlock('a\nb\n\n\n- c')).toBe('a\\\nb\n\n\\- c'));
});

describe('text in a code span', () => {
  it.each([
    ['a', '`a`'],
    ['a`b``c', '``` a`b``c ```'],
    ['`', '`` ` ``'],
    ['a\nb', '`a b`'],
    ['</code>', '`</code>`'],
  ])('is held by its fence: %j', (text, markdown) => expect(markdownCode(text)).toBe(markdown));
});
