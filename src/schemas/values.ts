/** What is wrong with a keyword's value, said in plain words. */
import type { Code } from '../report/codes.js';
import { isHostileName } from '../text/hostile-name.js';
import { canonicalJson, isArray, isObject, type JsonValue } from '../text/json.js';
import { isMessageType, kebabCase } from '../text/kebab.js';
import { rowOf } from '../text/table.js';
import type { ValueKind } from './keywords.js';
import { LIMITS } from './limits.js';
import type { Dialect, Path } from './schema-file.js';
import { JSON_TYPES, typeHelp } from './type-names.js';

export interface ValueFault {
  readonly code: Code;
  readonly message: string;
  /** Steps from the keyword's value to the part that is wrong. */
  readonly steps: Path;
  readonly help?: string;
}

interface Where {
  readonly name: string;
  readonly dialect: Dialect;
}

/**
 * @param kind - what the value must be
 * @param value - what the schema has
 * @returns every fault, none where the value is right
 */
export const valueFaults = (kind: ValueKind, value: JsonValue, where: Where): readonly ValueFault[] =>
  CHECKS[kind](value, where);

/** Whether a value is right at a glance, as nearly all are. */
export function isPlainlyRight(kind: ValueKind, value: JsonValue): boolean {
  switch (kind) {
    case 'any':
      return true;
    case 'string':
      return isText(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return isNumber(value);
    case 'type':
      return isText(value) && JSON_TYPES.includes(value);
    case 'schema':
      return isSchema(value);
    case 'schema-map':
      return isObject(value) && Object.values(value).every(isSchema);
    default:
      return false;
  }
}

const isSchema = (value: JsonValue): boolean => isObject(value) || typeof value === 'boolean';

type Check = (value: JsonValue, where: Where) => readonly ValueFault[];

const fault = (message: string, help?: string, steps: Path = []): ValueFault => ({
  code: 'schema/keyword-value',
  message,
  steps,
  ...(help === undefined ? {} : { help }),
});

const must =
  (
    isRight: (value: JsonValue, where: Where) => boolean,
    what: string,
    helpOf: (value: JsonValue, where: Where) => string | undefined = () => undefined,
  ): Check =>
  (value, where) =>
    isRight(value, where) ? [] : [fault(`${where.name} must be ${what}, not ${shortly(value)}`, helpOf(value, where))];

const isNumber = (value: JsonValue): value is number => typeof value === 'number';
const isCount = (value: JsonValue): boolean => isNumber(value) && Number.isInteger(value) && value >= 0;
const isText = (value: JsonValue): value is string => typeof value === 'string';

/** One schema; `what` names the place that holds it. */
function schemaFaults(value: JsonValue, what: string, steps: Path = []): readonly ValueFault[] {
  if (isSchema(value)) return [];
  const found = fault(`${what} must be a schema, not ${shortly(value)}`, schemaHelp(value), steps);
  return [{ ...found, code: 'schema/not-a-schema' }];
}

const YES_OR_NO: Readonly<Record<string, string>> = { true: 'true', yes: 'true', false: 'false', no: 'false' };

function schemaHelp(value: JsonValue): string {
  if (isText(value) && JSON_TYPES.includes(value)) return `say { "type": ${JSON.stringify(value)} }`;
  const meant = isText(value) ? rowOf(YES_OR_NO, value.toLowerCase()) : undefined;
  return meant === undefined ? 'a schema is an object, true or false' : `say ${meant}, without quotes`;
}

const schemaList: Check = (value, where) => {
  if (!isArray(value))
    return [fault(`${where.name} must be a list of schemas, not ${shortly(value)}`, 'put the schemas in [ … ]')];
  if (value.length === 0) return [fault(`${where.name} must hold at least one schema`, 'add a schema, or remove it')];
  if (value.length > LIMITS.branches)
    return [tooLarge(`${where.name} lists ${value.length} schemas; ${LIMITS.branches} is the limit`, [])];
  return value.flatMap((item, index) => schemaFaults(item, `each item of ${where.name}`, [String(index)]));
};

const schemaMap: Check = (value, where) => {
  if (!isObject(value))
    return [fault(`${where.name} must be an object of schemas, not ${shortly(value)}`, 'say { "name": { … } }')];
  return Object.entries(value).flatMap(([key, inner]) => schemaFaults(inner, JSON.stringify(key), [key]));
};

const patternMap: Check = (value, where) => {
  const patterns = isObject(value) ? Object.keys(value) : [];
  return [...schemaMap(value, where), ...patterns.flatMap((pattern) => patternFaults(pattern, [pattern]))];
};

const nameList: Check = (value, where) => {
  if (!isArray(value))
    return [fault(`${where.name} must be a list of property names, not ${shortly(value)}`, listHelp(value, where))];
  if (value.length > LIMITS.list)
    return [tooLarge(`${where.name} lists ${value.length} names; ${LIMITS.list} is the limit`, [])];
  const seen = new Set<JsonValue>();
  return value.flatMap((item, index) => {
    const isRepeat = seen.has(item);
    seen.add(item);
    if (!isText(item))
      return [fault(`${where.name} must hold property names, not ${shortly(item)}`, undefined, [String(index)])];
    if (item.length > LIMITS.name)
      return [tooLarge(`a name here has ${item.length} letters; ${LIMITS.name} is the limit`, [String(index)])];
    if (isHostileName(item)) return [hostileName(item, [String(index)])];
    return isRepeat
      ? [fault(`${where.name} names ${JSON.stringify(item)} twice`, 'remove one of them', [String(index)])]
      : [];
  });
};

const hostileName = (name: string, steps: Path): ValueFault => ({
  ...fault(
    `the name ${shortly(name)} holds a control character or half of a surrogate pair`,
    'take it out of the name',
    steps,
  ),
  code: 'json/control-character',
});

function listHelp(value: JsonValue, { name }: Where): string | undefined {
  if (isText(value)) return `say [${JSON.stringify(value)}]`;
  return name === 'required' && typeof value === 'boolean'
    ? 'draft-03 wrote it inside the property; list the name in required of the object'
    : undefined;
}

const type: Check = (value) => {
  const named = isArray(value) ? value : [value];
  if (named.length === 0) return [fault('type must name at least one type', 'leave type out to allow any value')];
  return named.flatMap((item, index): readonly ValueFault[] => {
    const steps = isArray(value) ? [String(index)] : [];
    if (isText(item) && JSON_TYPES.includes(item))
      return named.indexOf(item) === index ? [] : [fault(`type names ${item} twice`, 'remove one of them', steps)];
    const found = fault(`${shortly(item)} is no JSON type`, typeHelpOf(item), steps);
    return [{ ...found, code: 'schema/unknown-type' }];
  });
};

function typeHelpOf(item: JsonValue): string {
  if (item === null) return 'say "null", in quotes';
  return isText(item) ? typeHelp(item) : `types are ${JSON_TYPES.join(', ')}, in quotes`;
}

const enumeration: Check = (value) => {
  if (!isArray(value)) {
    const help = `say [${isText(value) || isNumber(value) ? JSON.stringify(value) : '…'}], or const for one value`;
    return [fault(`enum must be a list of values, not ${shortly(value)}`, help)];
  }
  if (value.length === 0) {
    const found = fault('enum lists no value, so nothing is valid', 'list the values, or remove the property');
    return [{ ...found, code: 'schema/empty-enum' }];
  }
  if (value.length > LIMITS.list)
    return [tooLarge(`enum lists ${value.length} values; ${LIMITS.list} is the limit`, [])];
  const seen = new Set<string>();
  return value.flatMap((item, index): readonly ValueFault[] => {
    const key = canonicalJson(item);
    if (seen.has(key)) {
      const found = fault(`enum lists ${shortly(item)} twice`, 'remove one of them', [String(index)]);
      return [{ ...found, code: 'schema/duplicate-value' }];
    }
    seen.add(key);
    return [];
  });
};

const tooLarge = (message: string, steps: Path): ValueFault => ({
  ...fault(message, 'say it with a wider type', steps),
  code: 'input/too-large',
});

function patternFaults(pattern: string, steps: Path): readonly ValueFault[] {
  if (pattern.length > LIMITS.pattern)
    return [tooLarge(`the pattern has ${pattern.length} letters; ${LIMITS.pattern} is the limit`, steps)];
  if (['u', ''].some((flags) => isPattern(pattern, flags))) return [];
  const found = fault(
    `the pattern ${shortly(pattern)} is not a valid regular expression`,
    'patterns are ECMAScript regular expressions; this one is left out',
    steps,
  );
  return [{ ...found, code: 'schema/bad-pattern' }];
}

function isPattern(text: string, flags: string): boolean {
  try {
    return new RegExp(text, flags) instanceof RegExp;
  } catch {
    return false;
  }
}

const pattern: Check = (value, where) =>
  isText(value) ? patternFaults(value, []) : [fault(`${where.name} must be a string, not ${shortly(value)}`)];

const dependencies: Check = (value, where) => {
  if (!isObject(value)) return [fault(`${where.name} must be an object, not ${shortly(value)}`)];
  return Object.entries(value).flatMap(([key, inner]) =>
    isArray(inner) ? within(key, nameList(inner, where)) : schemaFaults(inner, JSON.stringify(key), [key]),
  );
};

const nameListMap: Check = (value, where) => {
  if (!isObject(value)) return [fault(`${where.name} must be an object of name lists, not ${shortly(value)}`)];
  return Object.entries(value).flatMap(([key, inner]) => within(key, nameList(inner, where)));
};

const within = (key: string, faults: readonly ValueFault[]): readonly ValueFault[] =>
  faults.map((found) => ({ ...found, steps: [key, ...found.steps] }));

const schemaOrList: Check = (value, where) => {
  if (!isArray(value)) return schemaFaults(value, where.name);
  if (where.dialect === '2020-12')
    return [fault('items must be a schema, not a list', 'since 2020-12 the list is called prefixItems')];
  return value.flatMap((item, index) => schemaFaults(item, `each item of ${where.name}`, [String(index)]));
};

function numberHelp(value: JsonValue, { name }: Where): string | undefined {
  if (typeof value === 'boolean' && name.startsWith('exclusive'))
    return `draft-04 had a boolean here; write the bound itself, "${name}": 0`;
  return isText(value) && value.trim() !== '' && Number.isFinite(Number(value))
    ? `say ${Number(value)}, without quotes`
    : undefined;
}

function booleanHelp(value: JsonValue): string | undefined {
  const meant = isText(value) ? rowOf(YES_OR_NO, value.toLowerCase()) : undefined;
  return meant === undefined ? undefined : `say ${meant}, without quotes`;
}

function messageHelp(value: JsonValue): string | undefined {
  const better = isText(value) ? kebabCase(value) : '';
  return better === '' ? undefined : `did you mean ${better}?`;
}

const isQueue = (value: JsonValue): boolean => isText(value) && value.trim() !== '' && !/[\p{Cc}:]/u.test(value);

/** Only draft-07 names an anchor in an `$id`. */
const isId = (value: JsonValue, { dialect }: Where): boolean =>
  isText(value) && value !== '' && (dialect === 'draft-07' || /^[^#]+#?$/.test(value));

const CHECKS: Readonly<Record<ValueKind, Check>> = {
  schema: (value, where) => schemaFaults(value, where.name),
  'schema-list': schemaList,
  'schema-map': schemaMap,
  'pattern-map': patternMap,
  'schema-or-list': schemaOrList,
  dependencies,
  type,
  enum: enumeration,
  any: () => [],
  number: must(isNumber, 'a number', numberHelp),
  'positive-number': must((value) => isNumber(value) && value > 0, 'a number above 0', numberHelp),
  count: must(isCount, 'a whole number from 0 on', numberHelp),
  boolean: must((value) => typeof value === 'boolean', 'true or false', booleanHelp),
  string: must(isText, 'a string'),
  pattern,
  reference: must(isText, 'a string'),
  id: must(isId, 'a URI without a fragment', (value) =>
    isText(value) && value.includes('#') ? 'a name for a part of the schema is an $anchor' : undefined,
  ),
  anchor: must(
    (value) => isText(value) && /^[A-Za-z_][-A-Za-z0-9._]*$/.test(value),
    'a plain name',
    () => 'it starts with a letter, and letters, digits, "-", "." and "_" follow',
  ),
  'name-list': nameList,
  'name-list-map': nameListMap,
  vocabulary: must(isObject, 'an object'),
  list: must(isArray, 'a list', (value) => (isObject(value) ? 'put it in [ … ]' : `say [${JSON.stringify(value)}]`)),
  queue: must(isQueue, 'a queue name', (value) =>
    isText(value) && value.includes(':') ? 'BullMQ keeps the colon for itself; say it with a hyphen' : undefined,
  ),
  'message-type': must((value) => isText(value) && isMessageType(value), 'a message type in kebab-case', messageHelp),
};

/** A value as text that fits into a message. */
function shortly(value: JsonValue): string {
  if (isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
