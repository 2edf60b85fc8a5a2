/** Which schema stands at which URI: resources by `$id` and file, anchors, and the base URI of every subschema. */
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
interface BasedSpot extends Spot {
  readonly schema: JsonObject;
  readonly base: string;
}

export interface Registry {
  /** Resource URI without fragment, to its root schema. */
  readonly resources: Map<string, Spot>;
  /** `uri#anchor`, to its schema. */
  readonly anchors: Map<string, Spot>;
  /** Every schema object that was walked, in file order. */
  readonly spots: Map<JsonObject, BasedSpot>;
}

/** The URI of a file that has no `$id`: it never meets a network scheme. */
export const fileUri = (name: string): string => `schema:///${name}`;

/** Registers every resource, anchor and subschema of the files. */
export function buildRegistry(files: readonly SchemaFile[], report: Report): Registry {
  const registry: Registry = { resources: new Map(), anchors: new Map(), spots: new Map() };
  for (const file of files) {
    registry.resources.set(fileUri(file.name), { file, path: [], schema: file.schema });
    register({ file, path: [], schema: file.schema }, fileUri(file.name), registry, report);
  }
  return registry;
}

/** Walks one schema into the registry; `base` is the URI in force around it. */
export function register(spot: Spot, base: string, registry: Registry, report: Report): void {
  if (!isObject(spot.schema) || registry.spots.has(spot.schema)) return;
  const own = registerNames({ ...spot, schema: spot.schema, base }, registry, report);
  registry.spots.set(spot.schema, { ...spot, schema: spot.schema, base: own });
  for (const { value, steps } of subschemasOf(spot.schema)) {
    register({ file: spot.file, path: [...spot.path, ...steps], schema: value }, own, registry, report);
  }
}

/** Registers `$id` and anchors of one schema object and returns the base URI inside it. */
function registerNames(spot: BasedSpot, registry: Registry, report: Report): string {
  const { file, schema } = spot;
  const isDraft07 = file.dialect === 'draft-07';
  // Draft-07 ignores everything beside a $ref.
  if (isDraft07 && ownValue(schema, '$ref') !== undefined) return spot.base;
  const id = ownValue(schema, '$id');
  let base = spot.base;
  if (typeof id === 'string') {
    const [uri = '', anchor = ''] = (absoluteUri(id, base) ?? '').split('#');
    if (isDraft07 && anchor !== '') registerAnchor(spot, `${uri}#${anchor}`, registry, report);
    if (!id.startsWith('#') && uri !== '') {
      registerResource(spot, uri, registry, report);
      base = uri;
    }
  }
  for (const name of isDraft07 ? [] : ['$anchor', '$dynamicAnchor']) {
    const anchor = ownValue(schema, name);
    if (typeof anchor === 'string')
      registerAnchor({ ...spot, path: [...spot.path, name] }, `${base}#${anchor}`, registry, report);
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

function registerAnchor(spot: BasedSpot, name: string, registry: Registry, report: Report): void {
  const before = registry.anchors.get(name);
  if (before !== undefined && before.schema !== spot.schema) {
    report.add('schema/duplicate-anchor', {
      message: `two subschemas have the anchor ${name.split('#')[1] ?? ''}`,
      at: [spot, before].map(({ file, path }) => file.place(path)),
      help: 'rename one of them',
    });
  } else {
    const path = spot.path.at(-1)?.startsWith('$') === true ? spot.path.slice(0, -1) : spot.path;
    registry.anchors.set(name, { file: spot.file, schema: spot.schema, path });
  }
}

/** `reference` resolved against `base`, or `undefined` where they do not make a URI. */
export function absoluteUri(reference: string, base: string): string | undefined {
  try {
    return new URL(reference, base).href;
  } catch {
    return undefined;
  }
}
