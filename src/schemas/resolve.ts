/** Parsed files in, every reference resolved out; nothing outside the schemas folder is ever looked at. */
import path from 'node:path';
import type { Code } from '../report/codes.js';
import type { Report } from '../report/report.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { nearest } from '../text/nearest.js';
import { absoluteUri, buildRegistry, fileUri, type Registry, register, type Spot } from './registry.js';
import { type Path, pointerOf, type SchemaFile } from './schema-file.js';

export type { Spot } from './registry.js';

export interface ResolvedSchemas {
  /** In code-point order of their names. */
  readonly files: readonly SchemaFile[];
  /** Where the reference of a schema object leads, by the identity of that object. */
  readonly targets: ReadonlyMap<JsonObject, Spot>;
}

/** One name for one schema, the same from wherever it is referred to. */
export const spotKey = ({ file, path: where }: Spot): string => `${file.name}${pointerOf(where)}`;

/**
 * Resolves `$ref` and `$dynamicRef` by file, `$id`, anchor and pointer.
 *
 * @param files - parsed files
 * @param report - takes `schema/*ref*`, `schema/duplicate-*` findings
 */
export function resolveSchemas(files: readonly SchemaFile[], report: Report): ResolvedSchemas {
  const registry = buildRegistry(files, report);
  const targets = new Map<JsonObject, Spot>();
  // Resolving may register more schemas behind it (a pointer to a place that holds no keyword's schema).
  for (const { file, path: where, schema, base } of registry.spots.values()) {
    const name = ['$ref', '$dynamicRef'].find((key) => typeof ownValue(schema, key) === 'string');
    if (name === undefined || (name === '$dynamicRef' && file.dialect === 'draft-07')) continue;
    const reference = String(ownValue(schema, name));
    const found = resolveReference({ file, path: [...where, name], reference, base }, registry, report);
    if (found !== undefined) targets.set(schema, found);
  }
  reportCycles(registry, targets, report);
  return { files, targets };
}

interface Reference {
  readonly file: SchemaFile;
  /** Of the reference's own value. */
  readonly path: Path;
  readonly reference: string;
  readonly base: string;
}

function resolveReference(from: Reference, registry: Registry, report: Report): Spot | undefined {
  const resource = findResource(from, registry);
  if ('code' in resource) {
    const { code, message, help } = resource;
    report.add(code, { message, at: from.file.place(from.path), help });
    return undefined;
  }
  const found = findFragment(from, resource, registry);
  if ('help' in found) {
    report.add('schema/unresolved-ref', {
      message: '$ref leads to a place that is not there',
      at: from.file.place(from.path),
      help: found.help,
    });
    return undefined;
  }
  if (typeof found.schema !== 'boolean' && !isObject(found.schema)) {
    report.add('schema/unresolved-ref', {
      message: '$ref leads to a value that is no schema',
      at: from.file.place(from.path),
      help: 'refer to an object or a boolean',
    });
    return undefined;
  }
  register(found, baseAround(found, registry), registry, report);
  return found;
}

interface Resource {
  readonly uri: string;
  readonly root: Spot;
}

interface Refusal {
  readonly code: Code;
  readonly message: string;
  readonly help: string;
}

/** By the rules of URIs first; then a relative reference is read as a path beside the file, whatever its `$id` says. */
function findResource({ file, reference, base }: Reference, registry: Registry): Resource | Refusal {
  const [document = ''] = reference.split('#');
  const uri = absoluteUri(reference, base)?.split('#')[0];
  const byUri = uri === undefined ? undefined : registry.resources.get(uri);
  if (uri !== undefined && byUri !== undefined) return { uri, root: byUri };
  if (document.includes('\\') || /^(\/|file:|[A-Za-z]:)/i.test(document)) return outside(document);
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(document) || document.startsWith('//')) return network(document, registry);
  const name = path.posix.normalize(path.posix.join(path.posix.dirname(file.name), decoded(document)));
  if (name === '..' || name.startsWith('../')) return outside(document);
  const byFile = registry.resources.get(fileUri(name));
  return byFile === undefined ? noFile(file, name, registry) : { uri: fileUri(name), root: byFile };
}

const outside = (document: string): Refusal => ({
  code: 'schema/ref-outside-folder',
  message: `$ref leads out of the schemas folder: ${document}`,
  help: 'refer to a file of the schemas folder by a relative path with /',
});

