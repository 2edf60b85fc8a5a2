/** Numbers that callers give: what each may be. */
import { ConfigurationError } from './errors.js';

/** Above it, timers fire at once. */
const LONGEST_TIMER = 2_147_483_647;
const TIME = [1, LONGEST_TIMER] as const;

const LIMITS = {
  timeout: TIME,
  attemptTimeout: TIME,
  idleTimeout: TIME,
  interval: TIME,
  maxRetries: [0, 10],
  maxConnections: [1, 65_535],
  concurrency: [1, 65_535],
  maxResponseBytes: [1, Number.MAX_SAFE_INTEGER],
} as const;

type Limited = keyof typeof LIMITS;

/** Times may have decimals, counts may not. */
export function readNumber<Fallback>(
  given: { readonly [name in Limited]?: number | undefined },
  name: Limited,
  fallback: Fallback,
): number | Fallback {
  const value: unknown = given[name];
  if (value === undefined) return fallback;
  const [min, max] = LIMITS[name];
  const isCount = LIMITS[name] !== TIME;
  if (typeof value === 'number' && value >= min && value <= max && !(isCount && value % 1)) return value;
  throw new ConfigurationError(`${name} is not a${isCount ? ' whole' : ''} number from ${min} to ${max}`);
}
