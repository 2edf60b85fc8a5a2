/** Makes a payload that is valid under a schema, for schemas that bring no example of their own. */
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { numberCandidates, textCandidates } from './example-scalars.js';
import { compilePattern, matchesPattern } from './pattern.js';
import { hasType } from './scalar-faults.js';
import { type DraftSchema, findFault, type ValidationContext } from './validate.js';

/** Deeper than the first, only what is required is made; deeper than the second, nothing. */
const FULL_DEPTH = 2;
const MAX_DEPTH = 24;
const MAX_ITEMS = 100;

/** The schemas that hold for one value together. */
interface Wanted {
  readonly parts: readonly DraftSchema[];
  readonly depth: number;
  /** Name of the property that the value is of. */
  readonly hint: string;
}

/** @returns `undefined` where none is found before the budget ends */
export function makeExample(whole: DraftSchema, context: ValidationContext): JsonValue | undefined {
  const made = make({ parts: [whole], depth: 0, hint: '' }, context);
  // Without steps left nothing was checked any more.
  return context.budget.steps > 0 ? made : undefined;
}

function make(wanted: Wanted, context: ValidationContext): JsonValue | undefined {
  if (wanted.depth > MAX_DEPTH || context.budget.steps <= 0) return undefined;
  const flat = flatten(wanted.parts, context);
  if (flat === undefined) return undefined;
  const isValid = (value: JsonValue): boolean =>
    wanted.parts.every((part) => findFault(value, part, context) === undefined);
  return makeByBranch({ ...wanted, flat, chosen: new Set() }, isValid, context);
}

interface ObjectPart extends DraftSchema {
  readonly schema: JsonObject;
}

/** With every reference and `allOf` followed; `undefined` where nothing fits, or where they have no end. */
function flatten(parts: readonly DraftSchema[], { references }: ValidationContext): readonly ObjectPart[] | undefined {
  const flat: ObjectPart[] = [];
  const known = new Set<JsonValue>();
  const open = [...parts];
  for (const { schema, dialect } of open) {
    if (schema === false) return undefined;
    if (!isObject(schema) || known.has(schema)) continue;
    known.add(schema);
    const targets = [references.targets.get(schema), references.dynamicTargets.get(schema)?.spot];
    const found = targets.filter((target) => target !== undefined);
    open.push(...found.map((target) => ({ schema: target.schema, dialect: target.file.dialect })));
    if (found.length > 0 && dialect === 'draft-07') continue;
    flat.push({ schema, dialect });
    const all = ownValue(schema, 'allOf');
    if (isArray(all)) open.push(...all.map((inner) => ({ schema: inner, dialect })));
  }
  return flat;
}

/** Values that the schema names itself, those meant as examples first. */
function saidValues(schema: JsonObject): JsonValue[] {
  const lists = ['examples', 'enum'].map((name) => ownValue(schema, name));
  const [examples, listed] = lists.map((list) => (isArray(list) ? list.slice(0, MAX_ITEMS) : []));
  const single = ['default', 'const'].flatMap((name) => {
    const value = ownValue(schema, name);
    return value === undefined ? [] : [value];
  });
  return [...(examples ?? []), ...single, ...(listed ?? [])];
}

interface Flat extends Wanted {
  readonly flat: readonly ObjectPart[];
  /** Branch keywords that are decided already, by their values. */
  readonly chosen: ReadonlySet<JsonValue>;
}

/** Decides one choice after the other, and makes a value once there is none left. */
function makeByBranch(
  wanted: Flat,
  isValid: (value: JsonValue) => boolean,
  context: ValidationContext,
): JsonValue | undefined {
  context.budget.steps -= wanted.flat.length;
  if (context.budget.steps <= 0) return undefined;
  const choice = wanted.flat.flatMap(choicesOf).find(({ key }) => !wanted.chosen.has(key));
  if (choice === undefined) {
    const said = wanted.flat.flatMap(({ schema }) => saidValues(schema)).find(isValid);
    return said === undefined ? makeByType(wanted, isValid, context) : said;
  }
  const chosen = new Set([...wanted.chosen, choice.key]);
  for (const branch of choice.branches) {
    const flat = flatten([...wanted.flat, ...branch], context);
    const made = flat === undefined ? undefined : makeByBranch({ ...wanted, flat, chosen }, isValid, context);
    if (made !== undefined) return made;
  }
  return undefined;
}

