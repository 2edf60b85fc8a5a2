/** Where a config value stands in its JSON file. Loaded only when something is wrong there. */
import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Place } from '../report/diagnostic.js';

export interface ConfigText {
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly text: string;
}

export interface ConfigSpot {
  /** From the file's root. */
  readonly steps: readonly string[];
  readonly part: 'key' | 'value';
}

/** The place of a value or its key; of the whole file, when it is not there. */
export function placeOf(config: ConfigText, { steps, part }: ConfigSpot): Place {
  const pointer = `#${steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
  const tree = parseTree(config.text);
  const node = tree === undefined ? undefined : nodeAt(tree, steps);
  if (node === undefined) return { file: config.file };
  const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  return { ...placeAt(config, (part === 'key' ? key : undefined)?.offset ?? node.offset), pointer };
}

/** The place of an offset, counted in UTF-16 code units from 0. */
export function placeAt({ file, text }: ConfigText, offset: number): Place {
  const lines = text.slice(0, offset).split('\n');
  const column = (lines.at(-1)?.length ?? 0) + 1;
  const start = offset - column + 1;
  const sourceLine = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  return { file, line: lines.length, column, sourceLine };
}

/** The first fault of a text that is no JSON, or its start. */
export function syntaxPlace(config: ConfigText): Place {
  const errors: ParseError[] = [];
  parseTree(config.text, errors, { disallowComments: true, allowTrailingComma: false });
  return placeAt(config, errors[0]?.offset ?? 0);
}

function nodeAt(tree: Node, steps: readonly string[]): Node | undefined {
  let node: Node | undefined = tree;
  for (const step of steps) {
    if (node === undefined) return undefined;
    node = findNodeAtLocation(node, [node.type === 'array' ? Number(step) : step]);
  }
  return node;
}
