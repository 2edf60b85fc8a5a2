/** What the keywords of lists make of a value. */
import { type Check, checkPart, type Compiler, fail, fits, pass, type Run, type Schema, type Seen } from './check.js';
import { hasRepeats } from './values.js';

type ArrayCheck = (value: readonly unknown[], run: Run, seen?: Seen) => boolean;

export function arrayChecks(schema: Schema, compiler: Compiler): readonly Check[] {
  const checks = [
    countCheck(schema),
    uniqueCheck(schema),
    itemsCheck(schema, compiler),
    containsCheck(schema, compiler),
  ];
  const made = checks.filter((check) => check !== null);
  return made.map(
    (check): Check =>
      (value, run, seen) =>
        !Array.isArray(value) || check(value, run, seen),
  );
}

function countCheck({ minItems: min, maxItems: max }: Schema): ArrayCheck | null {
  if (typeof min !== 'number' && typeof max !== 'number') return null;
  return ({ length }, run) => {
    if (typeof min === 'number' && length < min) return fail(run, 'minItems', `must NOT have fewer than ${min} items`);
    return typeof max !== 'number' || length <= max || fail(run, 'maxItems', `must NOT have more than ${max} items`);
  };
}

const uniqueCheck = ({ uniqueItems }: Schema): ArrayCheck | null =>
  uniqueItems === true
    ? (value, run) => !hasRepeats(value) || fail(run, 'uniqueItems', 'must NOT have duplicate items')
    : null;

function itemsCheck(schema: Schema, { isDraft07, below }: Compiler): ArrayCheck | null {
  const { items, prefixItems, additionalItems } = schema;
  const list = isDraft07 ? items : prefixItems;
  const first = (Array.isArray(list) ? list : []).map(below);
  const rest = isDraft07 && Array.isArray(items) ? additionalItems : items;
  const others = rest === undefined ? null : below(rest);
  if (first.length === 0 && others === null) return null;
  return (value, run, seen) => {
    let areRight = true;
    for (let key = 0; key < value.length; key += 1) {
      const check = first[key] ?? others;
      if (check === null) break;
      seen?.items.add(key);
      if (checkPart(check, value[key], { key, run })) continue;
      areRight = false;
      if (run.issues === null) break;
    }
    return areRight;
  };
}

function containsCheck(schema: Schema, { isDraft07, below }: Compiler): ArrayCheck | null {
  const { contains, minContains, maxContains } = schema;
  if (contains === undefined) return null;
  const check = below(contains);
  const min = !isDraft07 && typeof minContains === 'number' ? minContains : 1;
  const max = !isDraft07 && typeof maxContains === 'number' ? maxContains : Infinity;
  return (value, run, seen) => {
    let count = 0;
    for (const [index, item] of value.entries()) {
      if (!fits(check, { value: item, run })) continue;
      count += 1;
      if (!isDraft07) seen?.items.add(index);
    }
    if (count < min) return fail(run, 'contains', `must contain at least ${min} valid item(s)`);
    return count <= max || fail(run, 'contains', `must contain at most ${max} valid item(s)`);
  };
}

/** After all else has looked at the value. */
export function unevaluatedItems(schema: Schema, { isDraft07, below }: Compiler): Check {
  if (isDraft07 || !Object.hasOwn(schema, 'unevaluatedItems')) return pass;
  const said = schema['unevaluatedItems'];
  const check = below(said);
  return (value, run, seen) => {
    if (!Array.isArray(value) || seen === undefined) return true;
    const left = [...value.keys()].filter((index) => !seen.items.has(index));
    if (said === false) return left.length === 0 || fail(run, 'unevaluatedItems', 'must NOT have unevaluated items');
    const wrong = left.filter((key) => !checkPart(check, value[key], { key, run }));
    for (const index of left) seen.items.add(index);
    return wrong.length === 0;
  };
}
