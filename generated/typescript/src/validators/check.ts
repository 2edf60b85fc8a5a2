/** What a check is, made once of a schema: a function of a value that says yes or no, and why when it is asked. */

/** Whether a value fits. Notes what it has looked at in `seen`, and what is wrong in `run`, where these are there. */
export type Check = (value: unknown, run: Run, seen?: Seen) => boolean;

/** One question about one payload. */
export interface Run {
  /** What is wrong with the payload; `null` when nobody asks. */
  issues: Issue[] | null;
  /** Schemas that ask about a value by way of themselves, with the value. */
  readonly active: (readonly [schema: object, value: unknown])[];
}

/** Where, and what a schema says; never the value that was found. */
export interface Issue {
  readonly path: string[];
  readonly keyword: string;
  readonly message: string;
}

/** What schemas have looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
export interface Seen {
  readonly keys: Set<string>;
  readonly items: Set<number>;
}

export type Schema = Readonly<Record<string, unknown>>;

/** Makes checks of the schemas inside of a schema. */
export interface Compiler {
  /** Draft-07 has other keywords for lists and dependencies. */
  readonly isDraft07: boolean;
  /** For the same value. */
  readonly inPlace: (schema: unknown) => Check;
  /** For a part of the value; made when it is needed first. */
  readonly below: (schema: unknown) => Check;
}

/** Nobody reads more. */
const MAX_ISSUES = 100;
/** Letters of a fact in a message. */
const MAX_FACT = 200;

export const pass: Check = () => true;

export const newSeen = (): Seen => ({ keys: new Set(), items: new Set() });

export function addSeen(more: Seen, to: Seen | undefined): void {
  if (to === undefined) return;
  for (const key of more.keys) to.keys.add(key);
  for (const item of more.items) to.items.add(item);
}

/** Notes what is wrong. */
export function fail({ issues }: Run, keyword: string, message: string): false {
  if (issues !== null && issues.length < MAX_ISSUES) issues.push({ path: [], keyword, message });
  return false;
}

/** Asks all, unless nobody wants to know more than the first answer. */
export function every(checks: readonly Check[]): Check {
  const asking = checks.filter((check) => check !== pass);
  if (asking.length <= 1) return asking[0] ?? pass;
  return (value, run, seen) => {
    let areRight = true;
    for (const check of asking) {
      if (check(value, run, seen)) continue;
      if (run.issues === null) return false;
      areRight = false;
    }
    return areRight;
  };
}

/** Checks a part of a value. */
export function checkPart(check: Check, part: unknown, { key, run }: { key: string | number; run: Run }): boolean {
  const { issues } = run;
  if (issues === null) return check(part, run);
  const before = issues.length;
  if (check(part, run)) return true;
  for (const { path } of issues.slice(before)) path.unshift(String(key));
  return false;
}

/** Asks without noting why not. */
export function fits(
  check: Check,
  { value, run, seen }: { value: unknown; run: Run; seen?: Seen | undefined },
): boolean {
  const { issues } = run;
  run.issues = null;
  const answer = check(value, run, seen);
  run.issues = issues;
  return answer;
}

/** A fact of the schema, as it stands in a message. */
export function shown(fact: unknown): string {
  const text = JSON.stringify(fact) ?? '';
  return text.length <= MAX_FACT ? text : `${text.slice(0, MAX_FACT)}…`;
}

/** As many facts as fit. */
export function listed(facts: readonly unknown[]): string {
  const texts: string[] = [];
  let length = 0;
  for (const fact of facts) {
    const text = shown(fact);
    length += text.length;
    if (length > MAX_FACT && texts.length > 0) return `${texts.join(', ')} …`;
    texts.push(text);
  }
  return texts.join(', ');
}
