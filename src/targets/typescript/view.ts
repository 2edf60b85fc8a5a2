/** Model in, the names and strings that templates print out. */
import path from 'node:path';
import type { Lookup } from '../../model/conforms.js';
import type { Message, Model, NamedType, Shape } from '../../model/model.js';
import type { Options, PackageOptions } from '../../options/options.js';
import { licenseText } from '../../render/license.js';
import { kebabCase } from '../../text/kebab.js';
import { indentLines } from '../../text/lines.js';
import { markdownBlock, markdownCode, markdownText } from '../../text/markdown.js';
import { keep } from '../keep.js';
import { type FieldView, fieldViews, titleOf } from '../readme.js';
import { declaredPart } from './example.js';
import { methodName } from './names.js';
import type { Declared } from './payload-types.js';
import { commentLines, docComment, expression, json } from './print.js';

/** What every template of the target sees. Every field is always there; empty means nothing to print. */
export interface View {
  /** `Worker Backend Client` */
  readonly title: string;
  /** One line of Markdown. */
  readonly description: string;
  readonly package: {
    readonly name: string;
    /** `@mesh-sync`, or `''`. */
    readonly scope: string;
    /** The key of `.npmrc` that says where the package is. */
    readonly registryKey: string;
  };
  /** Values of the manifest as JSON, `''` for what is unsaid. */
  readonly json: Readonly<Record<(typeof MANIFEST)[number], string>>;
  /** Where the package stands, from the folder around the output. */
  readonly folder: string;
  /** Name of the Docker image. */
  readonly image: string;
  /** Whether the package can be on GitHub Packages. */
  readonly github: boolean;
  readonly idempotency: string;
  readonly jobOptions: boolean;
  /** Whether there is a validator for each message. */
  readonly validators: boolean;
  /** Whether the type of an open object has its declared fields only. */
  readonly declaredOnly: boolean;
  readonly license: string;
  readonly markdown: { readonly license: string };
  readonly messages: readonly MessageView[];
  /** The messages whose result has a type. */
  readonly results: readonly MessageView[];
  /** Payload types, each message's followed by its own types, then the shared ones. */
  readonly declarations: readonly string[];
  readonly example: Readonly<Record<'type' | 'method' | 'constant' | 'payload' | 'payloadType', string>>;
}

export interface MessageView {
  readonly type: string;
  /** As a key of a type: `'file-download-request'`. */
  readonly key: string;
  readonly method: string;
  /** With its indentation and a line end behind. */
  readonly methodDoc: string;
  /** What stands between the method's name and its result type, in one line or in one for each. */
  readonly parameters: string;
  /** What the method hands on. */
  readonly arguments: string;
  readonly constant: string;
  readonly constantDoc: string;
  /** `FILE_DOWNLOAD_REQUEST: 'file-download-request',` */
  readonly constantEntry: string;
  readonly payloadType: string;
  /** Payload type of the result, or `''`. */
  readonly resultType: string;
  readonly deprecated: boolean;
  readonly anchor: string;
  readonly fields: readonly FieldView[];
  readonly markdown: { readonly type: string; readonly doc: string; readonly line: string; readonly queue: string };
}

const MANIFEST = [
  'name',
  'version',
  'description',
  'homepage',
  'repositoryUrl',
  'folder',
  'license',
  'author',
  'registry',
] as const;

/** Everything that becomes a declaration, in the order of the file. */
export const declaredTypes = ({ messages, sharedTypes }: Model): readonly Declared[] => [
  ...messages.flatMap((message) => [declaredMessage(message, NOTHING), ...message.types]),
  ...sharedTypes,
];

const declaredMessage = keep(({ payloadType, doc, facts, deprecated, payload }: Message): Declared => ({
  name: payloadType,
  doc,
  facts: { ...facts, deprecated },
  shape: payload,
}));
const NOTHING = (): null => null;

/**
 * Builds the view.
 *
 * @param model - the messages
 * @param declarations - source text by type name
 */
