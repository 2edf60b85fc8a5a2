/** Source in, the same source as we print it out. */
import { describe, expect, it } from 'vitest';
import { formatCodeBlocks, formatDeclaration, formatTypeScript } from '../../../src/render/format.js';

describe('formatTypeScript', () => {
  it('formats with our settings', async () => {
    expect(await formatTypeScript('export interface A {\n/**\n* A sign.\n*/\n"a": ("b"|"c")\n}')).toBe(
      "export interface A {\n  /**\n   * A sign.\n   */\n  a: 'b' | 'c';\n}\n",
    );
  });

  it('throws for what does not parse', async () => {
    await expect(formatTypeScript('export interface {')).rejects.toThrow(SyntaxError);
  });
});

describe('formatDeclaration', () => {
  it('formats one declaration the same again and again', async () => {
    const text = 'export type A = ("a"|{b: string})';
    const first = await formatDeclaration(text);
    expect(first).toBe("export type A = 'a' | { b: string };");
    expect(await formatDeclaration(text)).toBe(first);
  });
});

describe('formatCodeBlocks', () => {
  it('formats TypeScript in Markdown and nothing else', async () => {
    const text = '*  a\n\n```ts\nlet a = "b"\n```\n\n```bash\nls  "a"\n```\n\n```ts\nf( )\n```\n';
    expect(await formatCodeBlocks(text)).toBe(
      '*  a\n\n```ts\nlet a = \'b\';\n```\n\n```bash\nls  "a"\n```\n\n```ts\nf();\n```\n',
    );
  });
});
