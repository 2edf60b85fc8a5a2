/** One reference in, the schema that it leads to out: by file, `$id`, anchor and pointer, inside the folder only. */
import path from 'node:path';
import type { Code } from '../report/codes.js';
import type { Report } from '../report/report.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { nearest } from '../text/nearest.js';
import { absoluteUri, type BasedSpot, fileUri, type Registry, register, type Spot } from './registry.js';
import { type Path, pointerOf, type SchemaFile } from './schema-file.js';

interface Reference {
  readonly file: SchemaFile;
  /** Of the reference's own value. */
  readonly path: Path;
  readonly reference: string;
  readonly base: string;
}

/**
 * Where a schema object's reference leads.
 *
 * @param keyword - `$ref` or `$dynamicRef`
 * @returns `undefined` where it has none, and where it leads nowhere, which is reported
 */
export function findTarget(
  { file, path: where, schema, base }: BasedSpot,
  keyword: '$ref' | '$dynamicRef',
  registry: Registry,
  report: Report,
): Spot | undefined {
  const reference = ownValue(schema, keyword);
  if (typeof reference !== 'string') return undefined;
  return resolveReference({ file, path: [...where, keyword], reference, base }, registry, report);
}

function resolveReference(from: Reference, registry: Registry, report: Report): Spot | undefined {
  const resource = findResource(from, registry);
  if ('code' in resource) {
    const { code, message, help } = resource;
    report.add(code, { message, at: from.file.place(from.path), help });
    return undefined;
  }
  // What is wrong with that file was reported already.
  if (resource.root.file.isBroken) return undefined;
  const keyword = from.path.at(-1) ?? '$ref';
  const found = findFragment(from, resource, registry);
  if ('help' in found) {
    report.add('schema/unresolved-ref', {
      message: `${keyword} leads to a place that is not there`,
      at: from.file.place(from.path),
      help: found.help,
    });
    return undefined;
  }
  if (typeof found.schema !== 'boolean' && !isObject(found.schema)) {
    report.add('schema/unresolved-ref', {
      message: `${keyword} leads to a value that is no schema`,
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
  const meant = suggest(document, registry, () =>
    nearest(
      document,
      [...registry.resources.keys()].filter((uri) => !uri.startsWith('schema:')),
    ),
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

/** So many names are looked for among all others; a folder full of dead references has one cause. */
const MAX_SUGGESTIONS = 100;

function suggest(name: string, { suggestions }: Registry, find: () => string | undefined): string | undefined {
  if (!suggestions.has(name) && suggestions.size < MAX_SUGGESTIONS) suggestions.set(name, find());
  return suggestions.get(name);
}

function noFile(file: SchemaFile, name: string, registry: Registry): Refusal {
  const meant = suggest(name, registry, () => {
    const names = [...registry.resources.keys()]
      .filter((uri) => uri.startsWith(fileUri('')))
      .map((uri) => uri.slice(fileUri('').length));
    return nearest(name, names) ?? names.find((other) => path.posix.basename(other) === path.posix.basename(name));
  });
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
  const anchors = registry.anchors.get(baseOf(root, registry) ?? uri) ?? registry.anchors.get(uri);
  const found = anchors?.get(fragment);
  if (found !== undefined) return found;
  const meant = nearest(fragment, anchors?.keys() ?? []);
  return {
    help:
      meant === undefined
        ? 'a fragment is a JSON pointer such as #/$defs/name, or an $anchor'
        : `did you mean #${meant}?`,
  };
}

/** The URI of a resource: a file's own `$id` counts more than its place. */
const baseOf = ({ schema }: Spot, registry: Registry): string | undefined =>
  isObject(schema) ? registry.spots.get(schema)?.base : undefined;

function walkPointer(root: Spot, pointer: string): Spot | { help: string } {
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let value: JsonValue = root.schema;
  for (const [index, step] of steps.entries()) {
    const next: JsonValue | undefined = isArray(value)
      ? /^(0|[1-9]\d*)$/.test(step)
        ? value[Number(step)]
        : undefined
      : isObject(value)
        ? ownValue(value, step)
        : undefined;
    if (next === undefined) {
      const meant = isObject(value) ? (otherName(step, value) ?? nearest(step, Object.keys(value))) : undefined;
      const there = [...steps.slice(0, index), ...(meant === undefined ? [] : [meant, ...steps.slice(index + 1)])];
      return {
        help:
          meant === undefined
            ? `${index === 0 ? 'the root' : pointerOf(there)} has no ${JSON.stringify(step)}`
            : `did you mean ${pointerOf(there)}?`,
      };
    }
    value = next;
  }
  return { file: root.file, path: [...root.path, ...steps], schema: value };
}

/** Draft-07 calls `definitions` what 2020-12 calls `$defs`. */
function otherName(step: string, value: JsonObject): string | undefined {
  const other = step === 'definitions' ? '$defs' : step === '$defs' ? 'definitions' : undefined;
  return other !== undefined && Object.hasOwn(value, other) ? other : undefined;
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
