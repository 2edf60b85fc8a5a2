/** What each validator of `validators/` is made of: a schema as a type guard and a Standard Schema. */
import type { StandardIssue, StandardSchema } from '../runtime/validate.js';
import type { Check, Issue } from './check.js';
import { compileSchema } from './compile.js';

/** Checks payloads of one message: a type guard, a Standard Schema and a Standard JSON Schema. */
export interface Validator<Payload> extends StandardSchema {
  (value: unknown): value is Payload;
  readonly '~standard': Omit<StandardSchema['~standard'], 'validate'> & {
    readonly validate: (value: unknown) => { readonly value: Payload; readonly issues?: undefined } | Issues;
    readonly types?: { readonly input: Payload; readonly output: Payload } | undefined;
    readonly jsonSchema: { readonly input: MakeJsonSchema; readonly output: MakeJsonSchema };
  };
}

interface Issues {
  readonly issues: readonly (StandardIssue & { readonly keyword: string })[];
}

/** The schema in the dialect that it was written in; any other is refused. */
type MakeJsonSchema = (options: { readonly target: string }) => Record<string, unknown>;

/** Makes a validator of a schema, which is compiled when the first payload comes. */
export function standard<Payload>(schema: Record<string, unknown> | boolean): Validator<Payload> {
  let check: Check | undefined;
  const ask = (value: unknown, issues: Issue[] | null): boolean => {
    check ??= compileSchema(schema);
    return withinStack(issues, () => check?.(value, { issues, active: [] }) === true);
  };
  const isPayload = (value: unknown): value is Payload => ask(value, null);
  const make: MakeJsonSchema = ({ target }) => jsonSchema(schema, target);
  return Object.assign(isPayload, {
    '~standard': {
      version: 1 as const,
      vendor: 'gen-worker-client',
      validate: (value: unknown) => {
        if (isPayload(value)) return { value };
        const issues: Issue[] = [];
        ask(value, issues);
        return { issues };
      },
      jsonSchema: { input: make, output: make },
    },
  });
}

/** A payload without an end is none that JSON can hold. */
function withinStack(issues: Issue[] | null, ask: () => boolean): boolean {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    issues?.splice(0, issues.length, { path: [], keyword: 'depth', message: 'must NOT be nested so deep' });
    return false;
  }
}

function jsonSchema(schema: Record<string, unknown> | boolean, target: string): Record<string, unknown> {
  const whole = typeof schema === 'boolean' ? (schema ? {} : { not: {} }) : schema;
  const own = String(whole['$schema']).includes('draft-07') ? 'draft-07' : 'draft-2020-12';
  if (target !== own) throw new Error(`the schema is written in ${own}, not in ${target}`);
  return structuredClone(whole);
}
