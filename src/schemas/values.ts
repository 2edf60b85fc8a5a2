/** What is wrong with a keyword's value, said in plain words. */
import type { Code } from '../report/codes.js';
import { isArray, isObject, type JsonValue, sameJson } from '../text/json.js';
import { isMessageType } from '../text/kebab.js';
import { nearest } from '../text/nearest.js';
import type { ValueKind } from './keywords.js';
import type { Dialect, Path } from './schema-file.js';

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

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'];

/**
 * @param kind - what the value must be
 * @param value - what the schema has
 * @returns the first fault, or `undefined`
 */
export function valueFault(kind: ValueKind, value: JsonValue, where: Where): ValueFault | undefined {
  return CHECKS[kind](value, where);
}

type Check = (value: JsonValue, where: Where) => ValueFault | undefined;

const fault = (message: string, help?: string, steps: Path = []): ValueFault => ({
  code: 'schema/keyword-value',
  message,
  steps,
  ...(help === undefined ? {} : { help }),
});

const must =
  (
    isRight: (value: JsonValue) => boolean,
    what: string,
    helpOf: (value: JsonValue, where: Where) => string | undefined = () => undefined,
  ): Check =>
  (value, where) =>
    isRight(value) ? undefined : fault(`${where.name} must be ${what}, not ${shortly(value)}`, helpOf(value, where));

const isSchema = (value: JsonValue): boolean => isObject(value) || typeof value === 'boolean';
const isNumber = (value: JsonValue): value is number => typeof value === 'number';
const isCount = (value: JsonValue): boolean => isNumber(value) && Number.isInteger(value) && value >= 0;
const isText = (value: JsonValue): value is string => typeof value === 'string';

const schemaFault = (value: JsonValue, where: Where, steps: Path): ValueFault | undefined =>
  isSchema(value)
    ? undefined
    : {
        ...fault(`${where.name} must hold a schema, not ${shortly(value)}`, schemaHelp(value), steps),
        code: 'schema/not-a-schema',
      };

const schemaHelp = (value: JsonValue): string =>
  isText(value) && TYPES.includes(value)
    ? `say { "type": ${JSON.stringify(value)} }`
    : 'a schema is an object or a boolean';

const schemaList: Check = (value, where) => {
  if (!isArray(value))
    return fault(`${where.name} must be a list of schemas, not ${shortly(value)}`, 'put the schemas in [ … ]');
  if (value.length === 0) return fault(`${where.name} must hold at least one schema`, 'add a schema, or remove it');
  return firstFault(value, (item, index) => schemaFault(item, where, [String(index)]));
};

const schemaMap: Check = (value, where) => {
  if (!isObject(value))
    return fault(`${where.name} must be an object of schemas, not ${shortly(value)}`, 'say { "name": { … } }');
  return firstFault(Object.entries(value), ([key, inner]) => schemaFault(inner, where, [key]));
};

const nameList: Check = (value, where) => {
  if (!isArray(value))
    return fault(
      `${where.name} must be a list of property names, not ${shortly(value)}`,
      isText(value) ? `say [${JSON.stringify(value)}]` : requiredHelp(value, where),
    );
  return firstFault(value, (item, index) => {
    if (!isText(item))
      return fault(`${where.name} must hold property names, not ${shortly(item)}`, undefined, [String(index)]);
    return value.indexOf(item) === index
      ? undefined
      : fault(`${where.name} names ${JSON.stringify(item)} twice`, 'remove one of them', [String(index)]);
  });
};

const requiredHelp = (value: JsonValue, { name }: Where): string | undefined =>
  name === 'required' && typeof value === 'boolean'
    ? 'draft-03 wrote it inside the property; list the name in required of the object'
    : undefined;

const type: Check = (value) => {
  const named = isArray(value) ? value : [value];
  if (isArray(value) && value.length === 0)
    return fault('type must name at least one type', 'leave type out to allow any value');
  return firstFault(named, (item, index) => {
    const steps = isArray(value) ? [String(index)] : [];
    if (isText(item) && TYPES.includes(item))
      return named.indexOf(item) === index ? undefined : fault(`type names ${item} twice`, 'remove one of them', steps);
    const meant = isText(item) ? nearest(item, TYPES) : undefined;
    const help =
      item === 'any'
        ? 'leave type out to allow any value'
        : meant === undefined
          ? `types are ${TYPES.join(', ')}`
          : `did you mean ${meant}?`;
    return { ...fault(`${shortly(item)} is no JSON type`, help, steps), code: 'schema/unknown-type' };
  });
};

