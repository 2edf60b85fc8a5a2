/** Unified diffs: what git applies, what people see. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { paintPatch } from '../../../src/report/paint-patch.js';
import { printPatch } from '../../../src/report/patch.js';
import { makeFolder } from '../../temp-folder.js';

const numbered = (count: number, change: (line: number) => string = String): string =>
  Array.from({ length: count }, (_, line) => `${change(line)}\n`).join('');

describe('a patch', () => {
  it('is what git diff would print', () => {
    const patch = printPatch([
      { path: 'out/a.ts', before: numbered(9), after: numbered(9, (line) => (line === 4 ? 'x' : `${line}`)) },
    ]);
    expect(`\n${patch}`).toMatchInlineSnapshot(`
      "
      --- a/out/a.ts
      +++ b/out/a.ts
      @@ -2,7 +2,7 @@
       1
       2
       3
      -4
      +x
       5
       6
       7
      "
    `);
  });

  it('is taken over by git, whatever is changed', () => {
    const before = { 'a b.ts': numbered(30), 'ü.ts': 'one\n', 'no-newline.ts': 'one', 'empty.ts': '' };
    const after = {
      'a b.ts': numbered(30, (line) => (line % 9 ? `${line}` : `<${line}>`)),
      'ü.ts': 'one\ntwo\n',
      'no-newline.ts': 'two\n',
      'empty.ts': '\n--- a\n+++ b\n',
    };
    const folder = makeFolder(before);
    const files = Object.entries(before).map(([name, text]) => ({
      path: name,
      before: text,
      after: Reflect.get(after, name) as string,
    }));
    execFileSync('git', ['apply', '-'], { cwd: folder, input: printPatch(files) });
    const found = Object.fromEntries(
      Object.keys(after).map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
    );
    expect(found).toEqual(after);
  });

  it('says so when there is more to it than anyone reads', () => {
    const patch = printPatch([{ path: 'a', before: numbered(9000), after: numbered(9000, (line) => `<${line}>`) }]);
    expect(patch).toBe('--- a/a\n+++ b/a\nmore than 1500 lines differ\n');
  });

  it('does not count line ends that a checkout changed', () => {
    const patch = printPatch([{ path: 'a', before: '1\r\n2\r\n3\r\n', after: '1\n2\nx\n' }]);
    expect(patch.split('\n').filter((line) => /^[-+]\w/.test(line))).toEqual(['-3', '+x']);
  });
});

describe('a painted patch', () => {
  const patch = '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n same\n-old\u001b[2J\n+new\n';

  it('is the same without colours, for a program', () => {
    expect(paintPatch(patch, { color: false, terminal: false })).toBe(patch);
  });
  it('shows a terminal no control character', () => {
    expect(paintPatch(patch, { color: false, terminal: true })).toBe(patch.replace('\u001b', '\\u001b'));
  });
  it('has colours that end with their line', () => {
    const lines = paintPatch(patch, { color: true, terminal: true }).split('\n');
    expect(lines.map((line) => JSON.stringify(line))).toMatchInlineSnapshot(`
      [
        ""\\u001b[1m--- a/x\\u001b[22m"",
        ""\\u001b[1m+++ b/x\\u001b[22m"",
        ""\\u001b[36m@@ -1,2 +1,2 @@\\u001b[39m"",
        "" same"",
        ""\\u001b[31m-old\\\\u001b[2J\\u001b[39m"",
        ""\\u001b[32m+new\\u001b[39m"",
        """",
      ]
    `);
  });
});
