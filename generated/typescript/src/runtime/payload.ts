/** A payload as JSON text; what JSON cannot hold is named by its place, and never shown. */
import { ConfigurationError } from './errors.js';

export function printPayload(payload: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(payload);
  } catch (cause) {
    throw refuse(findFault(payload) ?? '$ cannot be printed as JSON', cause);
  }
  if (text === undefined) throw refuse('$ is nothing that JSON can hold');
  // NaN, Infinity and invalid dates print as null.
  const fault = text.includes('null') ? findFault(payload) : undefined;
  if (fault !== undefined) throw refuse(fault);
  return text;
}

const refuse = (fault: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError(`the payload is not JSON: ${fault}`, cause === undefined ? {} : { cause });

/** The first place that JSON would drop or refuse: `$.files[0].size is NaN`. */
function findFault(value: unknown, path = '$', above: readonly unknown[] = []): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return `${path} is ${value}`;
  if (typeof value === 'bigint') return `${path} is a BigInt`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (above.includes(value)) return `${path} leads back to itself`;
  if (value instanceof Date && Number.isNaN(value.getTime())) return `${path} is an invalid date`;
  if ('toJSON' in value) return undefined;
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [`[${index}]`, item])
    : Object.entries(value).map(([key, item]) => [`.${key}`, item]);
  for (const [step, item] of entries) {
    const fault = findFault(item, path + step, [...above, value]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
