/** The names of types that have none of their own: objects within objects, named by the path to them. */
import { createHash } from 'node:crypto';
import type { Field } from '../../model/model.js';
import { typeWord } from '../../model/names.js';
import type { ObjectShape } from './objects.js';
import { isName } from './print.js';

/** The way from a named type to a place in it. Read step by step: most places need no name. */
export interface InnerPath {
  /** Name of the type that it starts from. */
  readonly owner: string;
  /** The way to the place that this one is in; `null` for the type itself. */
  readonly outer: InnerPath | null;
  /** The last step. No two places have the same steps. */
  readonly step: string;
  /** What the schema says of the place. */
  readonly doc: string;
  /** Names of the types that the objects around the place extend. */
  readonly extended: readonly string[];
}

export const pathOf = (owner: string): InnerPath => ({ owner, outer: null, step: '', doc: '', extended: [] });

/** One step further, to the items of a list or the values of a map. */
export const into = (outer: InnerPath, word: string): InnerPath => ({
  owner: outer.owner,
  outer,
  step: word,
  doc: '',
  extended: outer.extended,
});

export const intoField = (outer: InnerPath, { key, doc }: Field): InnerPath => ({
  owner: outer.owner,
  outer,
  step: `.${key}`,
  doc,
  extended: outer.extended,
});

/** To a member of a union. Its word is `''` where nothing needs to tell it apart. */
export const intoMember = (outer: InnerPath, index: number, word: string): InnerPath => ({
  owner: outer.owner,
  outer,
  step: `|${index}:${word}`,
  doc: outer.doc,
  extended: outer.extended,
});

/** The same place, inside an object that extends others. */
export const extending = (path: InnerPath, bases: readonly string[]): InnerPath =>
  bases.length === 0 ? path : { ...path, extended: [...path.extended, ...bases] };

const POSITIONS = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth'];

export const intoPosition = (path: InnerPath, index: number): InnerPath =>
  into(path, POSITIONS[index] ?? `Item${index + 1}`);

/** A key as part of a name: letters of other scripts stay where there are no others. */
const wordOf = (key: string): string =>
  typeWord(key) ||
  Array.from(key.normalize('NFKC'))
    .filter((sign) => sign !== '_' && isName(sign))
    .join('');

function stepsOf(path: InnerPath): readonly string[] {
  const steps: string[] = [];
  for (let at = path; at.outer !== null; at = at.outer) steps.push(at.step);
  return steps.toReversed();
}

/** `''` among them: a key that has no letter to show. */
const wordsOf = (path: InnerPath): readonly string[] =>
  stepsOf(path).flatMap((step) => {
    if (step.startsWith('.')) return [wordOf(step.slice(1))];
    if (!step.startsWith('|')) return [step];
    const word = step.slice(step.indexOf(':') + 1);
    return word === '' ? [] : [word];
  });

/** Whether something stands between a type and a place in it that gives the place a name of its own. */
export const isAtRoot = (path: InnerPath): boolean => wordsOf(path).length === 0;

export const keyOf = (path: InnerPath): string => JSON.stringify([path.owner, ...stepsOf(path)]);

/** Longer names are cut, as those of the model are. */
const MAX_LENGTH = 120;

/**
 * Names every path: its words behind its owner's name. Where two come to one name, or to that of another type,
 * underscores show where the words part, and where that is not enough, the path itself tells them apart.
 *
 * @param paths - all that stand in types of one message, or all of shared types
 * @param taken - names of types that have one of their own
 * @returns names by `keyOf`
 */
export function nameInlineTypes(
  paths: readonly InnerPath[],
  taken: { has(name: string): boolean },
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  let left = paths;
  for (const spell of [joined, divided, distinct]) {
    const counts = new Map<string, number>();
    for (const path of left) counts.set(spell(path), (counts.get(spell(path)) ?? 0) + 1);
    const isFree = (path: InnerPath): boolean => {
      const name = spell(path);
      return !wordsOf(path).includes('') && counts.get(name) === 1 && name.length <= MAX_LENGTH && !taken.has(name);
    };
    for (const path of left) if (spell === distinct || isFree(path)) names.set(keyOf(path), spell(path));
    left = left.filter((path) => !names.has(keyOf(path)));
  }
  return names;
}

/**
 * A name in which `Message` stands before the path and nowhere in it belongs to one message only: the model spells
 * its names by the same rule.
 */
export const joined = (path: InnerPath): string => path.owner + withoutMessage(wordsOf(path).join(''));

const divided = (path: InnerPath): string => [path.owner, ...wordsOf(path).map(withoutMessage)].join('_');

const withoutMessage = (words: string): string => words.replace(/Message(?![a-z])/g, 'Msg');

const distinct = (path: InnerPath): string =>
  `${joined(path).slice(0, MAX_LENGTH)}_${createHash('sha256').update(keyOf(path)).digest('hex').slice(0, 8)}`;

/**
 * The words that tell the objects of a union apart: the value of a field that is another constant in each, else
 * the fields that only one of them requires.
 */
export function memberWords(objects: readonly ObjectShape[]): readonly string[] {
  if (objects.length < 2) return objects.map(() => '');
  return byConstant(objects) ?? objects.map((object) => ownFields(object, objects));
}

function byConstant(objects: readonly ObjectShape[]): readonly string[] | undefined {
  for (const { key } of objects[0]?.fields ?? []) {
    const words = objects.map((object) => constantWord(object, key));
    if (words.every((word) => word !== '') && new Set(words).size === words.length) return words;
  }
  return undefined;
}

function constantWord({ fields }: ObjectShape, name: string): string {
  const shape = fields.find(({ key }) => key === name)?.shape;
  const [value, ...others] = shape?.kind === 'literal' ? shape.values : [];
  return others.length > 0 || value === null || typeof value === 'object' ? '' : wordOf(String(value ?? ''));
}

function ownFields(object: ObjectShape, all: readonly ObjectShape[]): string {
  const isOwn = (name: string): boolean =>
    all.every((other) => other === object || !other.fields.some(({ key, required }) => key === name && required));
  const [first, second] = object.fields
    .filter(({ key, required }) => required && isOwn(key))
    .map(({ key }) => wordOf(key));
  return first === undefined ? '' : `With${first}${second === undefined ? '' : `And${second}`}`;
}
