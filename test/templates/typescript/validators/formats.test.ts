/** Formats by the table that both languages are held to, and beside those of ajv-formats, which examples are held to. */
import fs from 'node:fs';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { describe, expect, it } from 'vitest';
import { isFormat } from '../../../../src/model/formats.js';
import { formats } from '../../../../templates/typescript/src/validators/formats.js';

interface Row {
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
}

const table = JSON.parse(fs.readFileSync(new URL('../../../formats.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Row>
>;

describe('a format', () => {
  it.each(Object.entries(table))('%s is what the table says, and what ajv-formats says', (name, { valid, invalid }) => {
    const own = formats[name] ?? (() => true);
    expect([...valid, ...invalid].filter((text) => own(text))).toEqual(valid);
    expect([...valid, ...invalid].filter((text) => isFormat(name, text))).toEqual(valid);
  });

  it('is known where ajv-formats knows one of texts', () => {
    const ofNumbers = ['int32', 'int64', 'float', 'double'];
    const ofAnyText = ['password', 'binary'];
    const known = Object.keys(fullFormats).filter((name) => ![...ofNumbers, ...ofAnyText].includes(name));
    expect(Object.keys(formats).toSorted()).toEqual(known.toSorted());
    expect(Object.keys(table).toSorted()).toEqual(
      [...known.filter((name) => name !== 'regex'), 'unheard-of'].toSorted(),
    );
  });

  it.each([
    ['^a$', true],
    ['[', false],
    ['a\\Z', false],
    ['(?<n>a)', true],
  ])('regex says of %s %s', (pattern, isRight) => expect(formats['regex']?.(pattern)).toBe(isRight));
});
