/** Model in, the names and strings that templates print out. */
import path from 'node:path';
import type { JsonValue, Message, Model } from '../../model/model.js';
import type { Options, PackageOptions } from '../../options/options.js';
import { licenseText } from '../../render/license.js';
import { kebabCase } from '../../text/kebab.js';
import { markdownText } from '../../text/markdown.js';
import { titleOf } from '../readme.js';
import { importLines, sortExports } from './imports.js';
import { type Manifest, manifestOf, repositoryUrl } from './manifest.js';
import { type MessageView, messageView } from './message-view.js';
import { EXPORTS, methodName, TYPING } from './names.js';
import type { Lookup } from './objects.js';
import { printPayloadTypes, type TypeGroup } from './payload-types.js';
import { stringLiteral } from './print.js';
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
  readonly about: { readonly package: string; readonly idempotency: string; readonly jobOptions: boolean };
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
  /** Import lines of `types.py`, `client.py` (two), `worker.py` and `__init__.py`, as far as they depend on the messages. */
  readonly imports: Readonly<Record<'types' | 'typing' | 'client' | 'worker' | 'package', string>>;
  /** Names that the module exports, as strings. */
  readonly exports: readonly string[];
  /** Source text of each payload type. */
  readonly types: readonly string[];
  readonly example: ExampleView;
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
  const { package: about, openObjects, idempotency, jobOptions } = options;
  const groups = printPayloadTypes(model, openObjects === 'index-signature');
  const lookup = lookupOf(model);
  const payloadTypes = model.messages.map(({ payloadType }) => payloadType);
  return {
    title: titleOf(about.npm),
    description: markdownText(about.description),
    pypi: about.pypi,
    module: about.pythonModule,
    toml: manifestOf(about),
    hasUrls: about.homepage !== '' || about.repository !== '',
    about: { package: stringLiteral(about.pypi), idempotency: stringLiteral(idempotency), jobOptions },
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
    imports: importsOf(model, groups),
    exports: sortExports([...EXPORTS, ...payloadTypes]).map(stringLiteral),
    types: groups.flatMap(({ texts }) => texts),
    example: exampleOf(model.exampleMessage, lookup),
  };
}

/** As far as they depend on the messages. */
function importsOf({ messages }: Model, groups: readonly TypeGroup[]): View['imports'] {
  const used = new Set(['Final', 'Literal', 'TypeAlias', ...groups.flatMap(({ uses }) => [...uses])]);
  const mapping = used.has('Mapping') ? 'from collections.abc import Mapping\n' : '';
  const typing = [
    ...(messages.some(({ deprecated }) => deprecated) ? ['TYPE_CHECKING'] : []),
    ...(messages.length > 1 ? ['overload'] : []),
  ];
  const payloadTypes = messages.map(({ payloadType }) => payloadType);
  return {
    types:
      mapping +
      importLines(
        'typing',
        TYPING.filter((name) => used.has(name)),
      ),
    typing: importLines('typing', ['Literal', 'Unpack', ...typing]),
    client: importLines('.types', [...payloadTypes, 'MessageTypes']),
    worker: importLines('.types', payloadTypes),
    package: importLines('.types', [...payloadTypes, 'MessageType', 'MessageTypes']),
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

const STEP = '    ';

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
