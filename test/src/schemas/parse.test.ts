/** What is said of texts, line by line, and what is not read twice. */
import { describe, expect, it } from 'vitest';
import { Report } from '../../../src/report/report.js';
import { LIMITS } from '../../../src/schemas/limits.js';
import { parseSchemas } from '../../../src/schemas/parse.js';
import type { SchemaFile } from '../../../src/schemas/schema-file.js';

function parse(text: string, name = 'a.schema.json'): { file: SchemaFile | undefined; findings: string[] } {
  const report = new Report();
  const [file] = parseSchemas([{ path: name, name, bytes: Buffer.from(text) }], report);
  const findings = report.diagnostics.map(
    ({ code, places }) => `${code} ${places[0]?.line}:${places[0]?.column} ${places[0]?.sourceLine ?? ''}`,
  );
  return { file, findings };
}

describe('places', () => {
  it('have the same lines and columns whatever the line ends are', () => {
    const lf = '{\n  "type": "strng",\n  "minLength": -1\n}\n';
    const found = parse(lf).findings;
    expect(found).toEqual([
      'schema/unknown-type 2:11   "type": "strng",',
      'schema/keyword-value 3:16   "minLength": -1',
    ]);
    expect(parse(lf.replaceAll('\n', '\r\n')).findings).toEqual(found);
  });

  it('count columns in UTF-16 code units', () => {
    expect(parse('{ "title": "👍é", "type": "x" }').findings).toEqual([
      'schema/unknown-type 1:27 { "title": "👍é", "type": "x" }',
    ]);
  });

  it('of a value that is not there are those of what holds it', () => {
    const { file } = parse('{\n  "properties": {\n    "a": true\n  }\n}');
    expect(file?.place(['properties', 'b', 'type'])).toMatchObject({
      line: 2,
      column: 17,
      pointer: '#/properties/b/type',
    });
    expect(file?.place(['properties', 'a'], 'key')).toMatchObject({ line: 3, column: 5 });
  });

  it('are found in time, as many as anybody reads', () => {
    const properties = Array.from({ length: 20_000 }, (_, index) => `"p${index}": { "type": "x" }`);
    const started = Date.now();
    const { findings } = parse(`{ "properties": {\n${properties.join(',\n')}\n} }`);
    expect(findings).toHaveLength(LIMITS.findings + 1);
    expect(findings[0]).toContain('input/too-many-findings');
    expect(Date.now() - started).toBeLessThan(5000);
  });
});

describe('a text', () => {
  it.each([
    ['{ "a": 1, }', 'json/syntax 1:11'],
    ["{ 'a': 1 }", 'json/syntax 1:3'],
    ['{ a: 1 }', 'json/syntax 1:3'],
    ['{ "a" 1 }', 'json/syntax 1:7'],
    ['{ "title": "\\x" }', 'json/syntax 1:13'],
    ['{ "title": "\\u12" }', 'json/syntax 1:13'],
    ['{ "title": "a\tb" }', 'json/syntax 1:14'],
    ['{} {}', 'json/syntax 1:4'],
    ['{ "const": 1e400 }', 'json/number 1:12'],
    ['{ "const": 9007199254740993 }', 'json/rounded-number 1:12'],
    ['{ "a": { "b": 1, "b": 2 } }', 'json/duplicate-key 1:18'],
    ['{ "const": { "\\u0061": 1, "a": 2 } }', 'json/duplicate-key 1:27'],
  ])('%s is found out: %s', (text, finding) => {
    expect(parse(text).findings.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([finding]);
  });

  it.each(['{ "const": 9007199254740992 }', '{ "const": 100000000000000000000 }', '{ "const": 0.12345678901234567 }'])(
    'whose numbers are kept is right: %s',
    (text) => expect(parse(text).findings).toEqual([]),
  );
});

describe('a file', () => {
  it('that did not change is not parsed again', () => {
    const before = parse('{ "type": "object" }').file;
    expect(parse('{ "type": "object" }').file).toBe(before);
    expect(parse('{ "type": "string" }').file).not.toBe(before);
  });

  it('that cannot be used keeps its name', () => {
    expect(parse('{', 'scan-request.schema.json').file).toMatchObject({ stem: 'scan-request', isBroken: true });
  });

  it('of many repeated values is checked in time', () => {
    const started = Date.now();
    const names = JSON.stringify(Array.from({ length: LIMITS.list }, (_, index) => `n${index}`));
    const objects = JSON.stringify(Array.from({ length: LIMITS.list }, (_, index) => ({ index })));
    expect(parse(`{ "required": ${names}, "properties": { "a": { "enum": ${objects} } } }`).findings).toEqual([]);
    expect(Date.now() - started).toBeLessThan(5000);
  });
});
