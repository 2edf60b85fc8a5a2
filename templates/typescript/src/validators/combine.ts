/** What the keywords that combine schemas make of a value. */
import {
  addSeen,
  type Check,
  type Compiler,
  fail,
  fits,
  type Issue,
  newSeen,
  type Run,
  type Schema,
  type Seen,
} from './check.js';

/** More branches are not looked through for the one that was meant. */
const MAX_BRANCHES = 50;

const listAt = (schema: Schema, keyword: string): readonly unknown[] => {
  const list = schema[keyword];
  return Array.isArray(list) ? list : [];
};

export function combinedChecks(schema: Schema, compiler: Compiler): readonly Check[] {
  const { inPlace } = compiler;
  // Definitions that say the same twice, again and again, would take time without end.
  const all = new Set(listAt(schema, 'allOf').map(inPlace));
  return [
    ...all,
    ...(Array.isArray(schema['anyOf']) ? [anyCheck([...new Set(listAt(schema, 'anyOf').map(inPlace))])] : []),
    ...(Array.isArray(schema['oneOf']) ? [oneCheck(listAt(schema, 'oneOf').map(inPlace))] : []),
    ...(Object.hasOwn(schema, 'not') ? [notCheck(inPlace(schema['not']))] : []),
    ...conditionChecks(schema, compiler),
  ];
}

const anyCheck =
  (branches: readonly Check[]): Check =>
  (value, run, seen) => {
    const isRight =
      seen === undefined
        ? branches.some((branch) => fits(branch, { value, run }))
        : branches.map((branch) => fitsAndSees(branch, { value, run, seen })).includes(true);
    return isRight || refuse(branches, { value, run, keyword: 'anyOf', message: 'must match a schema in anyOf' });
  };

function oneCheck(branches: readonly Check[]): Check {
  const message = 'must match exactly one schema in oneOf';
  return (value, run, seen) => {
    let count = 0;
    const own = seen && newSeen();
    for (const branch of branches) {
      if (fitsAndSees(branch, { value, run, seen: own })) count += 1;
      if (count > 1) return fail(run, 'oneOf', message);
    }
    if (count === 0) return refuse(branches, { value, run, keyword: 'oneOf', message });
    if (own !== undefined) addSeen(own, seen);
    return true;
  };
}

const notCheck =
  (inner: Check): Check =>
  (value, run) =>
    !fits(inner, { value, run }) || fail(run, 'not', 'must NOT be valid');

function conditionChecks(schema: Schema, { inPlace }: Compiler): readonly Check[] {
  if (!Object.hasOwn(schema, 'if')) return [];
  const condition = inPlace(schema['if']);
  const [positive, negative] = [inPlace(schema['then']), inPlace(schema['else'])];
  return [(value, run, seen) => (fitsAndSees(condition, { value, run, seen }) ? positive : negative)(value, run, seen)];
}

interface Asked {
  readonly value: unknown;
  readonly run: Run;
  readonly seen?: Seen | undefined;
}

/** What does not fit has looked at nothing. */
function fitsAndSees(check: Check, { value, run, seen }: Asked): boolean {
  if (seen === undefined) return fits(check, { value, run });
  const own = newSeen();
  const answer = fits(check, { value, run, seen: own });
  if (answer) addSeen(own, seen);
  return answer;
}

interface Refused extends Asked {
  readonly keyword: string;
  readonly message: string;
}

/** Where all branches but one are of another kind, what is wrong under that one; else that none fits. */
function refuse(branches: readonly Check[], { value, run, keyword, message }: Refused): false {
  const { issues } = run;
  if (issues === null || branches.length > MAX_BRANCHES) return fail(run, keyword, message);
  const near = branches.map((branch) => issuesOf(branch, { value, run })).filter((list) => !list.some(isOfOtherKind));
  const [meant = [], ...others] = near;
  if (others.length > 0 || meant.length === 0) return fail(run, keyword, message);
  issues.push(...meant);
  return false;
}

function issuesOf(check: Check, { value, run }: Asked): readonly Issue[] {
  const { issues } = run;
  const own: Issue[] = [];
  run.issues = own;
  check(value, run);
  run.issues = issues;
  return own;
}

/** What tells one kind of value from others, and what tells one kind of object from others. */
const KINDS = new Set(['type', 'const', 'enum', 'false schema']);
const TAGS = new Set(['const', 'enum']);

const isOfOtherKind = ({ path, keyword }: Issue): boolean =>
  path.length === 0 ? KINDS.has(keyword) : path.length === 1 && TAGS.has(keyword);
