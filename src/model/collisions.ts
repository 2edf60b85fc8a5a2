/** Finds names that two messages or types would share, and names that belong to the client. */
import type { Place } from '../report/diagnostic.js';
import type { Report } from '../report/report.js';
import type { SchemaFile } from '../schemas/schema-file.js';
import { camelCase, splitWords } from '../text/words.js';
import { payloadTypeOf } from './names.js';
import type { NamedPlace } from './places.js';

export interface NameRules {
  /** Type names that the client or a language uses itself. */
  readonly reservedTypes: ReadonlySet<string>;
  /** Message types whose method gets the word `message` behind. */
  readonly reservedMethods: ReadonlySet<string>;
}

interface Claim {
  readonly name: string;
  readonly at: Place;
}

/**
 * @param messages - all message files, also those of one name
 * @param places - all named places, also those of one name
 * @param report - takes `message/name-collision` and `message/reserved-name`
 */
export function reportCollisions(
  { messages, places }: { readonly messages: readonly SchemaFile[]; readonly places: readonly NamedPlace[] },
  rules: NameRules,
  report: Report,
): void {
  const inner = places.filter(({ file, path }) => !file.isMessage || path.length > 0);
  const types = [
    ...messages.map((file): Claim => ({ name: payloadTypeOf(file.stem), at: { file: file.path } })),
    ...inner.map((place): Claim => ({ name: place.name, at: placeOf(place) })),
  ];
  for (const claims of sharedNames(types)) {
    report.add('message/name-collision', {
      message: `${countOf(claims)} share the type name ${claims[0]?.name ?? ''}`,
      at: claims.map(({ at }) => at),
      help: 'rename one of the files; type names come from file names, without the hyphens',
    });
  }
  const typeNames = new Set(sharedNames(types).map((claims) => claims[0]?.name));
  const methods = messages
    .filter(({ stem }) => !typeNames.has(payloadTypeOf(stem)))
    .map((file): Claim => ({ name: methodOf(file.stem, rules), at: { file: file.path } }));
  for (const claims of sharedNames(methods)) {
    report.add('message/name-collision', {
      message: `${countOf(claims)} share the method name ${claims[0]?.name ?? ''}`,
      at: claims.map(({ at }) => at),
      help: 'rename one of the files; a method that the client has already gets the word Message behind',
    });
  }
  reportReserved(types, rules, report);
}

/** The method of a message in camelCase; it tells apart whatever any other case tells apart. */
const methodOf = (stem: string, { reservedMethods }: NameRules): string =>
  camelCase(splitWords(reservedMethods.has(stem) ? `${stem}-message` : stem));

function sharedNames(claims: readonly Claim[]): readonly (readonly Claim[])[] {
  const byName = new Map<string, Claim[]>();
  for (const claim of claims) {
    const same = byName.get(claim.name);
    if (same === undefined) byName.set(claim.name, [claim]);
    else same.push(claim);
  }
  return [...byName.values()].filter((same) => same.length > 1);
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const countOf = (claims: readonly Claim[]): string => `${NUMBERS[claims.length] ?? claims.length} schemas`;

function reportReserved(claims: readonly Claim[], { reservedTypes }: NameRules, report: Report): void {
  for (const { name, at } of claims) {
    if (!reservedTypes.has(name)) continue;
    report.add('message/reserved-name', {
      message: `the type name ${name} belongs to the client itself`,
      at,
      help: at.pointer === undefined ? 'rename the file' : 'rename the definition',
    });
  }
}

/** A whole file has no line of its own. */
const placeOf = ({ file, path }: NamedPlace): Place =>
  path.length === 0 ? { file: file.path } : file.place(path, 'key');
