/** Texts that try to become code: what closes a literal, a comment or a cell, in any language of the output. */

export interface NastyText {
  /** Kebab-case: it is part of a message type. */
  readonly name: string;
  readonly text: string;
}

/** What an attack does when it runs: a test looks for it afterwards. Each is an expression of its language. */
export const CANARY = {
  javascript: 'globalThis.canary=1',
  python: "__import__('os').environ.__setitem__('CANARY','1')",
};

const js = CANARY.javascript;
const py = CANARY.python;

/** Texts that any place of a schema may hold. */
export const VISIBLE_TEXTS: readonly NastyText[] = [
  { name: 'comment-end', text: `*/ ${js}; /*` },
  { name: 'comment-end-glued', text: `**/${js}/**` },
  { name: 'docstring-end', text: `""" + str(${py}) + """` },
  { name: 'docstring-end-single', text: `'''\n${py}\n'''`.replaceAll('\n', '; ') },
  { name: 'double-quote', text: `"; ${js}; "` },
  { name: 'single-quote', text: `'; ${js}; '` },
  { name: 'single-quote-python', text: `' + str(${py}) + '` },
  { name: 'backtick', text: `\`; ${js}; \`` },
  { name: 'interpolation', text: `\${${js}}` },
  { name: 'backslash-last', text: `ends with \\` },
  { name: 'backslash-quote', text: `\\"; ${js}; //` },
  { name: 'backslash-single-quote', text: `\\'; ${js}; //` },
  { name: 'backslash-docstring', text: `\\""" + str(${py}) + \\"""` },
  { name: 'escapes', text: String.raw`\n \u000a \x0a \N{BULLET} \u{2028} \052/ \u002a/ \42` },
  { name: 'bad-escapes', text: String.raw`\N{ \u12 \x \U00110000 \777` },
  { name: 'handlebars', text: '{{doc}} {{{doc}}} {{#each x}} {{> partial}} {{/each}} {{!-- --}}' },
  { name: 'format-fields', text: '{} {0} {0.__class__} %s %(x)s $x ${x}' },
  { name: 'script-end', text: `</script><script>${js}</script>` },
  { name: 'image-tag', text: `<img src=x onerror="${js}">` },
  { name: 'html-comment', text: `--> <b>bold</b> <!--` },
  { name: 'html-entity', text: '&lt;b&gt; &#60;b&#62; &amp; &copy' },
  { name: 'link', text: `x](javascript:${js}) [y](https://example.com/)` },
  { name: 'image-link', text: '![x](https://example.com/x.png)' },
  { name: 'auto-link', text: '<https://example.com/> https://example.com/ www.example.com a@example.com' },
  { name: 'link-definition', text: '[doc]: https://example.com/ "title"' },
  { name: 'table-cell', text: 'a | b | c \\| d' },
  { name: 'heading', text: '# heading' },
  { name: 'list-item', text: '- [x] item' },
  { name: 'numbered-item', text: '1. item' },
  { name: 'quote-block', text: '> quote' },
  { name: 'fence', text: '```' },
  { name: 'tilde-fence', text: '~~~ sh' },
  { name: 'emphasis', text: '**bold** _em_ ~~gone~~ `code' },
  { name: 'setext', text: '===' },
  { name: 'rule', text: '---' },
  { name: 'ts-ignore', text: '@ts-ignore' },
  { name: 'ts-expect-error', text: '@ts-expect-error' },
  { name: 'ts-nocheck', text: '@ts-nocheck' },
  { name: 'jsdoc-tag', text: '@deprecated @type {string} {@link https://example.com/}' },
  { name: 'reference-path', text: '/// <reference path="/etc/passwd" />' },
  { name: 'source-map', text: '//# sourceMappingURL=data:application/json,{}' },
  { name: 'type-ignore', text: 'type: ignore' },
  { name: 'pyright-comment', text: 'pyright: basic' },
  { name: 'mypy-comment', text: 'mypy: ignore-errors' },
  { name: 'ruff-comment', text: 'ruff: noqa' },
  { name: 'coding-comment', text: '-*- coding: utf-7 -*-' },
  { name: 'doctest', text: `>>> ${py}` },
  { name: 'hash', text: `# ${py}` },
  { name: 'semicolon', text: `; ${py}` },
  { name: 'closing-brackets', text: `}]); ${js}; ({[` },
  { name: 'shell', text: '$(touch canary) `touch canary` ; touch canary' },
  { name: 'dockerfile', text: 'RUN touch /canary \\' },
  { name: 'toml-end', text: `"\n[tool.hatch]\n`.replaceAll('\n', ' ') },
  { name: 'blank', text: ' ' },
  { name: 'empty', text: '' },
  { name: 'leading-blank', text: '    indented code' },
  { name: 'tab', text: '\tindented code' },
  { name: 'emoji', text: '👩‍🚀 naïve ﬁ Ⅷ' },
  { name: 'bidi', text: `\u202e${js} \u2066// \u2069` },
  { name: 'zero-width', text: 'a\u200bb\u200dc\u2060d\ufeff' },
  { name: 'byte-order-mark', text: `\ufeff${js}` },
  { name: 'tags-block', text: '\u{e0001}\u{e0041}\u{e007f}' },
  { name: 'proto', text: '__proto__' },
  { name: 'constructor', text: 'constructor' },
  { name: 'to-string', text: 'toString' },
  { name: 'has-own-property', text: 'hasOwnProperty' },
  { name: 'dunder', text: '__class__' },
  { name: 'mangled', text: '__private' },
  { name: 'keyword', text: 'class' },
  { name: 'keyword-await', text: 'await' },
  { name: 'constant-none', text: 'None' },
  { name: 'self', text: 'self' },
  { name: 'digits', text: '0123' },
  { name: 'long', text: `${'x'.repeat(9_990)}*/"""\`'` },
];

/** Texts with signs that no name may hold: in names they are refused, in prose they are made harmless. */
export const CONTROL_TEXTS: readonly NastyText[] = [
  { name: 'newline', text: `line\n*/ ${js}; /*\n"""\n${py}\n"""` },
  { name: 'newline-heading', text: 'line\n\n# heading\n\n```\nfence\n\n| a | b |\n|---|---|\n\n<b>html</b>' },
  { name: 'newline-directive', text: 'line\n@ts-ignore\ntype: ignore\npyright: basic\nmypy: ignore-errors' },
  { name: 'carriage-return', text: `line\r${js}\r${py}` },
  { name: 'carriage-return-newline', text: `line\r\n${js}\r\n${py}` },
  { name: 'form-feed', text: `line\f${js}\v${py}` },
  { name: 'line-separator', text: `line\u2028${js}\u2029${py}` },
  { name: 'next-line', text: `line\u0085${py}` },
  { name: 'nul', text: `nul\u0000${js}` },
  { name: 'escape', text: '\u001b[31mred\u001b]0;title\u0007' },
  { name: 'delete', text: 'a\u007fb\u009bc' },
  { name: 'lone-high', text: 'half \ud800 of a pair' },
  { name: 'lone-low', text: 'half \udc00 of a pair' },
];
