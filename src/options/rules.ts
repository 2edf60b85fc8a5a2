/** What an option's value must be: for people, for editors as JSON Schema, and as a check. */
import { isArray, isObject, type JsonObject, type JsonValue } from '../text/json.js';
import { isMessageType, kebabCase } from '../text/kebab.js';
import { nearest } from '../text/nearest.js';
import { licenseFault } from './license.js';

/** What is wrong with a value. */
export interface ValueFault {
  /** The rest of a sentence that starts with the option's name: `must be true or false, not 3`. */
  readonly message: string;
  readonly help?: string | undefined;
  /** Steps from the value to the part that is wrong. */
  readonly steps: readonly string[];
}

export interface Rule {
  /** Accepts at least what `fault` accepts, and refuses what a pattern can refuse. */
  readonly schema: JsonObject;
  fault(value: JsonValue): ValueFault | undefined;
}

const NPM_NAME = '^(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*$';
const PYPI_NAME = '^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$';
const PYTHON_NAME = '^[a-z_][a-z0-9_]*$';
const SEMVER =
  '^(?:0|[1-9][0-9]*)\\.(?:0|[1-9][0-9]*)\\.(?:0|[1-9][0-9]*)(?:-(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$';
const HTTPS_URL = '^https://[^\\s/?#@"\'<>\\\\`{}|^]+(?:[/?#][^\\s"\'<>\\\\`{}|^]*)?$';
const REPOSITORY = '^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$';
const ONE_LINE = '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$';
const MESSAGE_PATTERN = '^[a-z0-9*][a-z0-9*-]*$';

const PYTHON_KEYWORDS: ReadonlySet<string> = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** A folder or file: relative to the config file, or to the working directory when it is a flag. */
export const path = text({ what: 'a path', limits: { minLength: 1, pattern: '^[^\\u0000]*$' } });

export const oneLine = text({
  what: 'one line of text without control characters',
  limits: { maxLength: 500, pattern: ONE_LINE },
});

export const npmName = text({
  what: 'an npm package name',
  limits: { minLength: 1, maxLength: 214, pattern: NPM_NAME },
  help: (name) => didYouMean(npmNameFrom(name)) ?? 'say @scope/name in lower case',
});

export const pypiName = text({
  what: 'a PyPI package name',
  limits: { minLength: 1, maxLength: 214, pattern: PYPI_NAME },
  help: (name) => didYouMean(name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[._-]+|[._-]+$/g, '')),
});

export const pythonModule = text({
  what: 'a Python module name',
  limits: { minLength: 1, maxLength: 100, pattern: PYTHON_NAME },
  isRight: (name) => !PYTHON_KEYWORDS.has(name),
  help: (name) => didYouMean(pythonNameFrom(name)),
});

export const version = text({
  what: 'a semantic version',
  limits: { maxLength: 256, pattern: SEMVER },
  help: () => 'say 1.2.3, or 1.2.3-rc.1',
});

export const license = text({
  what: 'an SPDX licence expression',
  limits: { minLength: 1, maxLength: 500, pattern: '^[A-Za-z0-9.+() -]+$' },
  isRight: (expression) => licenseFault(expression) === undefined,
  help: (expression) => licenseFault(expression)?.help,
});

export const httpsUrl = text({
  what: 'an https URL without a user name',
  limits: { maxLength: 2000, pattern: `^$|${HTTPS_URL}` },
  isRight: (url) => url === '' || URL.canParse(url),
  help: (url) => didYouMean(/^http:\/\/[^@]+$/.test(url) ? url.replace('http:', 'https:') : ''),
});

