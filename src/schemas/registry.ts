/** Which schema stands at which URI: resources by `$id` and file, anchors, and the base URI of every subschema. */
import type { Place } from '../report/diagnostic.js';
import type { Report } from '../report/report.js';
import { isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import type { Path, SchemaFile } from './schema-file.js';
import { subschemasOf } from './subschemas.js';

/** A schema and where it stands. */
export interface Spot {
  readonly file: SchemaFile;
  readonly path: Path;
  readonly schema: JsonValue;
}

/** A schema object with the URI that its references are relative to. */
export interface BasedSpot extends Spot {
  readonly schema: JsonObject;
  readonly base: string;
}

export interface Registry {
  /** Resource URI without fragment, to its root schema. */
  readonly resources: Map<string, Spot>;
  /** Anchors of each resource, to their schemas. */
  readonly anchors: Map<string, Map<string, Spot>>;
  /** By the name of a `$dynamicAnchor`: the resources that have it, and where. */
  readonly dynamicAnchors: Map<string, Map<string, Spot>>;
  /** What was meant by names that are not there. */
  readonly suggestions: Map<string, string | undefined>;
  /** Every schema object that was walked, in file order. */
  readonly spots: Map<JsonObject, BasedSpot>;
}

/** The URI of a file that has no `$id`: it never meets a network scheme. */
export const fileUri = (name: string): string => `schema:///${name}`;

/** Registers every resource, anchor and subschema of the files. */
export function buildRegistry(files: readonly SchemaFile[], report: Report): Registry {
  const registry: Registry = {
    resources: new Map(),
    anchors: new Map(),
    dynamicAnchors: new Map(),
    suggestions: new Map(),
    spots: new Map(),
  };
  for (const file of files) {
    registry.resources.set(fileUri(file.name), { file, path: [], schema: file.schema });
    register({ file, path: [], schema: file.schema }, fileUri(file.name), registry, report);
  }
  return registry;
}

/** Walks one schema into the registry; `base` is the URI in force around it. */
export function register(spot: Spot, base: string, registry: Registry, report: Report): void {
  const { file, path, schema } = spot;
  if (!isObject(schema) || registry.spots.has(schema)) return;
  const based: BasedSpot = { file, path, schema, base };
  const own = registerNames(based, registry, report);
  registry.spots.set(schema, own === base ? based : { ...based, base: own });
  for (const { value, steps } of subschemasOf(schema)) {
    if (isObject(value)) register({ file, path: [...path, ...steps], schema: value }, own, registry, report);
  }
}

/** Keywords that give a schema a name. */
const NAMING = ['$id', '$anchor', '$dynamicAnchor'];

/** Registers `$id` and anchors of one schema object and returns the base URI inside it. */
function registerNames(spot: BasedSpot, registry: Registry, report: Report): string {
  const { file, schema } = spot;
  if (!NAMING.some((name) => Object.hasOwn(schema, name))) return spot.base;
  const isDraft07 = file.dialect === 'draft-07';
  // Draft-07 ignores everything beside a $ref.
  if (isDraft07 && ownValue(schema, '$ref') !== undefined) return spot.base;
  const id = ownValue(schema, '$id');
  let base = spot.base;
  if (typeof id === 'string' && id !== '') {
    const [uri = '', anchor = ''] = (absoluteUri(id, base) ?? '').split('#');
    // Old generators give every subschema an $id that is a pointer, often to elsewhere; that is no name.
    if (isDraft07 && /^[^/]/.test(anchor)) registerAnchor(spot, { uri, anchor, keyword: '$id' }, registry, report);
    if (!id.startsWith('#') && uri !== '') {
      registerResource(spot, uri, registry, report);
      base = uri;
    }
  }
  for (const keyword of isDraft07 ? [] : ['$anchor', '$dynamicAnchor']) {
    const anchor = ownValue(schema, keyword);
    if (typeof anchor !== 'string') continue;
    registerAnchor(spot, { uri: base, anchor, keyword }, registry, report);
    if (keyword === '$dynamicAnchor') mapAt(registry.dynamicAnchors, anchor).set(base, spot);
  }
  return base;
}

function registerResource(spot: BasedSpot, uri: string, registry: Registry, report: Report): void {
  const before = registry.resources.get(uri);
  if (before === undefined) {
    registry.resources.set(uri, spot);
  } else if (before.schema !== spot.schema) {
    report.add('schema/duplicate-id', {
      message: `two schemas have the $id ${uri}`,
      at: [spot, before].map(({ file, path }) => file.place([...path, '$id'])),
      help: 'give each schema an $id of its own, or leave it out',
    });
  }
}

interface AnchorName {
  /** Of the resource that it belongs to. */
  readonly uri: string;
  readonly anchor: string;
  /** The keyword that says it. */
  readonly keyword: string;
}

function registerAnchor(
  spot: BasedSpot,
  { uri, anchor, keyword }: AnchorName,
  registry: Registry,
  report: Report,
): void {
  const anchors = mapAt(registry.anchors, uri);
  const before = anchors.get(anchor);
  if (before === undefined || before.schema === spot.schema) {
    anchors.set(anchor, { file: spot.file, schema: spot.schema, path: spot.path });
    return;
  }
  report.add('schema/duplicate-anchor', {
    message: `two subschemas have the anchor ${anchor}`,
    at: [spot.file.place([...spot.path, keyword]), placeOfAnchor(before, anchor)],
    help: 'rename one of them',
  });
}

function placeOfAnchor({ file, path, schema }: Spot, anchor: string): Place {
  const keyword = ['$anchor', '$dynamicAnchor', '$id'].find(
    (name) => isObject(schema) && String(ownValue(schema, name)).endsWith(anchor),
  );
  return file.place([...path, keyword ?? '$anchor']);
}

/** The inner map of a key, made where there is none. */
function mapAt<T>(maps: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, T>();
  maps.set(key, made);
  return made;
}

/** `reference` resolved against `base`, or `undefined` where they do not make a URI. */
export function absoluteUri(reference: string, base: string): string | undefined {
  try {
    return new URL(reference, base).href;
  } catch {
    return undefined;
  }
}
