/** Payload types as source text: shapes through json-schema-to-typescript and Prettier, one declaration each. */
import { compile, type Options as Settings } from 'json-schema-to-typescript';
import type { Facts, Shape } from '../../model/model.js';
import { formatDeclaration } from '../../render/format.js';
import { visibleJson } from '../../text/visible.js';
import { type CoreContext, coreSchema, type CoreSchema } from './core-schema.js';
import { docOf } from './doc-comment.js';

/** A type to declare. */
export interface Declared {
  readonly name: string;
  readonly doc: string;
  readonly facts: Facts;
  readonly shape: Shape;
}

type OpenObjects = CoreContext['openObjects'];

/** Nothing of the disk, nothing of the network, no words of its own. */
const SETTINGS: Partial<Settings> = {
  additionalProperties: false,
  bannerComment: '',
  cwd: '/',
  declareExternallyReferenced: false,
  format: false,
  ignoreMinAndMaxItems: true,
  $refOptions: { resolve: { external: false } },
};

/** The library would rewrite a real name (`V3d` to `V3D`), so it gets this one, and we print the real one. */
const NAME = 'Payload';
const INTERFACE = `export interface ${NAME} `;
const ALIAS = `export type ${NAME} = `;

/** Declarations of earlier runs, so that a changed schema costs no more than itself. */
const printed: Readonly<Record<OpenObjects, WeakMap<Declared, string>>> = {
  declared: new WeakMap(),
  'index-signature': new WeakMap(),
};

/**
 * Prints declarations.
 *
 * @param types - what to declare, in any order
 * @param openObjects - what becomes of an object that says nothing of other keys
 * @returns by name: `export interface …` or `export type …`, formatted, with its doc comment and no line end behind
 */
export async function printTypes(
  types: readonly Declared[],
  openObjects: OpenObjects,
): Promise<ReadonlyMap<string, string>> {
  const declarations = new Map<string, string>();
  // One after the other: what the library makes of a schema is garbage before the next one comes.
  for (const declared of types) {
    const text = printed[openObjects].get(declared) ?? (await declare(declared, openObjects));
    printed[openObjects].set(declared, text);
    declarations.set(declared.name, text);
  }
  return declarations;
}

async function declare(declared: Declared, openObjects: OpenObjects): Promise<string> {
  const text = await print(await coreSchema(declared.shape, { print: printType, openObjects }));
  const { name } = declared;
  const declaration = text.startsWith(INTERFACE)
    ? `export interface ${name} ${text.slice(INTERFACE.length)}`
    : `export type ${name} = ${text.slice(ALIAS.length)}`;
  return formatDeclaration(docOf(declared) + declaration.trimEnd());
}

/** A schema as a type without a name. */
async function printType(schema: CoreSchema): Promise<string> {
  const text = await print(schema);
  return text.slice((text.startsWith(INTERFACE) ? INTERFACE : ALIAS).length).trimEnd();
}

async function print(schema: CoreSchema): Promise<string> {
  const text = await compile(schema, NAME, SETTINGS);
  return shortenComments(visibleJson(text)).replace(MASKED, '$1').replace(INDEX_SIGNATURE, '[key: string]: ');
}

/** A key that `maskKey` masked; nothing else stands so at the start of a line. */
const MASKED = /^"\\u0000(\w+)"(?=\??: )/gm;

/** The library's name for a key says too little. Nothing else stands so at the start of a line. */
const INDEX_SIGNATURE = /^\[k: string\]: /gm;

/** A comment of one line on one line; the stars inside of a longer one are not at the start of a line. */
const shortenComments = (text: string): string => text.replace(/^\/\*\*\n \* (.{1,100})\n \*\/$/gm, '/** $1 */');
