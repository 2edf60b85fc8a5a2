/** Markdown for summaries and comments: read as a Markdown parser reads it. */
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { printMarkdown } from '../../../src/report/markdown.js';
import { DRIFT, GENERATED, HOSTILE } from './answers.js';

const render = (page: string): string => new MarkdownIt({ html: true, linkify: true }).render(page);

describe('the Markdown of an answer', () => {
  it('shows what is wrong, the files, and the diff', () => {
    expect(printMarkdown(DRIFT)).toMatchInlineSnapshot(`
      "### gen-worker-client check: out of date

      **warning** \`schema/unknown-keyword\` the keyword descriptionn is not known
      - \`schemas/a,b:c.schema.json:3:5\`
      - help: did you mean description?

      **error** \`message/name-collision\` ::error::owned \\#\\#\\[error\\]%0A\\\`\\*\\_&lt;b&gt;\\|\\$x\\$ @​team \\#1 \\[a\\](b)\\\\u001b\\[2J\\\\u202e
      - \`schemas/a.schema.json\`
      - \`schemas/b c.schema.json:2\`

      **error** \`output/drift\` generated/ is not what the schemas say
      - help: run npx gen-worker-client and commit the result

      | file | state |
      | --- | --- |
      | \`generated/typescript/src/types.ts\` | updated |
      | \`generated/a\\|b.ts\` | missing |

      <details>
      <summary>diff</summary>

      \`\`\`\`\`\`diff
      --- a/x
      +++ b/x
      @@ -1 +1 @@
      -\`\`\`
      + ::set-output name=a::b
      \`\`\`\`\`\`

      </details>
      "
    `);
  });

  it('takes text for text', () => {
    const html = render(printMarkdown(DRIFT));
    expect(html).not.toMatch(/<b>|<a |<em>/);
    const said = html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('\u200b', '');
    expect(said).toContain(HOSTILE.replace('\u001b', '\\u001b').replace('\u202e', '\\u202e'));
    expect(printMarkdown(DRIFT)).not.toMatch(/@team|[^\\]#1/);
  });

  it('keeps a path with a bar in one cell', () => {
    const rows = render(printMarkdown(DRIFT)).match(/<td>.*<\/td>/g);
    expect(rows).toEqual([
      '<td><code>generated/typescript/src/types.ts</code></td>',
      '<td>updated</td>',
      '<td><code>generated/a|b.ts</code></td>',
      '<td>missing</td>',
    ]);
  });

  it('keeps a diff with fences in one block', () => {
    const html = render(printMarkdown(DRIFT));
    expect(html).toContain('<pre><code class="language-diff">--- a/x\n+++ b/x\n@@ -1 +1 @@\n-```\n+ ::set-output');
    expect(html).toMatch(/<\/code><\/pre>\n<\/details>\n$/);
  });

  it('cuts a diff that no comment can hold, at the end of a line', () => {
    const page = printMarkdown({ ...DRIFT, patch: `${'+ a line\n'.repeat(20_000)}` });
    expect(page.length).toBeLessThan(65_536);
    expect(page).toContain('\n+ a line\n(cut)\n```\n');
  });

  it('says that all is well', () => {
    expect(printMarkdown(GENERATED)).toBe(
      '### gen-worker-client generate: 1 file\n\n| file | state |\n| --- | --- |\n| `generated/a.ts` | created |\n',
    );
    expect(printMarkdown({ ...GENERATED, command: 'check', files: [] })).toBe(
      '### gen-worker-client check: up to date\n',
    );
  });
});
