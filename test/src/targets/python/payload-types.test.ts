/** Messages in, the text of their types out. */
import { describe, expect, it } from 'vitest';
import { printPayloadTypes } from '../../../../src/targets/python/payload-types.js';
import { modelOf } from '../../../model-of.js';

type Schemas = Readonly<Record<string, unknown>>;

const printed = (schemas: Schemas): string =>
  printPayloadTypes(modelOf(schemas), false)
    .flatMap(({ texts }) => texts)
    .join('\n\n');

const text = { type: 'string' };
const object = (properties: object, more: object = {}): object => ({ type: 'object', properties, ...more });

describe('an object', () => {
  it('becomes a class, its fields in the order of the schema', () => {
    const schema = object(
      { z: { type: 'number', minimum: 0, description: 'The last.' }, a: { enum: ['x', null], default: 'x' } },
      { required: ['z'], description: 'All letters.' },
    );
    expect(printed({ letters: schema })).toBe(`class LettersMessage(TypedDict):
    """All letters."""

    z: float
    """
    The last.

    - minimum: 0
    """

    a: NotRequired[Literal["x"] | None]
    """- default: "x\\""""
`);
  });

  it('has its fields close together where they say nothing', () => {
    expect(printed({ a: object({ x: text, y: text }) })).toBe(`class AMessage(TypedDict):
    x: NotRequired[str]
    y: NotRequired[str]
`);
  });

  it('becomes a call where a key is no name, or is that of a type', () => {
    const schema = object({ 'a-b': { ...text, description: 'Text.' }, class: text }, { description: 'Odd.' });
    expect(printed({ odd: schema })).toBe(`OddMessage = TypedDict(
    "OddMessage",
    {
        #: Text.
        "a-b": NotRequired[str],
        "class": NotRequired[str],
    },
)
"""Odd."""
`);
    expect(printed({ odd: object({ str: text }) })).toContain('OddMessage = TypedDict(');
    expect(printed({ odd: object({ Literal: { const: 'str' } }) })).toContain('OddMessage = TypedDict(');
    expect(printed({ odd: object({ Literal: { type: 'integer' }, default: text }) })).toContain('class OddMessage(');
  });

  it('without fields, and without others, has an empty body', () => {
    expect(printed({ ping: { type: 'object', additionalProperties: false } })).toBe(
      'class PingMessage(TypedDict):\n    pass\n',
    );
  });

  it('within another stands before it, under the name of its place', () => {
    const schema = object({ place: object({ items: { type: 'array', items: object({ id: text }) } }) });
    expect(printed({ found: schema }).match(/^class \w+/gm)).toEqual([
      'class FoundMessagePlaceItemsItem',
      'class FoundMessagePlace',
      'class FoundMessage',
    ]);
  });
});

describe('anything else', () => {
  it.each([
    [{ type: 'array', items: text }, 'list[str]'],
    [{ type: 'object' }, 'Mapping[str, object]'],
    [true, 'object'],
    [{ anyOf: [text, { type: 'null' }], description: 'Perhaps.' }, 'str | None\n"""Perhaps."""'],
  ])('becomes an alias: %j', (schema, type) => expect(printed({ a: schema })).toBe(`AMessage: TypeAlias = ${type}\n`));
});

describe('names', () => {
  it('that two paths share are told apart by where their words part', () => {
    const inner = object({ x: text });
    const types = printed({ a: object({ b: object({ cD: inner }), bC: object({ d: inner }) }) });
    expect(types.match(/^class \w+/gm)).toEqual([
      'class AMessage_B_CD',
      'class AMessageB',
      'class AMessage_BC_D',
      'class AMessageBC',
      'class AMessage',
    ]);
  });

  it('that two keys share are told apart by the keys themselves', () => {
    const names = printed({ a: object({ bC: object({ x: text }), b_c: object({ y: text }) }) }).match(/^class \w+/gm);
    expect(names?.slice(0, 2)).toEqual([
      expect.stringMatching(/^class AMessageBC_[0-9a-f]{8}$/),
      expect.stringMatching(/^class AMessageBC_[0-9a-f]{8}$/),
    ]);
    expect(new Set(names).size).toBe(3);
  });

  it('give way to those of definitions', () => {
    const schema = object(
      { options: object({ x: text }), other: { $ref: '#/$defs/options' } },
      { $defs: { options: object({ y: text }) } },
    );
    expect(printed({ a: schema }).match(/^class \w+/gm)).toEqual([
      'class AMessageOptions',
      'class AMessage_Options',
      'class AMessage',
    ]);
  });

  it('of one message are never those of another', () => {
    const names = printed({
      a: object({ messageB: object({ x: text }), b: object({ messageC: object({ x: text }) }) }),
      'a-message-b': object({ message: object({ x: text }) }),
      'a-b-message': object({ c: object({ x: text }) }),
    }).match(/^class \w+/gm);
    expect(new Set(names).size).toBe(names?.length);
  });

  it('of keys in other scripts keep their letters', () => {
    expect(printed({ a: object({ 尺寸: object({ x: text }) }) })).toContain('class AMessage尺寸(TypedDict):');
  });
});

