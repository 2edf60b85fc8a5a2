/** The names of types: from file names, definition keys and pointers, the same whatever else is in the folder. */
import { createHash } from 'node:crypto';
import type { Path } from '../schemas/schema-file.js';
import { rowOf } from '../text/table.js';
import { pascalCase, splitWords } from '../text/words.js';

/** `file-download-request` gives `FileDownloadRequestMessage`. */
export const payloadTypeOf = (stem: string): string => `${sharedTypeOf(stem)}Message`;

/** `storage-location` gives `StorageLocation`. */
export const sharedTypeOf = (stem: string): string => pascalCase(splitWords(stem));

/** Longer names are cut, and told apart by what follows the underscore. */
const MAX_LENGTH = 120;

/**
 * The name of a type inside another: `FileDownloadRequestMessage` and `#/$defs/options` give
 * `FileDownloadRequestMessageOptions`.
 *
 * No name of one owner is ever a name of another: what stands behind the owner's last `Message` holds none, so
 * `Message` as a whole word is written `Msg` there.
 *
 * @param owner - name of the message's or shared file's type
 * @param path - steps from the root of its file
 */
export function innerTypeName(owner: string, path: Path): string {
  const inner = wordsOfPath(path)
    .join('')
    .replace(/Message(?![a-z])/g, 'Msg');
  if (inner === '') return distinctTypeName(`${owner}Type`, path);
  const name = owner + inner;
  return name.length <= MAX_LENGTH ? name : distinctTypeName(name.slice(0, Math.max(owner.length, MAX_LENGTH)), path);
}

/** A name that its path alone tells apart from its like: no other name has an underscore. */
export const distinctTypeName = (name: string, path: Path): string =>
  `${name}_${createHash('sha256').update(JSON.stringify(path)).digest('hex').slice(0, 8)}`;

/** Keywords whose next step is a name that somebody chose. */
const NAMING = new Set(['$defs', 'definitions', 'properties', 'dependentSchemas', 'dependencies']);

/** Keywords that read as a word of their own in a name. */
const WORDS: Readonly<Record<string, string>> = {
  items: 'Item',
  prefixItems: 'Item',
  additionalItems: 'Rest',
  unevaluatedItems: 'Rest',
  additionalProperties: 'Value',
  unevaluatedProperties: 'Value',
  patternProperties: 'Value',
};

function wordsOfPath(path: Path): string[] {
  const words: string[] = [];
  for (let index = 0; index < path.length; index += 1) {
    const step = path[index] ?? '';
    if (NAMING.has(step) && index + 1 < path.length) {
      index += 1;
      words.push(typeWord(path[index] ?? ''));
    } else words.push(rowOf(WORDS, step) ?? typeWord(step));
  }
  return words;
}

/** Any text as part of a PascalCase name: `größe-2d` gives `Groe2d`; `''` when no letter or digit of ASCII is in it. */
export const typeWord = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
