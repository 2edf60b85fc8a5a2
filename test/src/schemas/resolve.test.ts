/** Where references lead: by pointer, anchor, id and file, draft by draft. */
import { describe, expect, it } from 'vitest';
import { Report } from '../../../src/report/report.js';
import { parseSchemas } from '../../../src/schemas/parse.js';
import { resolveSchemas } from '../../../src/schemas/resolve.js';
import { pointerOf } from '../../../src/schemas/schema-file.js';

/** Every reference of the files, as `from -> to`, and every finding. */
function resolve(schemas: Readonly<Record<string, unknown>>): string[] {
  const report = new Report();
  const texts = Object.entries(schemas).map(([stem, schema]) => ({
    path: `${stem}.schema.json`,
    name: `${stem}.schema.json`,
    bytes: Buffer.from(JSON.stringify(schema)),
  }));
  const { schemas: spots, targets } = resolveSchemas(parseSchemas(texts, report), report);
  const found = [...targets].map(([schema, { file, path }]) => {
    const spot = spots.get(schema);
    return `${spot?.file.stem}${pointerOf(spot?.path ?? [])} -> ${file.stem}${pointerOf(path)}`;
  });
  return [...found, ...report.diagnostics.map(({ code }) => code)];
}

const draft07 = { $schema: 'http://json-schema.org/draft-07/schema#' };
const text = { type: 'string' };

