/** Model in, the names and strings that templates print out. */
import path from 'node:path';
import type { JsonValue, Message, Model, Shape } from '../../model/model.js';
import type { Options, PackageOptions } from '../../options/options.js';
import { licenseText } from '../../render/license.js';
import { kebabCase } from '../../text/kebab.js';
import { markdownBlock, markdownCode, markdownText } from '../../text/markdown.js';
import { type Ask, keep } from '../keep.js';
import { type FieldView, fieldViews, titleOf } from '../readme.js';
import { importLines, sortExports } from './imports.js';
import { assignment, bracketed, dictEntry, exploded, name, parameter, subscript } from './layout.js';
import { type Manifest, manifestOf, repositoryUrl } from './manifest.js';
import { EXPORTS, methodName, TYPING } from './names.js';
import type { Lookup } from './objects.js';
import { printPayloadTypes } from './payload-types.js';
import { docLines, docstring, stringLiteral } from './print.js';
import { tuplesIn } from './tuples.js';
import { callLines, valueLines } from './values.js';

/** What every template of the target sees. Every field is always there; empty means nothing to print. */
export interface View {
  /** `Worker Backend Client` */
  readonly title: string;
  /** One line of Markdown. */
  readonly description: string;
  /** Name of the package for pip, and of its module for Python. */
  readonly pypi: string;
  readonly module: string;
  /** Values of `pyproject.toml`. */
  readonly toml: Manifest;
  readonly hasUrls: boolean;
  /** What `About` is told. */
  readonly about: { readonly package: string; readonly idempotency: string };
  /** Where the package stands, from the folder around the output. */
  readonly folder: string;
  /** URL that `git clone` takes, or `''`. */
  readonly repository: string;
  readonly isOnGithub: boolean;
  /** Name of the Docker image. */
  readonly image: string;
  readonly license: string;
  readonly markdown: { readonly license: string };
  readonly messages: readonly MessageView[];
  /** Whether there are several messages: `overload` knows none alone, and a comma behind one would make a tuple. */
  readonly isOverloaded: boolean;
  /** Whether a message is deprecated. */
  readonly isDeprecating: boolean;
  /** Whether the types of open objects let other keys be written out. */
  readonly openObjects: boolean;
  /** Import lines of `types.py`, `client.py`, `worker.py` and `__init__.py`, as far as they depend on the messages. */
  readonly imports: Readonly<Record<'types' | 'client' | 'worker' | 'package', string>>;
  /** Names that the module exports, as strings. */
  readonly exports: readonly string[];
  /** Source text of each payload type. */
  readonly types: readonly string[];
  readonly example: ExampleView;
}

export interface MessageView {
  readonly type: string;
  /** The type as a string. */
  readonly literal: string;
  readonly method: string;
  readonly payloadType: string;
  /** `FILE_DOWNLOAD_REQUEST: Final = "file-download-request"` */
  readonly constant: string;
  readonly doc: string;
  readonly blocking: MethodView;
  readonly async: MethodView;
  /** `"file-download-request": Callable[…],` */
  readonly handler: string;
  readonly deprecated: boolean;
  /** What a type checker says of it, as a string. */
  readonly deprecation: string;
  readonly fields: readonly FieldView[];
  /** Payload type of the result, or `''`. */
  readonly resultType: string;
  readonly markdown: { readonly doc: string; readonly line: string; readonly queue: string };
}

/** A method of one of the two clients, laid out for the body of a class. */
export interface MethodView {
  /** `def file_download_request(…) -> JobResponse:` */
  readonly signature: string;
  /** `return self.send_to_queue(…)` */
  readonly body: string;
  /** `def send_to_queue(…) -> JobResponse: ...` */
  readonly overload: string;
}

/** Calls of a client, laid out for three depths: a module, the body of a `with`, and that of one in a function. */
export interface ExampleView {
  readonly call: string;
  readonly indentedCall: string;
  readonly nestedCall: string;
  readonly queueCall: string;
  readonly constant: string;
  /** The message type as a string. */
  readonly literal: string;
  readonly payload: string;
  readonly payloadType: string;
}

