/** One shape in, one type expression out. */
import { describe, expect, it } from 'vitest';
import { NO_FACTS } from '../../../../src/model/facts.js';
import type { Field, JsonValue, Shape } from '../../../../src/model/model.js';
import { annotate, type Annotating } from '../../../../src/targets/python/annotations.js';
import { namesIn, quotePending } from '../../../../src/targets/python/forward.js';
import { joined, pathOf } from '../../../../src/targets/python/inline-names.js';
import { flat } from '../../../../src/targets/python/layout.js';

const STRING: Shape = { kind: 'string' };
const NUMBER: Shape = { kind: 'number', integer: false };
const INTEGER: Shape = { kind: 'number', integer: true };
const NULL: Shape = { kind: 'null' };
const UNKNOWN: Shape = { kind: 'unknown' };
const literal = (...values: JsonValue[]): Shape => ({ kind: 'literal', values });
const union = (...members: Shape[]): Shape => ({ kind: 'union', members });
const list = (items: Shape): Shape => ({ kind: 'array', items });
const reference = (name: string): Shape => ({ kind: 'reference', name });
const field = (key: string, shape: Shape, required = true): Field => ({
  key,
  required,
  doc: '',
  facts: NO_FACTS,
  shape,
});
const object = (fields: readonly Field[], additional: Shape | false | 'undeclared' = 'undeclared'): Shape => ({
  kind: 'object',
  fields,
  additional,
});
const tuple = (items: readonly Shape[], required: number, rest: Shape | false): Shape => ({
  kind: 'tuple',
  items,
  required,
  rest,
});

const NAMED: Readonly<Record<string, Shape>> = {
  Closed: object([field('a', STRING)], false),
  Open: object([field('a', STRING)], UNKNOWN),
  Text: STRING,
  Alias: reference('Closed'),
  Base: object([field('a', STRING)]),
};

/** Every object gets the name of its place. */
const context: Annotating = {
  lookup: (name) => NAMED[name],
  declare: (_, path) => joined(path),
  openObjects: false,
};

const typed = (shape: Shape, more: Partial<Annotating> = {}): string =>
  flat(annotate(shape, pathOf('T'), { ...context, ...more }));

