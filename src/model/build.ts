/** Resolved schemas in, the frozen message model out: names, order, collisions. */
import type { Report } from '../report/report.js';
import type { References, ResolvedSchemas } from '../schemas/resolve.js';
import type { SchemaFile } from '../schemas/schema-file.js';
import { isObject, type JsonValue, ownValue } from '../text/json.js';
import { isMessageType } from '../text/kebab.js';
import { nearest } from '../text/nearest.js';
import { constantCase, splitWords } from '../text/words.js';
import { type BundleContext, bundleSchema } from './bundle.js';
import { type ConfigNames, reportUnknownMessages } from './config-names.js';
import { type NameRules, reportCollisions } from './collisions.js';
import type { Lookup } from './conforms.js';
import { checkExamples } from './examples.js';
import { NO_FACTS, readDoc, readFacts } from './facts.js';
import { openKept } from './kept.js';
import type { Message, Model, NamedType, Shape } from './model.js';
import { payloadTypeOf } from './names.js';
import { buildTypes, type NamingContext } from './named-types.js';
import { findPlaces, type NamedPlace } from './places.js';
import { closures, namesWithin, readShapes } from './read-shapes.js';

/** What the model needs to know beside the schemas. */
export interface Naming extends NameRules, ConfigNames {}

interface Building extends NamingContext {
  readonly bundling: BundleContext;
  readonly lookup: Lookup;
  readonly report: Report;
}

/**
 * Builds the model. Whatever is wrong is reported, and the rest is built.
 *
 * @param resolved - all files with their references
 * @param naming - reserved names of all targets that are rendered, and what the config says of messages
 * @param report - takes `message/*`, `config/unknown-message` and `schema/invalid-example` findings
 */
export function buildModel(resolved: ResolvedSchemas, naming: Naming, report: Report): Model {
  const { files } = resolved;
  const named = files.filter(({ isMessage }) => isMessage).toSorted((a, b) => (a.stem < b.stem ? -1 : 1));
  const messageFiles = named.filter(({ isBroken }) => !isBroken);
  const places = findPlaces(resolved);
  const examples = checkExamples(resolved, report);
  const kept = openKept(places, resolved);
  const shapes = readShapes(places, resolved, examples, ({ file, name }) => kept.of(file)?.shapes.get(name));
  const closureOf = closures((name) => namesWithin(places.byName.get(name), places, resolved));
  reportCollisions({ messages: messageFiles, places: [...places.bySchema.values()] }, naming, report);
  const building: Building = {
    files: new Map(named.map((file) => [file.stem, file])),
    places,
    shapes,
    bundling: { places, references: resolved, closureOf },
    examples,
    kept,
    lookup: (name) => shapes.get(name),
    report,
  };
  const types = buildTypes(building);
  const messages = buildMessages(messageFiles, types, building);
  const shared = [...types].filter(([file]) => !file.isMessage).flatMap(([, ofFile]) => ofFile);
  reportUnknownMessages([...building.files.keys()], naming, report);
  return Object.freeze({
    messages: Object.freeze(messages),
    sharedTypes: Object.freeze(shared.toSorted((a, b) => (a.name < b.name ? -1 : 1))),
    exampleMessage: messages.find(({ type }) => type === naming.readmeExample) ?? messages[0] ?? NO_MESSAGE,
  });
}

/** Stands where there is no message; a run without any never comes to render. */
const NO_MESSAGE: Message = {
  type: '',
  words: [],
  doc: '',
  deprecated: false,
  payloadType: '',
  constant: '',
  queue: null,
  result: null,
  payload: { kind: 'unknown' },
  facts: NO_FACTS,
  examples: [],
  types: [],
  schema: true,
  file: '',
};

function buildMessages(
  files: readonly SchemaFile[],
  types: ReadonlyMap<SchemaFile, readonly NamedType[]>,
  building: Building,
): readonly Message[] {
  const { kept, shapes, report } = building;
  const quiet = new Map<SchemaFile, Message>();
  const messages = files.map((file) => {
    const before = report.count;
    const ofFile = types.get(file) ?? [];
    const message = keptMessage(file, ofFile, building) ?? buildMessage(file, ofFile, building);
    if (report.count === before) quiet.set(file, message);
    return message;
  });
  kept.keep({ shapes, types, messages: quiet });
  return messages;
}

