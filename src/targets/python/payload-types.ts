/** Payload types as source text: a `TypedDict` for each object, an alias for anything else. */
import { NO_FACTS } from '../../model/facts.js';
import type { Message, Model, Shape } from '../../model/model.js';
import { type Ask, keep } from '../keep.js';
import { annotate, type Annotating } from './annotations.js';
import { aliasText, callText, classText, fieldType, fitsClass, type TypedField } from './definitions.js';
import { documentation } from './documentation.js';
import { namesIn, quotePending } from './forward.js';
import { extending, type InnerPath, intoField, keyOf, pathOf } from './inline-names.js';
import { nameInlines, type Printing, type Root, type Side } from './inline-types.js';
import type { TypeExpression } from './layout.js';
import { type Declared, declaredOf, mergedOf, objectOf } from './objects.js';
import { orderTypes } from './type-order.js';

/** A part of the file: the types of one message, or the shared ones. */
export interface TypeGroup {
  /** Each one whole, with a line end behind it. */
  readonly texts: readonly string[];
  /** Names that the texts use, their own among them. */
  readonly uses: ReadonlySet<string>;
}

/** Prints every type: shared ones first, then message by message. No group depends on the text of another. */
export function printPayloadTypes(model: Model, openObjects: boolean): readonly TypeGroup[] {
  const shared = orderTypes(model.sharedTypes);
  const groups: readonly (readonly Root[])[] = [shared, ...model.messages.map(rootsOf)];
  const shapes = new Map(groups.flat().map(({ name, shape }) => [name, shape]));
  const groupOf = new Map(groups.flatMap((group, index) => group.map(({ name }) => [name, index] as const)));
  const askFrom =
    (index: number): Ask<Known> =>
    (name) => ({ shape: shapes.get(name), side: sideFrom(index, groupOf.get(name)) });
  const printMessage = openObjects ? printOpen : printDeclared;
  return [
    printGroup(shared, askFrom(0), openObjects),
    ...model.messages.map((message, index) => printMessage(message, askFrom(index + 1))),
  ];
}

/** What is known of a name. */
interface Known {
  readonly shape: Shape | undefined;
  readonly side: Side | undefined;
}

const sideFrom = (index: number, group: number | undefined): Side | undefined =>
  group === undefined ? undefined : group < index ? 'before' : group === index ? 'within' : 'behind';

const isSame = (a: Known, b: Known): boolean => a.shape === b.shape && a.side === b.side;
const printOpen = keep((message: Message, ask: Ask<Known>) => printGroup(rootsOf(message), ask, true), isSame);
const printDeclared = keep((message: Message, ask: Ask<Known>) => printGroup(rootsOf(message), ask, false), isSame);

/** The types of a message; its payload type comes last. */
const rootsOf = ({ payloadType, doc, facts, payload, types }: Message): readonly Root[] => [
  ...orderTypes(types),
  { name: payloadType, doc, facts, shape: payload },
];

/** One group on its way into text. */
interface Writing extends Printing {
  readonly inlineNames: ReadonlyMap<string, string>;
  /** Names that Python knows at the end of the text so far. */
  readonly defined: Set<string>;
  readonly texts: string[];
  readonly uses: Set<string>;
}

function printGroup(group: readonly Root[], ask: Ask<Known>, openObjects: boolean): TypeGroup {
  const printing: Printing = { lookup: (name) => ask(name).shape, sideOf: (name) => ask(name).side, openObjects };
  const inlineNames = nameInlines(group, printing);
  const writing: Writing = { ...printing, inlineNames, defined: new Set(), texts: [], uses: new Set() };
  for (const root of group) {
    const declared = declaredOf(root.shape, writing.lookup);
    if (declared === undefined) writeAlias(root, writing);
    else writeObject({ ...root, object: declared, path: pathOf(root.name) }, writing);
  }
  return { texts: writing.texts, uses: writing.uses };
}

/** Every name that stands in a text of the group, and is not among its names. */
const use = (names: Iterable<string>, { uses }: Writing): void => {
  for (const name of names) uses.add(name);
};

function writeAlias(root: Root, writing: Writing): void {
  const type = typeOf(root.shape, pathOf(root.name), writing);
  use(['TypeAlias', ...namesIn(type)], writing);
  writing.texts.push(aliasText(root.name, documentation(root), type));
  writing.defined.add(root.name);
}

interface ObjectRoot extends Root {
  readonly object: Declared;
  readonly path: InnerPath;
}

/** Writes the types within first, then the object itself. */
function writeObject(root: ObjectRoot, writing: Writing): void {
  const { object, path, name } = root;
  const bases = findBases(object, writing);
  const inner = extending(path, object.bases);
  const shape = bases === undefined ? mergedOf(object, writing.lookup) : object.shape;
  const fields = shape.fields.map((field): TypedField => {
    return { field, type: fieldType(typeOf(field.shape, intoField(inner, field), writing), field) };
  });
  const needed = new Set(fields.flatMap(({ type }) => namesIn(type)));
  const isClass = fitsClass(fields, needed);
  if (!isClass && bases !== undefined && bases.length > 0) {
    // A call extends nothing, so it says everything itself.
    writeObject({ ...root, object: { shape: mergedOf(object, writing.lookup), bases: [] }, path: inner }, writing);
    return;
  }
  use(['TypedDict', ...needed], writing);
  const type = { name, doc: documentation(root), bases: bases ?? [], fields };
  writing.texts.push(isClass ? classText(type) : callText(type));
  writing.defined.add(name);
}

function typeOf(shape: Shape, path: InnerPath, writing: Writing): TypeExpression {
  const context: Annotating = { ...writing, declare: (object, inner) => declareInline(object, inner, writing) };
  return quotePending(annotate(shape, path, context), (name) => isPending(name, writing));
}

function declareInline(object: Declared, path: InnerPath, writing: Writing): string {
  const name = writing.inlineNames.get(keyOf(path)) ?? '';
  const isThere = writing.defined.has(name) || writing.sideOf(name) !== undefined;
  const root = { name, doc: path.doc, facts: NO_FACTS, shape: object.shape, object, path };
  if (!isThere) writeObject(root, writing);
  return name;
}

/** Whether a name is defined further down. */
const isPending = (name: string, { defined, sideOf }: Writing): boolean =>
  !defined.has(name) && ['within', 'behind'].includes(sideOf(name) ?? '');

/** The bases that a class can have: all of them defined, and no key said twice, or else none. */
function findBases({ shape, bases }: Declared, writing: Writing): readonly string[] | undefined {
  const keys = shape.fields.map(({ key }) => key);
  for (const name of bases) {
    const base = writing.lookup(name);
    const isClass = base !== undefined && declaredOf(base, writing.lookup) !== undefined && !isPending(name, writing);
    if (!isClass) return undefined;
    keys.push(...(objectOf(base, writing.lookup)?.fields ?? []).map(({ key }) => key));
  }
  return new Set(keys).size === keys.length ? bases : undefined;
}
