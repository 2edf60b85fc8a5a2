/** From a path inside a JSON text to its line and column, and what only the text shows: keys and numbers as they stand. */
import { type Node, parseTree, visit } from 'jsonc-parser';
import type { Place } from '../report/diagnostic.js';
import { type Path, pointerOf } from './schema-file.js';

/** A JSON text that places can be looked up in. The syntax tree and the lines are made on the first question. */
export interface LocatedText {
  readonly path: string;
  readonly text: string;
  /** `null`: the text is nested too deep for a tree. */
  tree?: Node | null;
  lineStarts?: readonly number[];
}

/**
 * The place of a value, or of its nearest ancestor when the path leads nowhere.
 *
 * @param part - `key` points at the property name in front of the value
 */
export function placeIn(located: LocatedText, path: Path, part: 'key' | 'value' = 'value'): Place {
  located.tree ??= isTooDeep(located.text) ? null : (parseTree(located.text) ?? null);
  const pointer = path.length === 0 ? {} : { pointer: pointerOf(path) };
  if (located.tree === null) return { ...placeAt(located, Math.max(0, located.text.search(/\S/))), ...pointer };
  const node = nearestNode(located.tree, path, part);
  return { ...placeAt(located, node.offset), ...pointer };
}

/** The place of an offset, counted in UTF-16 code units from 0. */
export function placeAt(located: LocatedText, offset: number): Place {
  const { path, text } = located;
  located.lineStarts ??= findLineStarts(text);
  const line = lineOf(located.lineStarts, offset);
  const start = located.lineStarts[line - 1] ?? 0;
  const end = located.lineStarts[line] ?? text.length + 1;
  const sourceLine = text.slice(start, Math.min(end - 1, start + MAX_LINE)).replace(/\r$/, '');
  return { file: path, line, column: offset - start + 1, sourceLine };
}

/** Of a file in one line, what a code frame can show. */
const MAX_LINE = 100_000;

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The line of an offset, counted from 1: the last one that starts at or before it. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

function nearestNode(tree: Node, path: Path, part: 'key' | 'value'): Node {
  let node = tree;
  for (const step of path) {
    const next = childrenOf(node).get(step);
    if (next === undefined) return node;
    node = next;
  }
  const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  return part === 'key' && key !== undefined ? key : node;
}

const known = new WeakMap<Node, ReadonlyMap<string, Node>>();

/** The values in an object or array by key or index, found once however often they are asked for. */
function childrenOf(node: Node): ReadonlyMap<string, Node> {
  const before = known.get(node);
  if (before !== undefined) return before;
  const children = node.children ?? [];
  const found =
    node.type === 'array'
      ? children.map((child, index) => [String(index), child] as const)
      : children.flatMap(({ children: [key, value] = [] }) =>
          key === undefined || value === undefined ? [] : [[String(key.value), value] as const],
        );
  known.set(node, new Map(found));
  return new Map(found);
}

/** Whether the text has more keys than the value that was parsed from it, that is: some key stands twice. */
export const hasMoreKeysThan = (text: string, keyCount: number): boolean => scan(text).keys > keyCount;

/** Whether a text is nested deeper than parsers that work by recursion can go. */
export const isTooDeep = (text: string): boolean => scan(text).depth > MAX_DEPTH;

const MAX_DEPTH = 1_000;

/** How many keys a JSON text has, and how deep it is nested. Of a text that is no JSON, about that. */
function scan(text: string): { readonly keys: number; readonly depth: number } {
  let [keys, depth, open] = [0, 0, 0];
  const signs = /["[\]{}:]/g;
  for (let found = signs.exec(text); found !== null; found = signs.exec(text)) {
    const sign = found[0];
    if (sign === '"') signs.lastIndex = endOfString(text, found.index);
    else if (sign === ':') keys += 1;
    else open += sign === '[' || sign === '{' ? 1 : -1;
    depth = Math.max(depth, open);
  }
  return { keys, depth };
}

/** The offset behind the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Every key that stands again in its object: the object's path, the key, and the offsets of first and repeat. */
export function duplicateKeys(text: string): { path: Path; key: string; first: number; offset: number }[] {
  const found: { path: Path; key: string; first: number; offset: number }[] = [];
  const open: Map<string, number>[] = [];
  visit(text, {
    onObjectBegin: () => void open.push(new Map()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key, offset, _length, _line, _column, pathSupplier) => {
      const keys = open.at(-1);
      const first = keys?.get(key);
      if (first !== undefined) found.push({ path: pathSupplier().map(String), key, first, offset });
      else keys?.set(key, offset);
    },
  });
  return found;
}

/** Numbers that the parsed value does not hold as they stand: too large, or with more digits than are kept. */
export function lostNumbers(
  text: string,
): { readonly offset: number; readonly written: string; readonly value: number }[] {
  if (!/\d{16}|[eE]\+?\d{3}/.test(text)) return [];
  const found: { offset: number; written: string; value: number }[] = [];
  visit(text, {
    onLiteralValue: (value: unknown, offset, length) => {
      if (typeof value !== 'number') return;
      const written = text.slice(offset, offset + length);
      if (!Number.isFinite(value) || !isKept(written, value)) found.push({ offset, written, value });
    },
  });
  return found;
}

/** Whole numbers are kept when they print as they were written; fractions are rounded by everybody. */
const isKept = (written: string, value: number): boolean =>
  !/^-?\d+$/.test(written) || Number.isSafeInteger(value) || BigInt(value) === BigInt(written);