/** The message of an earlier run, if it would be made the same. */
function keptMessage(file: SchemaFile, types: readonly NamedType[], building: Building): Message | undefined {
  const message = building.kept.of(file)?.message;
  const isSame =
    message !== undefined &&
    message.types.length === types.length &&
    message.types.every((type, index) => type === types[index]) &&
    (message.result === null || building.files.has(message.result));
  if (!isSame) return undefined;
  // Asked for now, so that it does not hold on to all that its own run was made of.
  void message.schema;
  return message;
}

function buildMessage(file: SchemaFile, types: readonly NamedType[], building: Building): Message {
  const { examples, lookup } = building;
  const payloadType = payloadTypeOf(file.stem);
  const { schema, stem } = file;
  const words = splitWords(stem);
  const payload = shapeOf(file, building);
  const facts = readFacts(schema, examples.of(schema));
  const roots = rootsOf(schema, building.bundling.references);
  const bundle = bundleLater(file, building);
  return Object.freeze({
    type: stem,
    words,
    doc: roots.map(readDoc).find((doc) => doc !== '') ?? '',
    deprecated: roots.some((root) => isObject(root) && ownValue(root, 'deprecated') === true),
    payloadType,
    constant: constantCase(words),
    queue: textOf(schema, 'x-queue'),
    result: findResult(file, building),
    payload,
    facts,
    examples: examples.ofMessage(file, payload, lookup),
    types,
    get schema() {
      return bundle();
    },
    file: file.path,
  });
}

/** The root and, where it is a reference, what it stands for. */
function rootsOf(schema: JsonValue, { targets }: References): readonly JsonValue[] {
  const roots = new Set([schema]);
  // The set grows while it is read.
  for (const root of roots) {
    const target = isObject(root) ? targets.get(root) : undefined;
    if (target !== undefined) roots.add(target.schema);
  }
  return [...roots];
}

/** Made when somebody asks: most runs only need the shapes. Then it lets go of what it is made of. */
function bundleLater({ schema }: SchemaFile, { places, bundling }: Building): () => Message['schema'] {
  const place = isObject(schema) ? places.bySchema.get(schema) : undefined;
  if (place === undefined) return () => schema !== false;
  return bundlerOf(place, places.leading.has(place.file) ? bundling : ALONE);
}

/** A function of its own: a closure holds on to everything around it that any closure beside it needs. */
const bundlerOf = (place: NamedPlace, context: BundleContext): (() => Message['schema']) =>
  once(() => bundleSchema(place, context));

/** A file that leads to no other one, and that no other one leads into, has only itself. */
const ALONE: BundleContext = {
  places: { bySchema: new Map(), byName: new Map(), leading: new Set() },
  references: { schemas: new Map(), targets: new Map(), dynamicTargets: new Map() },
  closureOf: () => [],
};

function once<T>(make: () => T): () => T {
  let state: { readonly make: () => T } | { readonly made: T } = { make };
  return () => {
    if ('make' in state) state = { made: state.make() };
    return state.made;
  };
}

function shapeOf({ schema, stem }: SchemaFile, { shapes }: Building): Shape {
  if (!isObject(schema)) return { kind: schema === false ? 'never' : 'unknown' };
  return shapes.get(payloadTypeOf(stem)) ?? { kind: 'unknown' };
}

function textOf(schema: JsonValue, key: string): string | null {
  const value = isObject(schema) ? ownValue(schema, key) : undefined;
  return typeof value === 'string' ? value : null;
}

function findResult(file: SchemaFile, { files, report }: Building): string | null {
  const result = textOf(file.schema, 'x-result');
  if (result === null || files.has(result) || !isMessageType(result)) return result;
  const meant = nearest(result, files.keys());
  report.add('message/unknown-result', {
    message: `x-result names ${result}, which is no message`,
    at: file.place(['x-result']),
    help: meant === undefined ? 'name a message of the schemas folder' : `did you mean ${meant}?`,
  });
  return null;
}
