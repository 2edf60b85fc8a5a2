/** Source in, the same source as we print it out. */
import { describe, expect, it } from 'vitest';
import { formatText } from '../../../src/render/format.js';

describe('formatText', () => {
  it('formats TypeScript with our settings', async () => {
    const text = 'export interface A {\n/**\n* A sign.\n*/\n"a": ("b"|"c")\n}';
    expect(await formatText(text, 'typescript')).toBe(
      "export interface A {\n  /**\n   * A sign.\n   */\n  a: 'b' | 'c';\n}\n",
    );
  });
  it('formats JSON', async () => expect(await formatText('{"a":[1,\n2]}', 'json')).toBe('{ "a": [1, 2] }\n'));
  it('throws for what does not parse', async () => {
    await expect(formatText('export interface {', 'typescript')).rejects.toThrow(SyntaxError);
  });
});
