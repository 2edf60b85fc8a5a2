/** What the READMEs of all targets say in the same words: the fields of payloads, and the title. */
import type { Field, Shape } from '../model/model.js';
import { markdownCode, markdownText } from '../text/markdown.js';

/** The shape behind a type name. */
export type Lookup = (name: string) => Shape | undefined;

export interface FieldView {
  /** `✓` for a field that must be there, else `✗`. */
  readonly mark: string;
  readonly markdown: {
    readonly key: string;
    /** `string`, `array`, `string or null`. */
    readonly type: string;
    /** `: ` and the description, or `''`. */
    readonly doc: string;
  };
}

/** The fields of a payload, in the order of the schema; of a union, those of all its members. */
export const fieldViews = (shape: Shape, lookup: Lookup): readonly FieldView[] =>
  collectFields(shape, lookup).map(({ key, required, doc, facts, shape: inner }) => {
    const words = [...(facts.deprecated ? ['**Deprecated.**'] : []), ...(doc === '' ? [] : [markdownText(doc)])];
    return {
      mark: required ? '✓' : '✗',
      markdown: {
        key: markdownCode(key),
        type: [...jsonTypes(inner, lookup)].join(' or '),
        doc: words.length === 0 ? '' : `: ${words.join(' ')}`,
      },
    };
  });

function collectFields(shape: Shape, lookup: Lookup, seen: ReadonlySet<string> = new Set()): readonly Field[] {
  switch (shape.kind) {
    case 'object':
      return shape.fields;
    case 'reference': {
      const target = seen.has(shape.name) ? undefined : lookup(shape.name);
      return target === undefined ? [] : collectFields(target, lookup, new Set([...seen, shape.name]));
    }
    case 'union':
      return joinFields(shape.members.map((member) => collectFields(member, lookup, seen)));
    case 'intersection': {
      const fields = shape.members.flatMap((member) => collectFields(member, lookup, seen));
      return [...new Map(fields.map((field) => [field.key, field])).values()];
    }
    default:
      return [];
  }
}

/** A field must be there when every member of the union demands it. */
function joinFields(lists: readonly (readonly Field[])[]): readonly Field[] {
  const joined = new Map<string, Field>();
  for (const field of lists.flat()) {
    const known = joined.get(field.key);
    const members: readonly Shape[] = known === undefined ? [field.shape] : [known.shape, field.shape];
    const required = lists.every((fields) => fields.some(({ key, required }) => required && key === field.key));
    joined.set(field.key, { ...(known ?? field), required, shape: { kind: 'union', members } });
  }
  return [...joined.values()];
}

/** The JSON types that a value can have, in the order of the schema. */
function jsonTypes(shape: Shape, lookup: Lookup, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  switch (shape.kind) {
    case 'unknown':
      return new Set(['any']);
    case 'never':
      return new Set(['never']);
    case 'tuple':
      return new Set(['array']);
    case 'literal':
      return new Set(shape.values.map(jsonType));
    case 'number':
      return new Set([shape.integer ? 'integer' : 'number']);
    case 'intersection':
      return new Set(['object']);
    case 'union':
      return new Set(shape.members.flatMap((member) => [...jsonTypes(member, lookup, seen)]));
    case 'reference': {
      const target = seen.has(shape.name) ? undefined : lookup(shape.name);
      return target === undefined ? new Set() : jsonTypes(target, lookup, new Set([...seen, shape.name]));
    }
    default:
      return new Set([shape.kind]);
  }
}

const jsonType = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** `@mesh-sync/worker-backend-client` gives `Worker Backend Client`. */
export const titleOf = (npm: string): string =>
  npm
    .replace(/^@[^/]+\//, '')
    .split(/[-_.~]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