function network(document: string, registry: Registry): Refusal {
  const meant = nearest(
    document,
    [...registry.resources.keys()].filter((uri) => !uri.startsWith('schema:')),
  );
  return {
    code: 'schema/ref-to-network',
    message: `$ref leads to ${document}, which no schema here has as its $id`,
    help:
      meant === undefined
        ? 'nothing is ever fetched: copy that schema to schemas/shared/ and refer to the file'
        : `did you mean ${meant}?`,
  };
}

function noFile(file: SchemaFile, name: string, registry: Registry): Refusal {
  const names = [...registry.resources.keys()]
    .filter((uri) => uri.startsWith(fileUri('')))
    .map((uri) => uri.slice(fileUri('').length));
  const meant = nearest(name, names) ?? names.find((other) => path.posix.basename(other) === path.posix.basename(name));
  const relative = meant === undefined ? '' : path.posix.relative(path.posix.dirname(file.name), meant);
  return {
    code: 'schema/unresolved-ref',
    message: '$ref leads to a file that is not there',
    help:
      meant === undefined
        ? 'add the file, or correct the reference'
        : `did you mean ${relative.startsWith('.') ? relative : `./${relative}`}?`,
  };
}

function findFragment({ reference }: Reference, { uri, root }: Resource, registry: Registry): Spot | { help: string } {
  const fragment = decoded(reference.split('#')[1] ?? '');
  if (fragment === '') return root;
  if (fragment.startsWith('/')) return walkPointer(root, fragment);
  const found =
    registry.anchors.get(`${registry.spots.get(root.schema as JsonObject)?.base ?? uri}#${fragment}`) ??
    registry.anchors.get(`${uri}#${fragment}`);
  if (found !== undefined) return found;
  const names = [...registry.anchors.keys()]
    .filter((name) => name.startsWith(`${uri}#`))
    .map((name) => name.slice(uri.length + 1));
  const meant = nearest(fragment, names);
  return {
    help:
      meant === undefined
        ? 'a fragment is a JSON pointer such as #/$defs/name, or an $anchor'
        : `did you mean #${meant}?`,
  };
}

function walkPointer(root: Spot, pointer: string): Spot | { help: string } {
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let value: JsonValue = root.schema;
  for (const [index, step] of steps.entries()) {
    const next: JsonValue | undefined = isArray(value)
      ? value[Number(step)]
      : isObject(value)
        ? ownValue(value, step)
        : undefined;
    if (next === undefined) {
      const meant = isObject(value) ? nearest(step, Object.keys(value)) : undefined;
      const there = [...steps.slice(0, index), ...(meant === undefined ? [] : [meant, ...steps.slice(index + 1)])];
      return {
        help:
          meant === undefined
            ? `${pointerOf(there)} has no ${JSON.stringify(step)}`
            : `did you mean ${pointerOf(there)}?`,
      };
    }
    value = next;
  }
  return { file: root.file, path: [...root.path, ...steps], schema: value };
}

/** The base URI at a place that no keyword leads to: that of its nearest registered ancestor. */
function baseAround({ file, path: where }: Spot, registry: Registry): string {
  let base = fileUri(file.name);
  let value: JsonValue | undefined = file.schema;
  for (const step of where) {
    if (isObject(value)) base = registry.spots.get(value)?.base ?? base;
    value = isArray(value) ? value[Number(step)] : isObject(value) ? ownValue(value, step) : undefined;
  }
  return base;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A chain of references that comes back to its start describes nothing. */
function reportCycles(registry: Registry, targets: ReadonlyMap<JsonObject, Spot>, report: Report): void {
  const done = new Set<JsonValue>();
  for (const [start, first] of targets) {
    const chain = new Set<JsonValue>([start]);
    let next: Spot | undefined = first;
    while (next !== undefined && isObject(next.schema) && !chain.has(next.schema) && !done.has(next.schema)) {
      chain.add(next.schema);
      next = targets.get(next.schema);
    }
    if (next?.schema === start) {
      const spot = registry.spots.get(start);
      const at = spot?.file.place([...spot.path, '$ref']);
      report.add('schema/ref-cycle', {
        message: '$ref only leads back to itself',
        ...(at === undefined ? {} : { at }),
        help: 'refer to a schema that says something',
      });
    }
    for (const schema of chain) if (next === undefined || done.has(next.schema)) done.add(schema);
  }
}
