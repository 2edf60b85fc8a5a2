/** Makes a payload that is valid under a schema, for schemas that bring no example of their own. */
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import { numberCandidates, plainText, textCandidates } from './example-scalars.js';
import { listedItems, numbersAt, type ObjectPart, partsOfItem, readKeys } from './example-parts.js';
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
  const plain = makePlain(wanted);
  if (plain !== undefined) return plain;
  const flat = flatten(wanted.parts, context);
  if (flat === undefined) return undefined;
  const isValid = (value: JsonValue): boolean =>
    wanted.parts.every((part) => findFault(value, part, context) === undefined);
  return makeByBranch({ ...wanted, flat, chosen: new Set() }, isValid, context);
}

/** Keywords that leave a value free. */
const FREE = new Set([
  'type',
  'description',
  'title',
  'deprecated',
  'readOnly',
  'writeOnly',
  'x-sensitive',
  '$comment',
]);

/** The value of a schema that says its type and no more: it needs no check. */
function makePlain({ parts: [part, second], hint }: Wanted): JsonValue | undefined {
  const schema = part?.schema;
  if (second !== undefined || !isObject(schema) || !Object.keys(schema).every((name) => FREE.has(name)))
    return undefined;
  switch (ownValue(schema, 'type')) {
    case 'string':
      return plainText(hint);
    case 'boolean':
      return true;
    case 'number':
    case 'integer':
      return 1;
    default:
      return undefined;
  }
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

/** Required properties, and so many others as `minProperties` asks for; all of them where none is required. */
function makeObject(wanted: Flat, context: ValidationContext): JsonValue | undefined {
  const { flat, depth } = wanted;
  const { required, declared, dependents, natural, partsOf } = readKeys(flat);
  const least = Math.max(0, ...numbersAt(flat, 'minProperties'));
  const wantsAll = required.size === 0 && depth <= FULL_DEPTH;
  const made = new Map<string, JsonValue>();
  const others = Array.from({ length: Math.min(least, MAX_ITEMS) }, (_, index) => `key${index + 1}`);
  const extra = new Set(least > 0 ? [...natural, ...others] : []);
  const keys = new Set([...declared, ...required, ...extra]);
  // The set grows while it is read.
  for (const key of keys) {
    const isEnough = made.size >= least && (!wantsAll || extra.has(key));
    if (isEnough && !required.has(key)) continue;
    const value = make({ parts: partsOf(key), depth: depth + 1, hint: key }, context);
    if (value === undefined && required.has(key)) return undefined;
    if (value === undefined) continue;
    made.set(key, value);
    for (const name of dependents.get(key) ?? []) {
      required.add(name);
      // What was passed over comes again.
      if (!made.has(name)) keys.delete(name);
      keys.add(name);
    }
  }
  return Object.fromEntries(made);
}

function makeArray(wanted: Flat, context: ValidationContext): JsonValue | undefined {
  const { flat, depth } = wanted;
  const hint = wanted.hint.replace(/s$/, '');
  const least = Math.max(0, ...numbersAt(flat, 'minItems'));
  const most = Math.min(Infinity, ...numbersAt(flat, 'maxItems'));
  if (least > MAX_ITEMS || depth >= MAX_DEPTH) return undefined;
  const listedCount = Math.max(0, ...flat.map((part) => listedItems(part).length));
  const length = Math.min(most, Math.max(least, listedCount, 1));
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
