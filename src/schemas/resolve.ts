/** Parsed files in, every reference resolved out; nothing outside the schemas folder is ever looked at. */
import type { Place } from '../report/diagnostic.js';
import { Report } from '../report/report.js';
import { isObject, type JsonObject, ownValue } from '../text/json.js';
import { LIMITS } from './limits.js';
import { findTarget } from './reference.js';
import { type BasedSpot, buildRegistry, type Registry, type Spot } from './registry.js';
import type { SchemaFile } from './schema-file.js';

export type { Spot } from './registry.js';

/** Where references lead. */
export interface References {
  /** Every schema object of the files with the resource that it belongs to, each behind the one that it stands in. */
  readonly schemas: ReadonlyMap<JsonObject, BasedSpot>;
  /** Where the `$ref` of a schema object leads, by the identity of that object. */
  readonly targets: ReadonlyMap<JsonObject, Spot>;
  /** The same of its `$dynamicRef`. */
  readonly dynamicTargets: ReadonlyMap<JsonObject, DynamicTarget>;
}

export interface DynamicTarget {
  /** Where it leads when no resource that was entered before has the anchor. */
  readonly spot: Spot;
  /** Where it may lead instead, by the resource that has the anchor; the resource entered first wins. */
  readonly byResource: ReadonlyMap<string, Spot>;
}

export interface ResolvedSchemas extends References {
  /** In code-point order of their names. */
  readonly files: readonly SchemaFile[];
}

/**
 * Resolves `$ref` and `$dynamicRef` by file, `$id`, anchor and pointer.
 *
 * @param files - parsed files
 * @param report - takes `schema/*ref*`, `schema/duplicate-*` findings
 */
export function resolveSchemas(files: readonly SchemaFile[], report: Report): ResolvedSchemas {
  const own = new Report(LIMITS.findings);
  const resolved = resolveReferences(files, own);
  report.addAll(own.diagnostics);
  if (own.isFull) {
    report.add('input/too-many-findings', {
      message: `more than ${LIMITS.findings} references are wrong; the rest is not looked at`,
      help: 'repair these first',
    });
  }
  return resolved;
}

function resolveReferences(files: readonly SchemaFile[], report: Report): ResolvedSchemas {
  const registry = buildRegistry(files, report);
  const targets = new Map<JsonObject, Spot>();
  const dynamicTargets = new Map<JsonObject, DynamicTarget>();
  // Resolving may register more schemas behind it (a pointer to a place that holds no keyword's schema).
  for (const spot of registry.spots.values()) {
    if (report.isFull) break;
    const target = Object.hasOwn(spot.schema, '$ref') ? findTarget(spot, '$ref', registry, report) : undefined;
    if (target !== undefined) targets.set(spot.schema, target);
    const isDynamic = Object.hasOwn(spot.schema, '$dynamicRef');
    const dynamic = isDynamic ? findDynamicTarget(spot, registry, report) : undefined;
    if (dynamic !== undefined) dynamicTargets.set(spot.schema, dynamic);
  }
  dropCycles(registry, targets, report);
  reportChain(registry, targets, report);
  dropStrangers(dynamicTargets, targets, registry);
  return { files, schemas: registry.spots, targets, dynamicTargets };
}

/** A `$dynamicRef` is like a `$ref`, unless what it leads to has a `$dynamicAnchor` of that very name. */
function findDynamicTarget(from: BasedSpot, registry: Registry, report: Report): DynamicTarget | undefined {
  if (from.file.dialect === 'draft-07') return undefined;
  const spot = findTarget(from, '$dynamicRef', registry, report);
  if (spot === undefined) return undefined;
  const anchor = String(ownValue(from.schema, '$dynamicRef')).split('#')[1] ?? '';
  const isDynamic = isObject(spot.schema) && ownValue(spot.schema, '$dynamicAnchor') === anchor;
  return { spot, byResource: (isDynamic ? registry.dynamicAnchors.get(anchor) : undefined) ?? new Map() };
}

