/** What the validators of `validators/` have in common. */
import type { StandardIssue, StandardSchema } from '../runtime/validate.js';

export { formats } from './formats.js';

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

/** A function made of a schema by Ajv. */
interface Validate {
  (value: unknown): boolean;
  errors?: readonly Fault[] | null;
}

interface Fault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
}

/** Makes a validator out of what was compiled. */
export function standard<Payload>(validate: Validate, schema: Record<string, unknown> | boolean): Validator<Payload> {
  const isPayload = (value: unknown): value is Payload => validate(value);
  const make: MakeJsonSchema = ({ target }) => jsonSchema(schema, target);
  return Object.assign(isPayload, {
    '~standard': {
      version: 1 as const,
      vendor: 'gen-worker-client',
      validate: (value: unknown) =>
        isPayload(value) ? { value } : { issues: (validate.errors ?? []).map((fault) => issueOf(fault)) },
      jsonSchema: { input: make, output: make },
    },
  });
}

/** Where and what, never the value that was found. */
const issueOf = ({ instancePath, keyword, message = 'is not valid' }: Fault): Issues['issues'][number] => ({
  message,
  keyword,
  path: instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
});

function jsonSchema(schema: Record<string, unknown> | boolean, target: string): Record<string, unknown> {
  const whole = typeof schema === 'boolean' ? (schema ? {} : { not: {} }) : schema;
  const own = String(whole['$schema']).includes('draft-07') ? 'draft-07' : 'draft-2020-12';
  if (target !== own) throw new Error(`the schema is written in ${own}, not in ${target}`);
  return structuredClone(whole);
}

/** Length of a text in characters, as JSON Schema counts them. */
export function ucs2length(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Whether two JSON values are the same. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [entries, others] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    entries.length === others.size && entries.every(([key, value]) => others.has(key) && equal(value, others.get(key)))
  );
}