export const repository = text({
  what: 'owner/name or an https URL',
  limits: { maxLength: 2000, pattern: `^$|${REPOSITORY}|${HTTPS_URL}` },
  isRight: (name) => !name.startsWith('https:') || URL.canParse(name),
  help: (url) => didYouMean(/github\.com[/:]([\w-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url)?.[1] ?? ''),
});

/** A message type, or `null` for none. */
export const messageTypeOrNull: Rule = {
  schema: { type: ['string', 'null'], pattern: '^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$' },
  fault(value) {
    if (value === null || (isText(value) && isMessageType(value))) return undefined;
    const help = isText(value) ? didYouMean(kebabCase(value)) : undefined;
    return { message: `must be a message type, not ${shortly(value)}`, help, steps: [] };
  },
};

/** One of a few words. */
export function choice(words: readonly string[]): Rule {
  return {
    schema: { enum: words },
    fault(value) {
      if (isText(value) && words.includes(value)) return undefined;
      const help = isText(value) ? didYouMean(nearest(value, words) ?? '') : undefined;
      return { message: `must be ${listed(words)}, not ${shortly(value)}`, help, steps: [] };
    },
  };
}

/** A list that names at least one of a few words, none of them twice. */
export function choices(words: readonly string[]): Rule {
  const one = choice(words);
  return {
    schema: { type: 'array', minItems: 1, uniqueItems: true, items: one.schema },
    fault(value) {
      if (!isArray(value) || value.length === 0)
        return { message: `must be a list of ${listed(words)}, not ${shortly(value)}`, steps: [] };
      for (const [index, item] of value.entries()) {
        const steps = [String(index)];
        const found = one.fault(item);
        if (found !== undefined) return { ...found, steps };
        if (value.indexOf(item) < index)
          return { message: `names ${shortly(item)} twice`, help: 'remove one of them', steps };
      }
      return undefined;
    },
  };
}

/** Message type patterns to words. */
export function patternMap(words: readonly string[]): Rule {
  const one = choice(words);
  return {
    schema: { type: 'object', propertyNames: { pattern: MESSAGE_PATTERN }, additionalProperties: one.schema },
    fault(value) {
      if (!isObject(value)) return { message: `must be an object, not ${shortly(value)}`, steps: [] };
      for (const [pattern, word] of Object.entries(value)) {
        const found = one.fault(word);
        if (found !== undefined) return { ...found, steps: [pattern] };
        if (!new RegExp(MESSAGE_PATTERN).test(pattern))
          return {
            message: `has the key ${shortly(pattern)}, which is no message type and no pattern of one`,
            help: 'write a message type, or a pattern such as *-completed',
            steps: [pattern],
          };
      }
      return undefined;
    },
  };
}

export const yesOrNo: Rule = {
  schema: { type: 'boolean' },
  fault: (value) =>
    typeof value === 'boolean' ? undefined : { message: `must be true or false, not ${shortly(value)}`, steps: [] },
};

interface TextRule {
  /** Completes `must be …`. */
  readonly what: string;
  readonly limits: JsonObject;
  /** What no pattern can say; asked of texts within the limits. */
  readonly isRight?: (value: string) => boolean;
  readonly help?: (value: string) => string | undefined;
}

function text({ what, limits, isRight, help }: TextRule): Rule {
  const { minLength = 0, maxLength = Infinity, pattern } = limits;
  const shape = new RegExp(String(pattern));
  return {
    schema: { type: 'string', ...limits },
    fault(value) {
      const fits = isText(value) && value.length >= Number(minLength) && value.length <= Number(maxLength);
      if (fits && shape.test(value) && (isRight?.(value) ?? true)) return undefined;
      return {
        message: `must be ${what}, not ${shortly(value)}`,
        help: isText(value) ? help?.(value) : undefined,
        steps: [],
      };
    },
  };
}

const isText = (value: JsonValue): value is string => typeof value === 'string';

const npmNameFrom = (name: string): string => {
  const better = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9._~@/-]+/g, '-')
    .replace(/^[._]+/, '');
  return new RegExp(NPM_NAME).test(better) ? better : '';
};

const pythonNameFrom = (name: string): string => {
  const better = name
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^(?=\d)/, '_');
  return PYTHON_KEYWORDS.has(better) ? `${better}_` : better;
};

const didYouMean = (better: string): string | undefined => (better === '' ? undefined : `did you mean ${better}?`);

/** `a`, `a or b`, `a, b or c`. */
const listed = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' or $1');

/** A value as text that fits into a message; configs that are code can hold more than JSON. */
export function shortly(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return 'an object';
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return shown.length <= 60 ? shown : `${shown.slice(0, 59)}…`;
}