interface Choice {
  readonly key: JsonValue;
  readonly branches: readonly (readonly DraftSchema[])[];
}

function choicesOf({ schema, dialect }: ObjectPart): readonly Choice[] {
  const of = (inner: JsonValue): DraftSchema => ({ schema: inner, dialect });
  const choices: Choice[] = [];
  for (const name of ['anyOf', 'oneOf']) {
    const list = ownValue(schema, name);
    if (isArray(list)) choices.push({ key: list, branches: list.map((inner) => [of(inner)]) });
  }
  const condition = ownValue(schema, 'if');
  if (condition === undefined) return choices;
  const [then = true, otherwise = true] = [ownValue(schema, 'then'), ownValue(schema, 'else')];
  return [...choices, { key: schema, branches: [[of(condition), of(then)], [of(otherwise)]] }];
}

const TYPES = ['object', 'string', 'integer', 'number', 'array', 'boolean', 'null'];

function makeByType(
  wanted: Flat,
  isValid: (value: JsonValue) => boolean,
  context: ValidationContext,
): JsonValue | undefined {
  const named = wanted.flat.flatMap(({ schema }) => {
    const type = ownValue(schema, 'type');
    return type === undefined ? [] : [isArray(type) ? type.map(String) : [String(type)]];
  });
  const isNamed = (type: string): boolean =>
    named.every((types) => types.includes(type) || (type === 'integer' && types.includes('number')));
  // The order of the schema is the order of its author.
  for (const type of named[0] ?? guessTypes(wanted.flat)) {
    if (!isNamed(type)) continue;
    const found = candidatesOf(type, wanted, context).find((value) => hasType(value, type) && isValid(value));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a schema without `type` is most likely about. */
function guessTypes(flat: readonly ObjectPart[]): readonly string[] {
  const says = (names: readonly string[]): boolean =>
    flat.some(({ schema }) => names.some((name) => Object.hasOwn(schema, name)));
  if (says(['properties', 'required', 'additionalProperties'])) return TYPES;
  if (says(['items', 'prefixItems', 'contains'])) return ['array', ...TYPES];
  if (says(['minimum', 'maximum', 'multipleOf'])) return ['integer', 'number', ...TYPES];
  return says(['pattern', 'format', 'minLength', 'maxLength']) ? ['string', ...TYPES] : TYPES;
}

function candidatesOf(type: string, wanted: Flat, context: ValidationContext): readonly JsonValue[] {
  const schemas = wanted.flat.map(({ schema }) => schema);
  switch (type) {
    case 'object':
      return listed(makeObject(wanted, context));
    case 'array':
      return [...listed(makeArray(wanted, context)), []];
    case 'string':
      return textCandidates(schemas, wanted.hint);
    case 'number':
    case 'integer':
      return numberCandidates(schemas);
    case 'boolean':
      return [true, false];
    default:
      return [null];
  }
}

const listed = (value: JsonValue | undefined): readonly JsonValue[] => (value === undefined ? [] : [value]);

const mapAt = (schema: JsonObject, name: string): JsonObject => {
  const value = ownValue(schema, name);
  return isObject(value) ? value : {};
};

const numbersAt = (flat: readonly ObjectPart[], name: string): number[] =>
  flat.flatMap(({ schema }) => {
    const value = ownValue(schema, name);
    return typeof value === 'number' ? [value] : [];
  });

/** Required properties, and so many others as `minProperties` asks for; all of them where none is required. */
function makeObject(wanted: Flat, context: ValidationContext): JsonValue | undefined {
  const { flat, depth } = wanted;
  const required = new Set(requiredNames(flat));
  const declared = flat.flatMap(({ schema }) => Object.keys(mapAt(schema, 'properties')));
  const least = Math.max(0, ...numbersAt(flat, 'minProperties'));
  const wantsAll = required.size === 0 && depth <= FULL_DEPTH;
  const made = new Map<string, JsonValue>();
  const extra = Array.from({ length: Math.min(least, MAX_ITEMS) }, (_, index) => `key${index + 1}`);
  const keys = new Set([...declared, ...required, ...extra]);
  // The set grows while it is read.
  for (const key of keys) {
    if (!required.has(key) && !wantsAll && made.size >= least) continue;
    if (extra.includes(key) && made.size >= least) continue;
    const parts = flat.flatMap((part) => partsOfKey(part, key));
    const value = make({ parts, depth: depth + 1, hint: key }, context);
    if (value !== undefined) made.set(key, value);
    else if (required.has(key)) return undefined;
    for (const name of value === undefined ? [] : flat.flatMap((part) => dependentNames(part, key))) {
      required.add(name);
      if (!made.has(name)) {
        keys.delete(name);
        keys.add(name);
      }
    }
  }
  return Object.fromEntries(made);
}

const requiredNames = (flat: readonly ObjectPart[]): string[] =>
  flat.flatMap(({ schema }) => {
    const names = ownValue(schema, 'required');
    return isArray(names) ? names.map(String) : [];
  });

function dependentNames({ schema, dialect }: ObjectPart, key: string): string[] {
  const names = ownValue(mapAt(schema, dialect === 'draft-07' ? 'dependencies' : 'dependentRequired'), key);
  return isArray(names) ? names.map(String) : [];
}

function partsOfKey({ schema, dialect }: ObjectPart, key: string): DraftSchema[] {
  const own = ownValue(mapAt(schema, 'properties'), key);
  const matching = Object.entries(mapAt(schema, 'patternProperties')).filter(
    ([pattern]) => compilePattern(pattern) !== undefined && matchesPattern(pattern, key) === true,
  );
  const schemas = [...(own === undefined ? [] : [own]), ...matching.map(([, inner]) => inner)];
  const others = ownValue(schema, 'additionalProperties');
  if (schemas.length === 0 && others !== undefined) schemas.push(others);
  return schemas.map((inner) => ({ schema: inner, dialect }));
}

function makeArray(wanted: Flat, context: ValidationContext): JsonValue | undefined {
  const { flat, depth } = wanted;
  const hint = wanted.hint.replace(/s$/, '');
  const least = Math.max(0, ...numbersAt(flat, 'minItems'));
  const most = Math.min(Infinity, ...numbersAt(flat, 'maxItems'));
  if (least > MAX_ITEMS || depth >= MAX_DEPTH) return undefined;
  const listedItems = Math.max(0, ...flat.map((part) => listedOf(part).length));
  const length = Math.min(most, Math.max(least, listedItems, 1));
  const contained = flat.flatMap(({ schema, dialect }): DraftSchema[] => {
    const inner = ownValue(schema, 'contains');
    return inner === undefined ? [] : [{ schema: inner, dialect }];
  });
  const items: JsonValue[] = [];
  for (let index = 0; index < length; index += 1) {
    const parts = flat.flatMap((part) => partsOfItem(part, index));
    const both = index === 0 ? make({ parts: [...parts, ...contained], depth: depth + 1, hint }, context) : undefined;
    const item = both ?? make({ parts, depth: depth + 1, hint }, context);
    if (item === undefined) return index >= least ? items : undefined;
    items.push(item);
  }
  return items;
}

function listedOf({ schema, dialect }: ObjectPart): readonly JsonValue[] {
  const list = ownValue(schema, dialect === 'draft-07' ? 'items' : 'prefixItems');
  return isArray(list) ? list : [];
}

function partsOfItem(part: ObjectPart, index: number): DraftSchema[] {
  const { schema, dialect } = part;
  const own = listedOf(part)[index];
  const items = ownValue(schema, 'items');
  const rest = isArray(items) ? ownValue(schema, 'additionalItems') : items;
  const inner = own ?? rest;
  return inner === undefined ? [] : [{ schema: inner, dialect }];
}
