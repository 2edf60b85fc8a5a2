/** Payload types as source text: a `TypedDict` for each object, an alias for anything else. */
import { NO_FACTS } from '../../model/facts.js';
import type { Facts, Message, Model, Shape } from '../../model/model.js';
import { annotate, type Annotating, type Declared } from './annotations.js';
import { aliasText, callText, classText, fieldType, fitsClass, type TypedField } from './definitions.js';
import { documentation } from './documentation.js';
import { namesIn, quotePending } from './forward.js';
import { type InnerPath, intoField, joined, keyOf, nameInlineTypes, pathOf } from './inline-names.js';
import type { TypeExpression } from './layout.js';
import { baseNames, type Lookup, mergeMembers, objectOf, type ObjectShape, unfoldUnion } from './objects.js';
import { orderTypes } from './type-order.js';

/** A part of the file: the types of one message, or the shared ones. */
export interface TypeGroup {
  /** Each one whole, with a line end behind it. */
  readonly texts: readonly string[];
  /** Names that the texts use, their own among them. */
  readonly uses: ReadonlySet<string>;
}

/** A type with a name of its own. */
interface Root {
  readonly name: string;
  readonly doc: string;
  readonly facts: Facts;
  readonly shape: Shape;
}

interface Printing {
  readonly lookup: Lookup;
  /** Which group each name belongs to, by its place in the file. */
  readonly groupOf: ReadonlyMap<string, number>;
  readonly openObjects: boolean;
}

/** Prints every type: shared ones first, then message by message. No group depends on the text of another. */
export function printPayloadTypes(model: Model, openObjects: boolean): readonly TypeGroup[] {
  const groups: readonly (readonly Root[])[] = [orderTypes(model.sharedTypes), ...model.messages.map(rootsOf)];
  const shapes = new Map(groups.flat().map(({ name, shape }) => [name, shape]));
  const printing: Printing = {
    lookup: (name) => shapes.get(name),
    groupOf: new Map(groups.flatMap((group, index) => group.map(({ name }) => [name, index] as const))),
    openObjects,
  };
  return groups.map((group, index) => printGroup(group, index, printing));
}

/** The types of a message; its payload type comes last. */
const rootsOf = ({ payloadType, doc, facts, payload, types }: Message): readonly Root[] => [
  ...orderTypes(types),
  { name: payloadType, doc, facts, shape: payload },
];

function printGroup(group: readonly Root[], index: number, printing: Printing): TypeGroup {
  const inlineNames = nameInlines(group, printing);
  const defined = new Set<string>();
  const texts: string[] = [];
  const uses = new Set<string>();
  const isPending = (name: string): boolean => !defined.has(name) && (printing.groupOf.get(name) ?? -1) >= index;
  const context: Annotating = {
    ...printing,
    declare(object, path) {
      const name = inlineNames.get(keyOf(path)) ?? '';
      const isThere = defined.has(name) || printing.groupOf.has(name);
      if (!isThere) defineObject({ name, doc: path.doc, facts: NO_FACTS }, object, path);
      return name;
    },
  };
  const typeOf = (shape: Shape, path: InnerPath): TypeExpression =>
    quotePending(annotate(shape, path, context), isPending);
  const use = (names: readonly string[]): void => names.forEach((name) => uses.add(name));

  function defineObject(root: Omit<Root, 'shape'>, object: Declared, path: InnerPath): void {
    const extended = findBases(object, { lookup: printing.lookup, isPending });
    const own = extended === undefined ? mergedOf(object, printing.lookup) : object.shape;
    const fields = own.fields.map((field): TypedField => {
      return { ...field, type: fieldType(typeOf(field.shape, intoField(path, field)), field) };
    });
    const type = { name: root.name, doc: documentation(root), bases: extended ?? [], fields };
    use(['TypedDict', ...fields.flatMap(({ type: inner }) => namesIn(inner))]);
    if (fitsClass(fields)) texts.push(classText(type));
    else if (extended === undefined || extended.length === 0) texts.push(callText(type));
    else defineObject(root, { shape: mergedOf(object, printing.lookup), bases: [] }, path);
    defined.add(root.name);
  }

  for (const root of group) {
    const declared = declaredOf(root.shape, printing.lookup);
    if (declared !== undefined) defineObject(root, declared, pathOf(root.name));
    else {
      const type = typeOf(unfoldUnion(root.name, root.shape, printing.lookup), pathOf(root.name));
      use(['TypeAlias', ...namesIn(type)]);
      texts.push(aliasText(root.name, documentation(root), type));
      defined.add(root.name);
    }
  }
  return { texts, uses };
}

/** A shape that gets a `TypedDict`: an object of which something is said. */
function declaredOf(shape: Shape, lookup: Lookup): Declared | undefined {
  if (shape.kind === 'object')
    return shape.fields.length > 0 || shape.additional === false ? { shape, bases: [] } : undefined;
  if (shape.kind !== 'intersection' || mergeMembers(shape.members, lookup) === undefined) return undefined;
  const own = mergeMembers(
    shape.members.filter(({ kind }) => kind !== 'reference'),
    lookup,
  );
  return own === undefined ? undefined : { shape: own, bases: baseNames(shape.members) };
}

const mergedOf = ({ shape, bases }: Declared, lookup: Lookup): ObjectShape =>
  mergeMembers([...bases.map((name): Shape => ({ kind: 'reference', name })), shape], lookup) ?? shape;

interface Known {
  readonly lookup: Lookup;
  readonly isPending: (name: string) => boolean;
}

/** The bases that a class can have: all of them defined, and no key said twice, or else none. */
function findBases({ shape, bases }: Declared, { lookup, isPending }: Known): readonly string[] | undefined {
  const keys = shape.fields.map(({ key }) => key);
  for (const name of bases) {
    const base = lookup(name);
    const isClass = base !== undefined && declaredOf(base, lookup) !== undefined && !isPending(name);
    if (!isClass) return undefined;
    keys.push(...(objectOf(base, lookup)?.fields ?? []).map(({ key }) => key));
  }
  return new Set(keys).size === keys.length ? bases : undefined;
}

/** Names every object within the types of a group. One at the place of a type with a name is that type. */
function nameInlines(group: readonly Root[], printing: Printing): ReadonlyMap<string, string> {
  const paths = new Map<string, InnerPath>();
  const names = new Map<string, string>();
  const context: Annotating = {
    ...printing,
    declare(object, path) {
      const key = keyOf(path);
      if (!paths.has(key) && !names.has(key)) {
        const named = printing.lookup(joined(path));
        if (named !== undefined && JSON.stringify(named) === JSON.stringify(object.shape)) names.set(key, joined(path));
        else {
          paths.set(key, path);
          walk(object, path);
        }
      }
      return '';
    },
  };
  const walk = (object: Declared, path: InnerPath): void => {
    for (const field of mergedOf(object, printing.lookup).fields)
      annotate(field.shape, intoField(path, field), context);
  };
  for (const { name, shape } of group) {
    const declared = declaredOf(shape, printing.lookup);
    if (declared !== undefined) walk(declared, pathOf(name));
    else annotate(unfoldUnion(name, shape, printing.lookup), pathOf(name), context);
  }
  const given = nameInlineTypes([...paths.values()], new Set(printing.groupOf.keys()));
  return new Map([...names, ...given]);
}
