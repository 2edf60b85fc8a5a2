/** Source in, the same source as we print it out. */
import { describe, expect, it } from 'vitest';
import { formatCodeBlocks, formatTypeScript } from '../../../src/render/format.js';

const HEAD = `/** A head. */\nimport {\n  a,\n} from './a.js';`;

describe('formatTypeScript', () => {
  it('formats declarations with our settings and leaves what stands in front of them', async () => {
    const text = `${HEAD}\n\nexport interface A {\n/**\n* A sign.\n*/\n"a": ("b"|"c")\n}`;
    expect(await formatTypeScript(text)).toBe(
      `${HEAD}\n\nexport interface A {\n  /**\n   * A sign.\n   */\n  a: 'b' | 'c';\n}\n`,
    );
  });

  it('formats many declarations as it formats one', async () => {
    const declarations = [
      '/**\n * First,\n *\n * export of it.\n */\nexport type A = "a"',
      'export class B {\n  a = 1\n\n  /** Inside. */\n  b = 2\n}',
      '/** One line. */\nexport const c = {a: 1}',
    ];
    const text = await formatTypeScript([HEAD, ...declarations].join('\n\n'));
    expect(text).toBe(
      [
        HEAD,
        "/**\n * First,\n *\n * export of it.\n */\nexport type A = 'a';",
        'export class B {\n  a = 1;\n\n  /** Inside. */\n  b = 2;\n}',
        '/** One line. */\nexport const c = { a: 1 };\n',
      ].join('\n\n'),
    );
    expect(await formatTypeScript(text)).toBe(text);
  });

  it('throws for what does not parse', async () => {
    await expect(formatTypeScript('/** A. */\n\nexport interface {')).rejects.toThrow(SyntaxError);
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