/** Builds the view. */
export function buildView(model: Model, options: Options): View {
  const { package: about, openObjects, idempotency } = options;
  const groups = printPayloadTypes(model, openObjects === 'index-signature');
  const used = new Set(['Final', 'Literal', 'TypeAlias', ...groups.flatMap(({ uses }) => [...uses])]);
  const lookup = lookupOf(model);
  const payloadTypes = model.messages.map(({ payloadType }) => payloadType);
  return {
    title: titleOf(about.npm),
    description: markdownText(about.description),
    pypi: about.pypi,
    module: about.pythonModule,
    toml: manifestOf(about),
    hasUrls: about.homepage !== '' || about.repository !== '',
    about: { package: stringLiteral(about.pypi), idempotency: stringLiteral(idempotency) },
    folder: `${path.basename(options.out)}/python`,
    repository: cloneUrl(about),
    isOnGithub: repositoryUrl(about).startsWith('https://github.com/'),
    image: `${kebabCase(about.pythonModule)}-python`,
    license: licenseText({ ...about, packageName: about.pypi }),
    markdown: { license: markdownText(about.license) },
    messages: messageViews(model, lookup),
    isOverloaded: model.messages.length > 1,
    isDeprecating: model.messages.some(({ deprecated }) => deprecated),
    openObjects: openObjects === 'index-signature',
    imports: {
      types:
        (used.has('Mapping') ? 'from collections.abc import Mapping\n' : '') +
        importLines(
          'typing',
          TYPING.filter((one) => used.has(one)),
        ),
      client: importLines('.types', [...payloadTypes, 'MessageTypes']),
      worker: importLines('.types', payloadTypes),
      package: importLines('.types', [...payloadTypes, 'MessageType', 'MessageTypes']),
    },
    exports: sortExports([...EXPORTS, ...payloadTypes]).map(stringLiteral),
    types: groups.flatMap(({ texts }) => texts),
    example: exampleOf(model.exampleMessage, lookup),
  };
}

const cloneUrl = (about: PackageOptions): string => {
  const url = repositoryUrl(about);
  return url === '' || url.endsWith('.git') ? url : `${url}.git`;
};

function lookupOf({ messages, sharedTypes }: Model): Lookup {
  const types = [...sharedTypes, ...messages.flatMap((message) => message.types)];
  const shapes = new Map(types.map(({ name, shape }) => [name, shape]));
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

const messageView = keep((message: Message, lookup: Ask<Shape | undefined>): Omit<MessageView, 'resultType'> => ({
  type: message.type,
  literal: stringLiteral(message.type),
  method: methodName(message.words),
  payloadType: message.payloadType,
  constant: constantText(message),
  doc: docstring(methodDoc(message), STEP + STEP),
  blocking: methodView(message, false),
  async: methodView(message, true),
  handler: handlerText(message),
  deprecated: message.deprecated,
  deprecation: stringLiteral(`${message.type} is deprecated`),
  fields: fieldViews(message.payload, lookup),
  markdown: {
    doc: markdownBlock(message.doc),
    line: markdownText(message.doc),
    queue: message.queue === null ? '' : markdownCode(message.queue),
  },
}));

const STEP = '    ';

const constantText = ({ constant, type, deprecated }: Message): string =>
  assignment(`${constant}: Final`, name(stringLiteral(type)), STEP) +
  (deprecated ? docstring(['Deprecated.'], STEP) : '');

function methodView({ words, type, payloadType, constant }: Message, isAsync: boolean): MethodView {
  const [def, wait] = isAsync ? ['async def', 'await '] : ['def', ''];
  const options = '**options: Unpack[SendOptions]';
  const body = {
    before: `return ${wait}self.send_to_queue(`,
    parts: [`MessageTypes.${constant}`, 'data', '**options'],
    after: ')',
  };
  const messageType = parameter('message_type', subscript('Literal', [name(stringLiteral(type))]), STEP + STEP);
  const overload = ['self', messageType, `payload: ${payloadType}`, options];
  const signature = ['self', `data: ${payloadType}`, options];
  const after = ') -> JobResponse:';
  return {
    signature: bracketed({ before: `${def} ${methodName(words)}(`, parts: signature, after }, STEP),
    body: bracketed(body, STEP + STEP),
    overload: exploded({ before: `${def} send_to_queue(`, parts: overload, after: `${after} ...` }, STEP),
  };
}

/** What a worker does with a message. */
function handlerText({ type, payloadType }: Message): string {
  const parameters = name(`[${payloadType}, Job]`);
  return dictEntry(stringLiteral(type), subscript('Callable', [parameters, name('object')]), STEP + STEP);
}

function methodDoc({ doc, type, deprecated }: Message): readonly string[] {
  const paragraphs = [docLines(doc), [`Enqueues \`${type}\`.`], deprecated ? ['Deprecated.'] : []];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function exampleOf({ type, words, constant, payloadType, payload, examples }: Message, lookup: Lookup): ExampleView {
  const value: JsonValue = examples[0] ?? {};
  const written = { value, tuples: tuplesIn(value, payload, lookup) };
  const method = `client.${methodName(words)}`;
  return {
    call: callLines(method, written, ''),
    indentedCall: callLines(method, written, STEP),
    nestedCall: callLines(method, written, STEP + STEP),
    constant,
    literal: stringLiteral(type),
    payload: valueLines(written, ''),
    payloadType,
    queueCall: callLines('client.send_to_queue', { first: `MessageTypes.${constant}`, ...written }, STEP),
  };
}