describe('a reference', () => {
  it.each<[string, object, string[]]>([
    ['a pointer', { $ref: '#/$defs/x', $defs: { x: text } }, ['a# -> a#/$defs/x']],
    ['escapes', { $ref: '#/$defs/x~1y~0z%25', $defs: { 'x/y~z%': text } }, ['a# -> a#/$defs/x~1y~0z%']],
    ['an anchor', { $ref: '#here', $defs: { x: { ...text, $anchor: 'here' } } }, ['a# -> a#/$defs/x']],
    [
      'its own id',
      { $id: 'https://x.example/a', properties: { p: { $ref: 'https://x.example/a' } } },
      ['a#/properties/p -> a#'],
    ],
    [
      'an id beside it',
      { $id: 'https://x.example/a', $ref: 'b', $defs: { b: { $id: 'b', ...text } } },
      ['a# -> a#/$defs/b'],
    ],
    ['a URN', { $ref: 'urn:uuid:1', $defs: { b: { $id: 'urn:uuid:1', ...text } } }, ['a# -> a#/$defs/b']],
    [
      'a pointer in a URN',
      { $ref: 'urn:uuid:1#/$defs/c', $defs: { b: { $id: 'urn:uuid:1', $defs: { c: text } } } },
      ['a# -> a#/$defs/b/$defs/c'],
    ],
    [
      'an embedded resource, from within',
      { $defs: { x: text, b: { $id: 'urn:b', $ref: '#/$defs/x', $defs: { x: text } } } },
      ['a#/$defs/b -> a#/$defs/b/$defs/x'],
    ],
    [
      'an anchor of an embedded resource',
      { $ref: 'urn:b#c', $defs: { b: { $id: 'urn:b', $defs: { c: { $anchor: 'c' } } } } },
      ['a# -> a#/$defs/b/$defs/c'],
    ],
    [
      'an item of a list',
      { allOf: [text], properties: { p: { $ref: '#/allOf/0' } } },
      ['a#/properties/p -> a#/allOf/0'],
    ],
    [
      'a place that no keyword knows',
      { $ref: '#/x-own/y', 'x-own': { y: { $ref: '#/$defs/z' } }, $defs: { z: text } },
      ['a# -> a#/x-own/y', 'a#/x-own/y -> a#/$defs/z'],
    ],
    [
      'a property called $ref',
      { properties: { $ref: { $ref: '#/$defs/x' } }, $defs: { x: text } },
      ['a#/properties/$ref -> a#/$defs/x'],
    ],
    [
      'names of the prototype',
      { $ref: '#/$defs/constructor', $defs: { constructor: text } },
      ['a# -> a#/$defs/constructor'],
    ],
  ])('leads to %s', (_, schema, found) => {
    expect(resolve({ a: schema })).toEqual(found);
  });

  it('of draft-07 leads to an id that is an anchor, and hides what stands beside it', () => {
    const schema = {
      ...draft07,
      properties: {
        p: { $ref: '#here' },
        q: { $ref: '#/definitions/x', $id: 'urn:q', properties: { r: { $ref: '#here' } } },
      },
      definitions: { x: { $id: '#here', ...text } },
    };
    expect(resolve({ a: schema })).toEqual([
      'a#/properties/p -> a#/definitions/x',
      'a#/properties/q -> a#/definitions/x',
      'a#/properties/q/properties/r -> a#/definitions/x',
    ]);
  });

  it('of draft-07 takes no $id that is a pointer for a name', () => {
    const schema = {
      ...draft07,
      properties: { p: { $id: '#/properties/q', ...text }, q: { $id: '#/properties/q', $ref: '#/properties/p' } },
      items: { $id: '#/properties/q' },
    };
    expect(resolve({ a: schema })).toEqual(['a#/properties/q -> a#/properties/p']);
  });

  it('leads from file to file, back, and through several', () => {
    expect(
      resolve({
        a: { properties: { p: { $ref: 'shared/geo/p.schema.json' }, b: { $ref: './b.schema.json#/$defs/x' } } },
        b: { $defs: { x: { $ref: 'a.schema.json' } } },
        'shared/geo/p': { properties: { next: { $ref: '../q.schema.json#/$defs/q' } } },
        'shared/q': { $defs: { q: { $ref: 'geo/../../a.schema.json#/properties/p' } } },
      }),
    ).toEqual([
      'a#/properties/p -> p#',
      'a#/properties/b -> b#/$defs/x',
      'b#/$defs/x -> a#',
      'p#/properties/next -> q#/$defs/q',
      'q#/$defs/q -> a#/properties/p',
    ]);
  });

  it('by a relative path leads to the file also where an $id says that the file stands elsewhere', () => {
    expect(
      resolve({
        a: { $id: 'https://x.example/deep/a', $ref: 'shared/p.schema.json' },
        'shared/p': { $id: 'https://x.example/p' },
      }),
    ).toEqual(['a# -> p#']);
  });

  it.each<[string, object, string]>([
    ['into data', { $ref: '#/const', const: 1 }, 'schema/unresolved-ref'],
    ['over the end of a list', { $ref: '#/allOf/1', allOf: [text] }, 'schema/unresolved-ref'],
    ['to an index that is none', { $ref: '#/allOf/00', allOf: [text] }, 'schema/unresolved-ref'],
    ['to what every object has', { $ref: '#/toString' }, 'schema/unresolved-ref'],
    ['to itself', { $defs: { x: { $ref: '#/$defs/x' } } }, 'schema/ref-cycle'],
    ['in a circle', { $defs: { x: { $ref: '#/$defs/y' }, y: { $ref: '#/$defs/x' } } }, 'schema/ref-cycle'],
    ['out by an encoded path', { $ref: '%2e%2e/x.json' }, 'schema/ref-outside-folder'],
    ['to a drive', { $ref: 'c:/x.json' }, 'schema/ref-outside-folder'],
    ['to a host', { $ref: '//x.example/y' }, 'schema/ref-outside-folder'],
    ['to the network', { $ref: 'https://x.example/y' }, 'schema/ref-to-network'],
  ])('does not lead %s', (_, schema, code) => {
    expect(resolve({ a: schema })).toEqual([code]);
  });

  it('in data is data', () => {
    const data = { $ref: 'nowhere' };
    expect(
      resolve({
        a: { const: data, enum: [data], default: data, examples: [data], properties: { p: { const: data } } },
      }),
    ).toEqual([]);
  });
});