describe('recursion', () => {
  it('is quoted where a type is not there yet', () => {
    const node = object({
      children: { type: 'array', items: { $ref: '#' } },
      next: { anyOf: [{ $ref: '#' }, { type: 'null' }] },
    });
    expect(printed({ node })).toBe(`class NodeMessage(TypedDict):
    children: NotRequired[list["NodeMessage"]]
    next: NotRequired["NodeMessage | None"]
`);
  });
});

describe('a type that extends another', () => {
  const shared = { 'shared/base': object({ id: text }, { required: ['id'] }) };
  const base = { $ref: './shared/base.schema.json' };

  it('derives from it', () => {
    const schema = { allOf: [base, object({ more: text })] };
    expect(printed({ ...shared, a: schema })).toContain('class AMessage(Base):\n    more: NotRequired[str]\n');
  });

  it('says everything itself where it changes a field, or has a key that is no name', () => {
    const changed = { allOf: [base, object({ id: { const: 'x' } })] };
    expect(printed({ ...shared, a: changed })).toContain('class AMessage(TypedDict):\n    id: Literal["x"]\n');
    const odd = { allOf: [base, object({ 'a-b': text })] };
    expect(printed({ ...shared, a: odd })).toContain('{\n        "id": str,\n        "a-b": NotRequired[str],\n    }');
  });
});

describe('a type that extends itself', () => {
  it('ends at the second turn', () => {
    const tree = object({ id: text, next: { allOf: [{ $ref: '#' }, object({ more: text })] } });
    const types = printed({ tree });
    expect(types.match(/^class \w+/gm)).toEqual(['class TreeMessageNext', 'class TreeMessage']);
    expect(types).toContain('    next: NotRequired["TreeMessage"]\n    more: NotRequired[str]\n');
  });
});

describe('the order', () => {
  it('has what a type needs before it, and does not change with one type more', () => {
    const shared = {
      'shared/a': object({ d: { $ref: './d.schema.json' } }),
      'shared/c': object({ x: text }),
      'shared/d': object({ x: text }),
    };
    const use = (...names: string[]): object =>
      object(Object.fromEntries(names.map((name) => [name, { $ref: `./shared/${name}.schema.json` }])));
    const classes = (schemas: Schemas): unknown => printed(schemas).match(/^class \w+/gm);
    expect(classes({ ...shared, m: use('a', 'c') })).toEqual(['class C', 'class D', 'class A', 'class MMessage']);
    const more = { ...shared, 'shared/b': object({ a: { $ref: './a.schema.json' } }), m: use('a', 'c'), n: use('b') };
    expect(classes(more)).toEqual(['class C', 'class D', 'class A', 'class B', 'class MMessage', 'class NMessage']);
  });
});

describe('one message more', () => {
  const schemas: Schemas = {
    a: object({ x: object({ y: text }) }),
    c: object({ a: { $ref: './a.schema.json' }, x: object({ y: text }) }),
  };

  it('changes no text of another', () => {
    const before = printPayloadTypes(modelOf(schemas), false);
    const after = printPayloadTypes(modelOf({ ...schemas, b: schemas['a'] }), false);
    expect(after.length).toBe(before.length + 1);
    expect(before.every(({ texts }) => after.some((group) => group.texts.join('') === texts.join('')))).toBe(true);
  });
});