/** A resource whose file never leads to a `$dynamicRef` is never entered before it. */
function dropStrangers(
  dynamicTargets: Map<JsonObject, DynamicTarget>,
  targets: ReadonlyMap<JsonObject, Spot>,
  { spots }: Registry,
): void {
  if (dynamicTargets.size === 0) return;
  const leadsTo = new Map<SchemaFile, Set<SchemaFile>>();
  const all = [...targets, ...[...dynamicTargets].map(([schema, { spot }]) => [schema, spot] as const)];
  for (const [schema, { file }] of all) {
    const from = spots.get(schema)?.file ?? file;
    leadsTo.set(from, (leadsTo.get(from) ?? new Set()).add(file));
  }
  for (const [schema, { spot, byResource }] of dynamicTargets) {
    const home = spots.get(schema)?.file;
    const near = [...byResource].filter(([, { file }]) => home !== undefined && filesFrom(file, leadsTo).has(home));
    dynamicTargets.set(schema, { spot, byResource: new Map(near) });
  }
}

function filesFrom(file: SchemaFile, leadsTo: ReadonlyMap<SchemaFile, ReadonlySet<SchemaFile>>): Set<SchemaFile> {
  const found = new Set([file]);
  // The set grows while it is read.
  for (const from of found) for (const next of leadsTo.get(from) ?? []) found.add(next);
  return found;
}

/** Every place that the references of one schema object may lead to. */
export function targetsOf(schema: JsonObject, { targets, dynamicTargets }: References): readonly Spot[] {
  const target = targets.get(schema);
  const dynamic = dynamicTargets.get(schema);
  if (dynamic === undefined) return target === undefined ? [] : [target];
  return [...(target === undefined ? [] : [target]), dynamic.spot, ...dynamic.byResource.values()];
}

/** A chain of references that comes back to its start describes nothing: it is reported, and leads nowhere. */
function dropCycles(registry: Registry, targets: Map<JsonObject, Spot>, report: Report): void {
  const isDone = new Set<JsonObject>();
  for (const start of targets.keys()) {
    const chain = new Set<JsonObject>();
    let next: JsonObject | undefined = start;
    while (next !== undefined && !chain.has(next) && !isDone.has(next)) {
      chain.add(next);
      const target: Spot | undefined = targets.get(next);
      next = isObject(target?.schema) ? target.schema : undefined;
    }
    for (const schema of chain) isDone.add(schema);
    if (next === undefined || !chain.has(next)) continue;
    const members = [...chain].slice([...chain].indexOf(next));
    // What stands beside a $ref says something, but what it says would never be reached by a validator.
    reportCycle(members, registry, report);
    for (const schema of members) targets.delete(schema);
  }
}

/** Compilers follow references by recursion. Of chains that are too long, the first is reported: the others share its end. */
function reportChain(registry: Registry, targets: ReadonlyMap<JsonObject, Spot>, report: Report): void {
  const lengths = new Map<JsonObject, number>();
  for (const start of targets.keys()) {
    const chain: JsonObject[] = [];
    let next: JsonObject | undefined = start;
    while (next !== undefined && targets.has(next) && !lengths.has(next)) {
      chain.push(next);
      const target: Spot | undefined = targets.get(next);
      next = isObject(target?.schema) ? target.schema : undefined;
    }
    let length = next === undefined ? 0 : (lengths.get(next) ?? 0);
    for (const schema of chain.toReversed()) lengths.set(schema, (length += 1));
    const spot = registry.spots.get(start);
    if (length <= LIMITS.chain || spot === undefined) continue;
    report.add('input/too-large', {
      message: `more than ${LIMITS.chain} references lead from here straight to one another`,
      at: spot.file.place([...spot.path, '$ref']),
      help: 'refer to the schema at the end of the chain',
    });
    return;
  }
}

/** Members of a cycle that are shown. */
const MAX_SHOWN = 20;

function reportCycle(members: readonly JsonObject[], registry: Registry, report: Report): void {
  const spots = members.slice(0, MAX_SHOWN).flatMap((schema) => registry.spots.get(schema) ?? []);
  report.add('schema/ref-cycle', {
    message: members.length === 1 ? '$ref only leads back to itself' : 'these $refs only lead to one another',
    at: spots.map(({ file, path }) => file.place([...path, '$ref'])).toSorted(byPlace),
    help: 'refer to a schema that says something',
  });
}

const byPlace = (a: Place, b: Place): number =>
  a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) : a.file < b.file ? -1 : 1;
