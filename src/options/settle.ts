/** Defaults, config and flags in; checked and frozen options out, or all that is wrong with them. */
import path from 'node:path';
import type { Code } from '../report/codes.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { nearest } from '../text/nearest.js';
import { type OptionRow, type Options, OPTIONS, RUN_FLAGS } from './options.js';
import { shortly, type ValueFault } from './rules.js';

/** Values of one origin: a config, the command line, or a caller of the library. */
export interface Origin {
  readonly kind: 'config' | 'flags' | 'caller';
  /** In the form of a config. */
  readonly values: JsonObject;
  /** Absolute folder that its paths are relative to. */
  readonly folder: string;
}

/** What is wrong with a value of an origin. */
export interface OriginFault {
  readonly origin: Origin;
  readonly code: Code;
  readonly message: string;
  readonly help?: string | undefined;
  /** Steps from the origin's values to what is wrong. */
  readonly steps: readonly string[];
  /** Whether the key is wrong, or its value. */
  readonly part: 'key' | 'value';
}

export interface Settled {
  readonly options: Options;
  readonly faults: readonly OriginFault[];
}

/**
 * Settles every option.
 *
 * @param root - absolute working directory
 * @param origins - the weakest first
 * @returns options that may be used when there are no faults
 */
export function settleOptions(root: string, origins: readonly Origin[]): Settled {
  const faults = origins.flatMap((origin) => [...keyFaults(origin), ...valueFaults(origin)]);
  const settled: Record<string, JsonValue> = { root, package: {} };
  for (const row of OPTIONS) assign(settled, row.name, settledValue(row, { root, origins }));
  settled['keptTargets'] = keptTargets({ root, origins });
  // Every row was checked, so what is assembled has the types that the rows promise.
  const options = deepFreeze(settled) as unknown as Options;
  return { options, faults: faults.length > 0 ? faults : folderFaults(options, origins) };
}

function keyFaults(origin: Origin): OriginFault[] {
  const inner = ownValue(origin.values, 'package');
  return [
    ...unknownKeys(origin, { within: origin.values, prefix: [] }),
    ...(isObject(inner) ? unknownKeys(origin, { within: inner, prefix: ['package'] }) : []),
    ...(inner === undefined || isObject(inner) ? [] : [notAnObject(origin, inner)]),
  ];
}

const notAnObject = (origin: Origin, value: JsonValue): OriginFault => ({
  origin,
  code: 'config/value',
  message: `package must be an object, not ${shortly(value)}`,
  help: 'say { "npm": "…", "version": "…" }',
  steps: ['package'],
  part: 'value',
});

interface Keys {
  readonly within: JsonObject;
  readonly prefix: readonly string[];
}

function unknownKeys(origin: Origin, { within, prefix }: Keys): OriginFault[] {
  const known = knownKeys(prefix);
  return Object.keys(within)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      origin,
      code: 'config/unknown-key' as const,
      message: `there is no option ${[...prefix, key].join('.')}`,
      help: keyHelp(key, prefix),
      steps: [...prefix, key],
      part: 'key' as const,
    }));
}

function keyHelp(key: string, prefix: readonly string[]): string {
  const flag = RUN_FLAGS.find(({ name }) => name === key)?.flag.split(' ')[0];
  if (flag?.startsWith('--')) return `it is a flag: ${flag}`;
  const elsewhere = prefix.length === 0 ? 'package' : '';
  const rightful = knownKeys(elsewhere === '' ? [] : [elsewhere]);
  if (rightful.includes(key)) return `put it ${elsewhere === '' ? 'beside package' : 'into package'}`;
  const known = knownKeys(prefix).filter((name) => name !== '$schema');
  const meant = nearest(key, known) ?? known.find((name) => name.length >= 3 && key.startsWith(name));
  return meant === undefined ? `the options are ${known.join(', ')}` : `did you mean ${meant}?`;
}

/** `$schema` is the editor's; it is known and means nothing to us. */
const knownKeys = (prefix: readonly string[]): string[] =>
  prefix.length === 0
    ? [...new Set([...OPTIONS.map(({ name }) => name.split('.')[0] ?? ''), '$schema'])]
    : OPTIONS.filter(({ name }) => name.startsWith('package.')).map(({ name }) => name.slice('package.'.length));

const valueFaults = (origin: Origin): OriginFault[] =>
  OPTIONS.flatMap((row) => {
    const value = valueAt(origin.values, row.name);
    const found = value === undefined ? undefined : row.rule.fault(value);
    return found === undefined ? [] : [valueFault(row, { origin, found })];
  });

function valueFault(
  row: Pick<OptionRow, 'name' | 'flag'>,
  { origin, found }: { origin: Origin; found: ValueFault },
): OriginFault {
  const isFlag = origin.kind === 'flags';
  const name = isFlag ? (row.flag?.split(' ')[0] ?? row.name) : row.name;
  return {
    origin,
    code: isFlag ? 'usage/value' : 'config/value',
    message: `${name} ${found.message}`,
    help: found.help,
    steps: [...row.name.split('.'), ...found.steps],
    part: 'value',
  };
}

/** An output inside the input would be read as input, and watched. */
function folderFaults(options: Options, origins: readonly Origin[]): OriginFault[] {
  const inputs = [options.schemas, options.templates].filter((folder) => folder !== null);
  const origin = origins.findLast(({ values }) => ownValue(values, 'out') !== undefined) ?? origins.at(-1);
  if (origin === undefined || !inputs.some((folder) => isWithin(folder, options.out))) return [];
  return [
    valueFault(
      { name: 'out', flag: '--out' },
      { origin, found: { message: 'must not lie in a folder that is read', help: 'name another folder', steps: [] } },
    ),
  ];
}

const isWithin = (folder: string, inner: string): boolean => inner === folder || inner.startsWith(folder + path.sep);

interface Origins {
  readonly root: string;
  readonly origins: readonly Origin[];
}

function settledValue(row: OptionRow, { root, origins }: Origins): JsonValue {
  const origin = origins.findLast(({ values }) => valueAt(values, row.name) !== undefined);
  const value = (origin === undefined ? undefined : valueAt(origin.values, row.name)) ?? row.default;
  // A default stands where the config could have said the same.
  const folder = (origin ?? origins.find(({ kind }) => kind === 'config'))?.folder ?? root;
  return row.isPath === true && typeof value === 'string' ? path.resolve(folder, value) : value;
}

/** A config that names fewer targets gives the others up; a flag, or a caller, leaves them out for once. */
function keptTargets({ root, origins }: Origins): JsonValue {
  const row = OPTIONS.find(({ name }) => name === 'targets');
  if (row === undefined) return [];
  const [now, usual] = [origins, origins.filter(({ kind }) => kind === 'config')].map((from) =>
    settledValue(row, { root, origins: from }),
  );
  return isArray(usual) && isArray(now) ? usual.filter((name) => !now.includes(name)) : [];
}

function valueAt(values: JsonObject, name: string): JsonValue | undefined {
  const [first = '', second] = name.split('.');
  const outer = ownValue(values, first);
  if (second === undefined) return outer;
  return isObject(outer) ? ownValue(outer, second) : undefined;
}

function assign(target: Record<string, JsonValue>, name: string, value: JsonValue): void {
  const [first = '', second] = name.split('.');
  if (second === undefined) target[first] = value;
  else target[first] = { ...(target[first] as JsonObject), [second]: value };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
