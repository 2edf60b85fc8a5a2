/** Layout: `ruff format` leaves every line as it is. */
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  annotation,
  assignment,
  bracketed,
  dictEntry,
  flat,
  LINE_LENGTH,
  name,
  parameter,
  subscript,
  type TypeExpression,
  widthOf,
} from '../../../../src/targets/python/layout.js';
import { comment, docLines, docstring, stringLiteral } from '../../../../src/targets/python/print.js';
import { callLines, valueLines } from '../../../../src/targets/python/values.js';
import type { JsonValue } from '../../../../src/text/json.js';
import { findPython, programOf } from '../../../python/environment.js';

const NAMES = [
  'str',
  'int',
  'None',
  'Foo',
  'FileDownloadRequestMessageStorageLocation',
  'A'.repeat(90),
  'B'.repeat(118),
];
const LITERALS = [
  'a',
  'default',
  "it's",
  'say "x"',
  'a-much-longer-literal-value-than-others',
  '日本語',
  'x'.repeat(80),
];
const PIECES = ['a', 'word ', '"', '"""', '\\', "'", '\n', '\n\n', '    ', '\t', '\u3000', '日本', '#', 'x'.repeat(70)];

const literal = fc.array(fc.constantFrom(...LITERALS), { minLength: 1, maxLength: 5 }).map((values) =>
  subscript(
    'Literal',
    values.map((value) => name(stringLiteral(value))),
  ),
);

/** No union in a union: the printer joins them. */
const types = fc.letrec<{ single: TypeExpression; any: TypeExpression }>((tie) => ({
  single: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...NAMES).map(name),
    literal,
    tie('any').map((part) => subscript('list', [part])),
    fc.tuple(tie('any'), tie('any')).map((parts) => subscript('Mapping', parts)),
    fc.array(tie('any'), { minLength: 2, maxLength: 4 }).map((parts) => subscript('tuple', parts)),
  ),
  any: fc.oneof(
    tie('single'),
    fc
      .array(tie('single'), { minLength: 2, maxLength: 5 })
      .map((members): TypeExpression => ({ kind: 'union', members })),
  ),
})).any;

const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));
const identifier = fc.integer({ min: 1, max: 60 }).map((length) => 'n'.repeat(length));
const SEED = { seed: 20251125, numRuns: 400 };

const python = findPython();

/** What `ruff format` would change, `''` for nothing. */
function changedByRuff(source: string): string {
  const args = ['format', '--isolated', '--line-length', String(LINE_LENGTH), '--diff', '-'];
  const { stdout, stderr } = spawnSync(programOf('ruff'), args, { input: source, encoding: 'utf8' });
  return stdout + (stderr.includes('error') ? stderr : '');
}

describe('a type', () => {
  const long = subscript(
    'Literal',
    ['a', 'b'].map((letter) => name(stringLiteral(letter.repeat(60)))),
  );

  it('stands on one line where it fits', () => {
    expect(flat({ kind: 'union', members: [subscript('list', [name('str')]), name('None')] })).toBe('list[str] | None');
    expect(annotation('a', name('str'), '    ')).toBe('    a: str\n');
  });

  it('has a line for each part where it does not', () => {
    expect(annotation('a', long, '    ').split('\n').length).toBe(5);
    expect(parameter('a', long, '    ')).toBe(annotation('a', long, '    ').trim());
  });

  it('counts wide letters twice, and marks not at all', () => {
    expect(widthOf('日本')).toBe(4);
    expect(widthOf('e\u0301')).toBe(1);
    expect(widthOf('😀')).toBe(2);
  });
});

describe.skipIf(python === null)('ruff', () => {
  it('leaves fields, aliases and their documentation as they are', () => {
    const parts = fc.sample(fc.tuple(identifier, types, text, text), SEED);
    const classes = parts.map(([key, type, about, doc], index) => {
      const field = subscript('NotRequired', [type]);
      const body = annotation(key, type, '    ') + docstring(docLines(doc), '    ');
      const more = `\n${annotation(`${key}_`, field, '    ')}${docstring(docLines(`x${about}`), '    ')}`;
      return `class C${index}(TypedDict):\n${docstring(docLines(`C${about}`), '    ')}\n${body}${more}`;
    });
    const aliases = parts.map(
      ([key, type, doc]) => assignment(`${key}: TypeAlias`, type, '') + docstring(docLines(doc), ''),
    );
    expect(changedByRuff([...classes, ...aliases].join('\n\n'))).toBe('');
  });

  it('leaves calls of TypedDict as they are', () => {
    const entries = fc
      .sample(fc.tuple(text, types, text), SEED)
      .map(([key, type, doc]) => comment(docLines(doc), '        ') + dictEntry(stringLiteral(key), type, '        '));
    expect(changedByRuff(`A = TypedDict(\n    "A",\n    {\n${entries.join('')}    },\n)\n`)).toBe('');
  });

  it('leaves constants as they are', () => {
    const values = fc.sample(fc.tuple(identifier, fc.integer({ min: 1, max: 120 })), SEED);
    const lines = values.map(([key, length]) =>
      assignment(`${key}: Final`, name(stringLiteral('v'.repeat(length))), ''),
    );
    expect(changedByRuff(lines.join(''))).toBe('');
  });

  it('leaves signatures and calls as they are', () => {
    const parts = fc
      .sample(fc.tuple(identifier, identifier, types), SEED)
      .flatMap(([method, key, type]) => [
        `${bracketed({ before: `def ${method}(`, parts: ['self', `${key}: int`], after: ') -> None:' }, '')}\n    pass\n`,
        `${bracketed({ before: `${method}(`, parts: [key, '**options'], after: ')' }, '')}\n`,
        `def f(\n    ${parameter(key, type, '    ')},\n    **options: int,\n) -> None: ...\n`,
      ]);
    expect(changedByRuff(parts.join('\n\n'))).toBe('');
  });

  it('leaves values as they are', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value) => value as JsonValue);
    const sources = fc
      .sample(fc.tuple(json, identifier), SEED)
      .map(
        ([value, target]) => `x = ${valueLines({ value }, '', 4)}\n${callLines(target, { first: 'A.B', value }, '')}\n`,
      );
    expect(changedByRuff(sources.join(''))).toBe('');
  });
});