export function buildView(model: Model, declarations: ReadonlyMap<string, string>, options: Options): View {
  const { package: about, idempotency, jobOptions, openObjects, validators } = options;
  const lookup = shapesOf(model);
  const folder = `${path.basename(options.out)}/typescript`;
  const messages = messageViews(model, lookup);
  const scope = /^(@[^/]+)\//.exec(about.npm)?.[1] ?? '';
  return {
    title: titleOf(about.npm),
    description: markdownText(about.description),
    package: { name: about.npm, scope, registryKey: scope === '' ? 'registry' : `${scope}:registry` },
    json: manifest(about, folder),
    folder,
    image: `${kebabCase(about.pythonModule)}-typescript`,
    github: scope !== '' && /^[^:]+$/.test(about.repository) && about.repository !== '',
    idempotency,
    jobOptions,
    validators,
    declaredOnly: openObjects === 'declared',
    license: licenseText({ ...about, packageName: about.npm }),
    markdown: { license: markdownText(about.license) },
    messages,
    results: messages.filter(({ resultType }) => resultType !== ''),
    declarations: declaredTypes(model).map(({ name }) => declarations.get(name) ?? ''),
    example: exampleOf(model.exampleMessage, lookup),
  };
}

function manifest(about: PackageOptions, folder: string): View['json'] {
  const { npm, version, description, homepage, repository, license, author, registry } = about;
  const values = { name: npm, version, description, homepage, folder, license, author, registry };
  const repositoryUrl = repository === '' ? '' : gitUrl(repository);
  const said = Object.entries({ ...values, repositoryUrl }).map(([key, value]) => [key, value && json(value)]);
  return Object.fromEntries(said);
}

const gitUrl = (repository: string): string =>
  `git+${repository.startsWith('https:') ? repository : `https://github.com/${repository}.git`}`;

function shapesOf({ messages, sharedTypes }: Model): Lookup {
  const types: readonly NamedType[] = [...sharedTypes, ...messages.flatMap((message) => message.types)];
  const shapes = new Map<string, Shape>(types.map(({ name, shape }) => [name, shape]));
  for (const { payloadType, payload } of messages) shapes.set(payloadType, payload);
  return (name) => shapes.get(name);
}

function messageViews({ messages }: Model, lookup: Lookup): readonly MessageView[] {
  const payloadTypes = new Map(messages.map(({ type, payloadType }) => [type, payloadType]));
  return messages.map((message) => ({
    ...messageView(message, lookup),
    resultType: (message.result !== null && payloadTypes.get(message.result)) || '',
  }));
}

const messageView = keep((message: Message, lookup: Lookup): Omit<MessageView, 'resultType'> => ({
  type: message.type,
  key: message.words.length === 1 ? message.type : `'${message.type}'`,
  method: methodName(message.words),
  methodDoc: indentLines(methodDoc(message), '  '),
  ...methodLayout(message),
  constant: message.constant,
  constantDoc: message.deprecated ? '  /** @deprecated */\n' : '',
  constantEntry: constantEntry(message),
  payloadType: message.payloadType,
  deprecated: message.deprecated,
  anchor: message.type,
  fields: fieldViews(message.payload, lookup),
  markdown: {
    type: markdownText(message.type),
    doc: markdownBlock(message.doc),
    line: markdownText(message.doc),
    queue: message.queue === null ? '' : markdownCode(message.queue),
  },
}));

function methodDoc({ doc, type, deprecated }: Message): string {
  const words = commentLines(doc);
  const enqueues = `Enqueues \`${type}\`.`;
  return docComment([
    ...words,
    ...(words.length === 0 ? [] : ['']),
    enqueues,
    ...(deprecated ? ['', '@deprecated'] : []),
  ]);
}

/** A longer line is broken as Prettier breaks it. */
const WIDTH = 120;

function methodLayout({ words, type, constant, payloadType }: Message): Pick<MessageView, 'parameters' | 'arguments'> {
  const around = `  ${methodName(words)}(): Promise<JobResponse<'${type}'>> {`;
  const call = '    return this.sendToQueue();';
  return {
    parameters: listing([`data: ${payloadType}`, 'options?: SendOptions'], { around, indent: '  ' }),
    arguments: listing([`MessageTypes.${constant}`, 'data', 'options'], { around: call, indent: '    ' }),
  };
}

function listing(items: readonly string[], { around, indent }: { around: string; indent: string }): string {
  const line = items.join(', ');
  if (around.length + line.length <= WIDTH) return `(${line})`;
  return `(\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent})`;
}

function constantEntry({ constant, type }: Message): string {
  const line = `  ${constant}: '${type}',`;
  return line.length <= WIDTH ? line : `  ${constant}:\n    '${type}',`;
}

/** A literal may hold only what its type declares. */
const exampleOf = (
  { type, words, constant, payload, payloadType, examples }: Message,
  lookup: Lookup,
): View['example'] => ({
  type,
  method: methodName(words),
  constant,
  payloadType,
  payload: expression(declaredPart(examples[0] ?? null, payload, lookup)),
});
