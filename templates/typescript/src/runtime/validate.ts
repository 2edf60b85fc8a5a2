/** Checks payloads before they are sent, by any validator that speaks Standard Schema. */
import { ConfigurationError, type PayloadIssue, PayloadValidationError } from './errors.js';
import { isObject } from './json.js';

/** The part of Standard Schema v1 that the client uses: our validators, zod, valibot, arktype … */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>;
  };
}

export type StandardResult =
  { readonly value: unknown; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** By message type: a schema, or how to load it when it is used first. A type that is not here is not checked. */
export type Validators = Readonly<Record<string, StandardSchema | (() => Promise<StandardSchema>) | undefined>>;

/** One schema for whatever is sent, or schemas by message type. */
export type Validation = StandardSchema | Validators;

const isSchema = (value: unknown): value is StandardSchema =>
  (typeof value === 'object' || typeof value === 'function') && value !== null && '~standard' in value;

/** Finds the schema of a message type, and loads each one once. */
export class ValidatorCache {
  readonly #validators: Validation;
  readonly #loaded = new Map<string, Promise<StandardSchema>>();

  constructor(validators: Validation) {
    if (Object(validators) !== validators) throw new ConfigurationError('validate is no schema, and no record of them');
    this.#validators = validators;
  }

  find(messageType: string): StandardSchema | Promise<StandardSchema> | undefined {
    if (isSchema(this.#validators)) return this.#validators;
    const validator = Object.hasOwn(this.#validators, messageType) ? this.#validators[messageType] : undefined;
    if (validator === undefined || isSchema(validator)) return validator;
    const known = this.#loaded.get(messageType);
    if (known) return known;
    const loading = Promise.resolve(typeof validator === 'function' ? validator() : validator);
    this.#loaded.set(messageType, loading);
    // A file that could not be loaded now may be there later.
    loading.catch(() => this.#loaded.delete(messageType));
    return loading;
  }
}

/** What to send: the payload as the schema puts it out. */
export async function validatePayload({
  messageType,
  payload,
  schema,
}: {
  readonly messageType: string;
  readonly payload: unknown;
  readonly schema: StandardSchema | Promise<StandardSchema>;
}): Promise<unknown> {
  const found: unknown = await schema;
  if (!isSchema(found)) throw new ConfigurationError(`the validator of ${messageType} is no Standard Schema`);
  const { '~standard': standard } = found;
  const result = await standard.validate(payload);
  if (!result.issues) return result.value;
  const issues = result.issues.map((issue) => readIssue(issue, standard.vendor));
  const places = issues.slice(0, 3).map(({ path, message }) => `${path || 'the payload'} ${message}`);
  const more = issues.length > 3 ? `, and ${issues.length - 3} more` : '';
  throw new PayloadValidationError(`the payload of ${messageType} is invalid: ${places.join(', ')}${more}`, {
    messageType,
    issues,
  });
}

/** Messages of other vendors can repeat what they refuse; kind and expectation cannot. */
function readIssue(issue: StandardIssue, vendor: string): PayloadIssue {
  const steps = issue.path?.map((step) => String(typeof step === 'object' ? step.key : step)) ?? [];
  const path = steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const facts: unknown = issue;
  const { keyword, code, type, expected } = isObject(facts) ? facts : {};
  const kind = [keyword, code, type].find((value) => typeof value === 'string') ?? 'invalid';
  const wanted = typeof expected === 'string' ? ` (${expected} expected)` : '';
  return {
    path,
    keyword: String(kind),
    message: vendor === 'gen-worker-client' ? issue.message : `is not valid: ${String(kind)}${wanted}`,
  };
}
