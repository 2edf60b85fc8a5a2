/** A schema in, a check out: every keyword of draft-07 and 2020-12, without a line of code that is made of text. */
import { isObject } from '../runtime/json.js';
import { arrayChecks, unevaluatedItems } from './arrays.js';
import { addSeen, type Check, type Compiler, every, fail, newSeen, pass, type Schema } from './check.js';
import { combinedChecks } from './combine.js';
import { objectChecks, unevaluatedProperties } from './objects.js';
import { scalarChecks } from './scalars.js';

interface Compiling {
  readonly root: unknown;
  readonly isDraft07: boolean;
  readonly made: WeakMap<object, Check>;
}

/**
 * Compiles a schema.
 *
 * @param schema - valid, and self-contained: every reference leads to itself or into its definitions
 */
export function compileSchema(schema: unknown): Check {
  const dialect = isObject(schema) ? String(schema['$schema']) : '';
  return compile(schema, [], { root: schema, isDraft07: dialect.includes('draft-07'), made: new WeakMap() });
}

/** @param around - the schemas that are being compiled, and that ask about the same value */
function compile(schema: unknown, around: readonly object[], compiling: Compiling): Check {
  if (schema === false) return (_, run) => fail(run, 'false schema', 'is not allowed here');
  if (!isObject(schema)) return pass;
  const known = compiling.made.get(schema);
  if (known !== undefined) return known;
  if (around.includes(schema)) return again(schema, compiling);
  const check = checkOf(schema, around, compiling);
  compiling.made.set(schema, check);
  return check;
}

function checkOf(schema: Schema, around: readonly object[], compiling: Compiling): Check {
  const within = [...around, schema];
  const compiler: Compiler = {
    isDraft07: compiling.isDraft07,
    inPlace: (inner) => compile(inner, within, compiling),
    below: (inner) => later(inner, compiling),
  };
  const target = Object.hasOwn(schema, '$ref') ? compiler.inPlace(referredBy(schema, compiling)) : pass;
  const checks = [
    target,
    ...scalarChecks(schema),
    ...combinedChecks(schema, compiler),
    ...objectChecks(schema, compiler),
    ...arrayChecks(schema, compiler),
  ];
  const last = [unevaluatedProperties(schema, compiler), unevaluatedItems(schema, compiler)];
  return withLast(every(checks), every(last));
}

/** What asks about the rest of a value asks when all else has looked at it. */
function withLast(check: Check, last: Check): Check {
  if (last === pass) return check;
  return (value, run, seen) => {
    const own = newSeen();
    if (!check(value, run, own) || !last(value, run, own)) return false;
    addSeen(own, seen);
    return true;
  };
}

/** A schema that comes back to itself about the same value adds nothing the second time. */
const again =
  (schema: object, { made }: Compiling): Check =>
  (value, run, seen) => {
    if (run.active.some(([active, asked]) => active === schema && Object.is(asked, value))) return true;
    run.active.push([schema, value]);
    const answer = (made.get(schema) ?? pass)(value, run, seen);
    run.active.pop();
    return answer;
  };

function later(schema: unknown, compiling: Compiling): Check {
  if (!isObject(schema)) return compile(schema, [], compiling);
  let check: Check | undefined;
  return (value, run) => {
    check ??= compile(schema, [], compiling);
    return check(value, run);
  };
}

function referredBy({ $ref }: Schema, { root }: Compiling): unknown {
  if ($ref === '#') return root;
  const [start, keyword = '', name = ''] = String($ref).split('/');
  const definitions = start === '#' && isObject(root) ? root[keyword] : undefined;
  return isObject(definitions) && Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}