const enumeration: Check = (value) => {
  if (!isArray(value))
    return fault(
      `enum must be a list of values, not ${shortly(value)}`,
      `say [${JSON.stringify(value)}], or const for one value`,
    );
  if (value.length === 0)
    return {
      ...fault('enum lists no value, so nothing is valid', 'list the values, or remove the property'),
      code: 'schema/empty-enum',
    };
  const seen = new Set<JsonValue>();
  return firstFault(value, (item, index) => {
    const isRepeat =
      typeof item === 'object' && item !== null
        ? value.findIndex((other) => sameJson(other, item)) < index
        : seen.has(item);
    seen.add(item);
    return isRepeat
      ? {
          ...fault(`enum lists ${shortly(item)} twice`, 'remove one of them', [String(index)]),
          code: 'schema/duplicate-value',
        }
      : undefined;
  });
};

const pattern: Check = (value, where) => {
  if (!isText(value)) return fault(`${where.name} must be a string, not ${shortly(value)}`);
  if (['u', ''].some((flags) => isPattern(value, flags))) return undefined;
  return {
    ...fault(
      `the pattern ${shortly(value)} is not a valid regular expression`,
      'patterns are ECMAScript regular expressions',
    ),
    code: 'schema/bad-pattern',
  };
};

function isPattern(text: string, flags: string): boolean {
  try {
    return new RegExp(text, flags) instanceof RegExp;
  } catch {
    return false;
  }
}

const dependencies: Check = (value, where) => {
  if (!isObject(value)) return fault(`${where.name} must be an object, not ${shortly(value)}`);
  return firstFault(Object.entries(value), ([key, inner]) => {
    const inside = isArray(inner) ? nameList(inner, where) : schemaFault(inner, where, []);
    return inside === undefined ? undefined : { ...inside, steps: [key, ...inside.steps] };
  });
};

const nameListMap: Check = (value, where) => {
  if (!isObject(value)) return fault(`${where.name} must be an object of name lists, not ${shortly(value)}`);
  return firstFault(Object.entries(value), ([key, inner]) => {
    const inside = nameList(inner, where);
    return inside === undefined ? undefined : { ...inside, steps: [key, ...inside.steps] };
  });
};

const schemaOrList: Check = (value, where) => {
  if (!isArray(value)) return schemaFault(value, where, []);
  if (where.dialect === '2020-12')
    return fault('items must be a schema, not a list', 'since 2020-12 the list is called prefixItems');
  return firstFault(value, (item, index) => schemaFault(item, where, [String(index)]));
};

const boundHelp = (value: JsonValue, { name }: Where): string | undefined =>
  typeof value === 'boolean' && name.startsWith('exclusive')
    ? `draft-04 had a boolean here; write the bound itself, "${name}": 0`
    : undefined;

const CHECKS: Readonly<Record<ValueKind, Check>> = {
  schema: (value, where) => schemaFault(value, where, []),
  'schema-list': schemaList,
  'schema-map': schemaMap,
  'schema-or-list': schemaOrList,
  dependencies,
  type,
  enum: enumeration,
  any: () => undefined,
  number: must(isNumber, 'a number', boundHelp),
  'positive-number': must((value) => isNumber(value) && value > 0, 'a number above 0'),
  count: must(isCount, 'a whole number from 0 on'),
  boolean: must((value) => typeof value === 'boolean', 'true or false'),
  string: must(isText, 'a string'),
  pattern,
  reference: must(isText, 'a string'),
  id: must((value) => isText(value) && value !== '', 'a URI reference'),
  anchor: must((value) => isText(value) && /^[A-Za-z_][-A-Za-z0-9._]*$/.test(value), 'a plain name'),
  'name-list': nameList,
  'name-list-map': nameListMap,
  vocabulary: must(isObject, 'an object'),
  list: must(isArray, 'a list', (value) => `say [${JSON.stringify(value)}]`),
  queue: must((value) => isText(value) && value.trim() !== '' && !/[\p{Cc}:]/u.test(value), 'a queue name without ":"'),
  'message-type': must((value) => isText(value) && isMessageType(value), 'a message type in kebab-case'),
};

function firstFault<T>(
  items: readonly T[],
  check: (item: T, index: number) => ValueFault | undefined,
): ValueFault | undefined {
  for (const [index, item] of items.entries()) {
    const found = check(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value as text that fits into a message. */
function shortly(value: JsonValue): string {
  if (isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