describe('annotate', () => {
  it.each<[string, Shape, string]>([
    ['anything', UNKNOWN, 'object'],
    ['nothing', { kind: 'never' }, 'Never'],
    ['null', NULL, 'None'],
    ['numbers', union(INTEGER, STRING, { kind: 'boolean' }), 'int | str | bool'],
    ['a number', NUMBER, 'float'],
    ['null first', union(NULL, STRING), 'str | None'],
    ['literals', literal('a', 1, true), 'Literal["a", 1, True]'],
    ['literals and null', literal(null, 'a'), 'Literal["a"] | None'],
    ['both booleans', literal(true, 'a', false), 'Literal["a"] | bool'],
    ['a number that is no integer', literal(1.5, 1), 'float'],
    ['large integers', literal(2 ** 53, -(2 ** 60)), 'Literal[9007199254740992, -1152921504606846976]'],
    ['an integer that is not written in digits', literal(1e21, 2), 'int'],
    ['literals beside wider types', union(literal('a', 1, true), STRING, NUMBER), 'Literal[True] | str | float'],
    ['a list as a literal', literal(['a', 1]), 'tuple[Literal["a"], Literal[1]]'],
    ['an object as a literal', literal({ a: 1 }), 'T'],
    ['no literal', literal(), 'Never'],
    ['a list', list(union(STRING, NULL)), 'list[str | None]'],
    ['a map', object([], NUMBER), 'Mapping[str, float]'],
    ['a free object', object([]), 'Mapping[str, object]'],
    ['an object without fields', object([], false), 'T'],
    ['an object', object([field('a', STRING)]), 'T'],
    ['an object that lets others in', object([field('a', STRING)], UNKNOWN), 'T | Mapping[str, object]'],
    ['an object with others of its kind', object([field('a', STRING)], STRING), 'T | Mapping[str, str]'],
    ['an object with others of another kind', object([field('a', STRING)], NUMBER), 'T | Mapping[str, object]'],
    ['an object with a key of no letters', object([field('', STRING)]), 'Mapping[str, object]'],
    ['a name', reference('Closed'), 'Closed'],
    ['a name of an object that lets others in', reference('Open'), 'Open | Mapping[str, object]'],
    ['a name of a name', reference('Alias'), 'Closed'],
    ['an object in a list', list(object([field('a', STRING)])), 'list[TItem]'],
    ['an object or null', union(object([field('a', STRING)]), NULL), 'TObject | None'],
    ['anything or more', union(STRING, UNKNOWN), 'object'],
    ['a base and more', { kind: 'intersection', members: [reference('Base'), object([field('b', STRING)])] }, 'T'],
    ['a text and more', { kind: 'intersection', members: [reference('Text'), object([field('b', STRING)])] }, 'Text'],
  ])('gives a type to %s', (_, shape, type) => expect(typed(shape)).toBe(type));

  it.each<[string, Shape, string]>([
    ['fixed', tuple([NUMBER, NUMBER], 2, false), 'tuple[float, float]'],
    ['of two lengths', tuple([STRING, INTEGER], 1, false), 'tuple[str] | tuple[str, int]'],
    ['that may be empty', tuple([STRING], 0, false), 'tuple[()] | tuple[str]'],
    ['of too many lengths', tuple([STRING, STRING, STRING, STRING], 0, false), 'list[str]'],
    ['empty', tuple([], 0, false), 'list[Never]'],
    ['open', tuple([STRING], 1, UNKNOWN), 'list[object]'],
    ['with a rest', tuple([STRING], 1, NUMBER), 'list[str | float]'],
  ])('gives a type to a list that is %s', (_, shape, type) => expect(typed(shape)).toBe(type));

  it('tells the objects of a union apart by their constant', () => {
    const one = (kind: string): Shape => object([field('size', NUMBER), field('kind', literal(kind))]);
    expect(typed(union(one('circle'), one('big-square')))).toBe('TCircle | TBigSquare');
  });

  it('tells the objects of a union apart by what only one of them requires', () => {
    const shape = union(object([field('url', STRING)]), object([field('path', STRING), field('root', STRING)]));
    expect(typed(shape)).toBe('TWithUrl | TWithPathAndRoot');
  });

  it('lets other keys be written out where the config says so', () => {
    expect(typed(object([field('a', STRING)]), { openObjects: true })).toBe('T | Mapping[str, object]');
  });
});

describe('quotePending', () => {
  const isPending = (name: string): boolean => name === 'Later';
  it.each<[Shape, string]>([
    [reference('Later'), '"Later"'],
    [list(reference('Later')), 'list["Later"]'],
    [union(reference('Later'), NULL), '"Later | None"'],
    [union(list(reference('Later')), NULL), 'list["Later"] | None'],
    [union(reference('Later'), literal('a')), 'Union["Later", Literal["a"]]'],
    [list(union(reference('Later'), STRING)), 'list["Later | str"]'],
    [literal('Later'), 'Literal["Later"]'],
    [reference('Closed'), 'Closed'],
  ])('quotes as little as it takes: %j', (shape, type) =>
    expect(flat(quotePending(annotate(shape, pathOf('T'), context), isPending))).toBe(type),
  );
});

describe('namesIn', () => {
  it('finds quoted names, and none in literals', () => {
    const type = annotate(union(reference('Closed'), literal('str'), list(NUMBER)), pathOf('T'), context);
    expect(namesIn(quotePending(type, (name) => name === 'Closed'))).toEqual([
      'Union',
      'Closed',
      'Literal',
      'list',
      'float',
    ]);
  });
});
