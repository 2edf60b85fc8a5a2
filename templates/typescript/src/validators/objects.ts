/** What the keywords of objects make of a value. */
import { isObject } from '../runtime/json.js';
import {
  type Check,
  checkPart,
  type Compiler,
  fail,
  fits,
  listed,
  pass,
  type Run,
  type Schema,
  type Seen,
  shown,
} from './check.js';
import { compilePattern } from './scalars.js';

type ObjectCheck = (value: Schema, run: Run, seen?: Seen) => boolean;

/** A value has what its JSON has: nothing of its prototype, and no member that is `undefined`. */
const has = (value: Schema, key: string): boolean => value[key] !== undefined && Object.hasOwn(value, key);

const keysOf = (value: Schema): readonly string[] => Object.keys(value).filter((key) => value[key] !== undefined);

const mapAt = (schema: Schema, keyword: string): readonly (readonly [string, unknown])[] => {
  const map = schema[keyword];
  return isObject(map) ? Object.entries(map) : [];
};

const namesIn = (list: unknown): readonly string[] => (Array.isArray(list) ? list.map(String) : []);

export function objectChecks(schema: Schema, compiler: Compiler): readonly Check[] {
  const checks: readonly (ObjectCheck | null)[] = [
    requiredCheck(namesIn(schema['required'])),
    countCheck(schema),
    ...dependentChecks(schema, compiler),
    namesCheck(schema, compiler),
    membersCheck(schema, compiler),
  ];
  const made = checks.filter((check) => check !== null);
  return made.map(
    (check): Check =>
      (value, run, seen) =>
        !isObject(value) || check(value, run, seen),
  );
}

function requiredCheck(names: readonly string[]): ObjectCheck | null {
  if (names.length === 0) return null;
  return (value, run) => {
    let isWhole = true;
    for (const name of names) {
      if (has(value, name)) continue;
      isWhole = fail(run, 'required', `must have required property ${shown(name)}`);
      if (run.issues === null) break;
    }
    return isWhole;
  };
}

function countCheck({ minProperties: min, maxProperties: max }: Schema): ObjectCheck | null {
  if (typeof min !== 'number' && typeof max !== 'number') return null;
  return (value, run) => {
    const count = keysOf(value).length;
    if (typeof min === 'number' && count < min)
      return fail(run, 'minProperties', `must NOT have fewer than ${min} properties`);
    return (
      typeof max !== 'number' || count <= max || fail(run, 'maxProperties', `must NOT have more than ${max} properties`)
    );
  };
}

function dependentChecks(schema: Schema, { isDraft07, inPlace }: Compiler): readonly ObjectCheck[] {
  const keywords = isDraft07 ? ['dependencies'] : ['dependentRequired', 'dependentSchemas'];
  return keywords.flatMap((keyword) =>
    mapAt(schema, keyword).map(([key, dependent]): ObjectCheck => {
      if (!Array.isArray(dependent)) {
        const check = inPlace(dependent);
        return (value, run, seen) => !has(value, key) || check(value, run, seen);
      }
      const missing = (name: string): string =>
        `must have property ${shown(name)} when property ${shown(key)} is there`;
      return (value, run) => {
        if (!has(value, key)) return true;
        const name = namesIn(dependent).find((one) => !has(value, one));
        return name === undefined || fail(run, keyword, missing(name));
      };
    }),
  );
}

function namesCheck(schema: Schema, { below }: Compiler): ObjectCheck | null {
  if (!Object.hasOwn(schema, 'propertyNames')) return null;
  const check = below(schema['propertyNames']);
  return (value, run) =>
    keysOf(value).every((key) => fits(check, { value: key, run })) ||
    fail(run, 'propertyNames', 'must have no property of another name than propertyNames allows');
}

/** What `properties`, `patternProperties` and `additionalProperties` say of a member. */
interface Members {
  readonly declared: ReadonlyMap<string, Check>;
  readonly patterns: readonly (readonly [RegExp, Check])[];
  /** Of all others; `null`: nothing. */
  readonly others: Check | null;
  readonly refusal: string | null;
}

function membersCheck(schema: Schema, compiler: Compiler): ObjectCheck | null {
  const declared = new Map(mapAt(schema, 'properties').map(([key, inner]) => [key, compiler.below(inner)]));
  const patterns = mapAt(schema, 'patternProperties').flatMap(([source, inner]) => {
    const pattern = compilePattern(source);
    return pattern === null ? [] : [[pattern, compiler.below(inner)] as const];
  });
  const isClosed = Object.hasOwn(schema, 'additionalProperties');
  const additional = schema['additionalProperties'];
  const members: Members = {
    declared,
    patterns,
    others: isClosed ? compiler.below(additional) : null,
    refusal: additional === false ? refusalOf([...declared.keys()], patterns.length > 0) : null,
  };
  if (patterns.length > 0 || isClosed) return anyMembers(members);
  return declared.size === 0 ? null : declaredMembers([...declared]);
}

const refusalOf = (names: readonly string[], hasPatterns: boolean): string =>
  `must NOT have additional properties${names.length === 0 ? '' : `, only ${listed(names)}`}${hasPatterns ? ' and those that match a pattern' : ''}`;

const declaredMembers =
  (declared: readonly (readonly [string, Check])[]): ObjectCheck =>
  (value, run, seen) => {
    let areRight = true;
    for (const [key, check] of declared) {
      if (!has(value, key)) continue;
      seen?.keys.add(key);
      if (checkPart(check, value[key], { key, run })) continue;
      areRight = false;
      if (run.issues === null) break;
    }
    return areRight;
  };

function anyMembers({ declared, patterns, others, refusal }: Members): ObjectCheck {
  return (value, run, seen) => {
    let areRight = true;
    let isRefused = false;
    for (const key in value) {
      if (!has(value, key)) continue;
      const own = declared.get(key);
      const part = value[key];
      let isNamed = own !== undefined;
      let isRight = own === undefined || checkPart(own, part, { key, run });
      for (const [pattern, check] of patterns) {
        if (!pattern.test(key)) continue;
        isNamed = true;
        isRight = checkPart(check, part, { key, run }) && isRight;
      }
      if (!isNamed && refusal !== null) isRefused = true;
      else if (!isNamed && others !== null) isRight = checkPart(others, part, { key, run });
      if (isNamed || others !== null) seen?.keys.add(key);
      areRight &&= isRight && !isRefused;
      if (!areRight && run.issues === null) return false;
    }
    return isRefused ? fail(run, 'additionalProperties', refusal ?? '') : areRight;
  };
}

/** After all else has looked at the value. */
export function unevaluatedProperties(schema: Schema, { isDraft07, below }: Compiler): Check {
  if (isDraft07 || !Object.hasOwn(schema, 'unevaluatedProperties')) return pass;
  const said = schema['unevaluatedProperties'];
  const check = below(said);
  return (value, run, seen) => {
    if (!isObject(value) || seen === undefined) return true;
    const keys = keysOf(value).filter((key) => !seen.keys.has(key));
    if (said === false)
      return keys.length === 0 || fail(run, 'unevaluatedProperties', 'must NOT have unevaluated properties');
    const wrong = keys.filter((key) => !checkPart(check, value[key], { key, run }));
    for (const key of keys) seen.keys.add(key);
    return wrong.length === 0;
  };
}
