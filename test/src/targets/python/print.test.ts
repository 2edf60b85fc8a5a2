/** Every encoder against every text that could break out of its place; Python itself says what it reads. */
import { describe, expect, it } from 'vitest';
import {
  comment,
  docLines,
  docstring,
  isName,
  stringLiteral,
  tomlString,
} from '../../../../src/targets/python/print.js';
import { visible } from '../../../../src/text/visible.js';
import { askPython } from '../../../python/ask.js';
import { findPython } from '../../../python/environment.js';

const HOSTILE = [
  '',
  ' ',
  '*/ alert(1) /*',
  '"""',
  '""""',
  '"',
  '"quoted"',
  'ends with "',
  'ends with """',
  '\\"',
  '\\"""',
  'a\\',
  'a\\\\',
  '\\N{BULLET} \\u0041 \\x41 \\101 \\',
  `it's "quoted"`,
  `"it's" 'it'`,
  "'''",
  '`code`',
  '{} {0} {x!r} %s %(x)s',
  '${process.exit()}',
  '{{package.name}}',
  '</script><script>alert(1)</script>',
  '[click](javascript:alert(1))',
  'one\ntwo',
  '\n\none\n\n    two\n  three\n\n',
  'one\r\ntwo\rthree',
  '\tone\n\ttwo\tthree',
  'line\u2028and\u2029paragraph',
  'nul\u0000and\u001b[31mcolour\u0085',
  'half \ud800 and \udc00 pair',
  'right\u202eleft\u2066isolate',
  '\ufeffbom',
  'tag \u{e0041}',
  '\u3000wide\u3000\n\u00a0blanks\u00a0',
  '__proto__',
  'constructor',
  'type: ignore',
  'x # type: ignore[assignment]  # noqa',
  'pyright: basic',
  'mypy: disable-error-code=x',
  'fmt: off',
  '-*- coding: latin-1 -*-',
  '>>> import os; os.abort()',
  'doctest\n    >>> import os; os.abort()',
  ':param x: y',
  'größe 尺寸 😀 👩‍👧',
  'x'.repeat(10_000),
  '"'.repeat(1_000),
];

const python = findPython();

describe('names', () => {
  it.each(['a', '_a', 'ownerId', 'type', 'match', 'print', 'self', 'größe', 'название', '尺寸'])('take %s', (text) =>
    expect(isName(text)).toBe(true),
  );
  it.each(['', '2d', 'a-b', 'a b', 'a.b', 'class', 'None', 'async', '__proto__', '__x', 'ﬁle', '😀', 'a\n', 'e\u0301'])(
    'refuse %j',
    (text) => expect(isName(text)).toBe(false),
  );
});

describe('string literals', () => {
  it.each([
    ['a', '"a"'],
    ['say "a"', `'say "a"'`],
    [`it's "a"`, String.raw`'it\'s "a"'`],
    [`it's`, `"it's"`],
    ['a\\b\n', String.raw`"a\\b\n"`],
    ['\0\u202e\u{e0041}', String.raw`"\x00\u202e\U000e0041"`],
  ])('are as ruff leaves them: %j', (text, source) => expect(stringLiteral(text)).toBe(source));

  it.each(HOSTILE)('hold nothing that cannot be seen: %j', (text) => {
    const source = stringLiteral(text);
    expect(visible(source)).toBe(source);
  });

  it.skipIf(python === null)('are read as what was written', () => {
    const script = 'import ast\nanswer = [ast.literal_eval(source) for source in given]';
    expect(askPython(python ?? '', script, HOSTILE.map(stringLiteral))).toEqual(HOSTILE);
  });
});

describe('documentation', () => {
  it('is trimmed, and keeps its lines and their relative indentation', () => {
    expect(docLines('\n  a \n\n    b\n      c\n')).toEqual(['a', '', 'b', '  c']);
  });

  it('says what cannot be seen, and has no prompt for doctest', () => {
    expect(docLines('a\u202eb\n>>> 1')).toEqual(['a\\u202eb', '\\>>> 1']);
  });

  it('is one line where that is enough', () => {
    expect(docstring(['a "b"'], '    ')).toBe('    """a "b\\""""\n');
    expect(docstring(['a', '', 'b'], '    ')).toBe('    """\n    a\n\n    b\n    """\n');
    expect(docstring([], '    ')).toBe('');
  });

  it.skipIf(python === null)('is read as what was written', () => {
    const texts = HOSTILE.map(docLines).filter((lines) => lines.length > 0);
    const sources = texts.map((lines) => `class A:\n${docstring(lines, '    ')}    x = 1\n`);
    const script = [
      'import ast',
      'trees = [ast.parse(source) for source in given]',
      'answer = [[len(tree.body), len(tree.body[0].body), ast.get_docstring(tree.body[0])] for tree in trees]',
    ].join('\n');
    expect(askPython(python ?? '', script, sources)).toEqual(texts.map((lines) => [1, 2, lines.join('\n')]));
  });
});

describe('comments', () => {
  it('are no directive', () => {
    expect(comment(['type: ignore', 'a # noqa', 'issue #12'], '  ')).toBe(
      '  #: type: ignore\n  #: a #\\ noqa\n  #: issue #12\n',
    );
  });

  it.skipIf(python === null)('are nothing to Python', () => {
    const sources = HOSTILE.map((text) => `x = {\n${comment(docLines(text), '    ')}    "a": 1,\n}\n`);
    const script = [
      'import ast',
      'trees = [ast.parse(source, type_comments=True) for source in given]',
      'answer = [[ast.literal_eval(tree.body[0].value), len(tree.body), len(tree.type_ignores)] for tree in trees]',
    ].join('\n');
    expect(askPython(python ?? '', script, sources)).toEqual(sources.map(() => [{ a: 1 }, 1, 0]));
  });
});

describe('TOML strings', () => {
  it.skipIf(python === null)('are read as what was written, but for halves of pairs', () => {
    const script = 'import tomllib\nanswer = [tomllib.loads(f"a = {source}\\nb = 1\\n")["a"] for source in given]';
    const wellFormed = HOSTILE.map((text) => text.replace(/\p{Cs}/gu, '\ufffd'));
    expect(askPython(python ?? '', script, HOSTILE.map(tomlString))).toEqual(wellFormed);
  });
});
