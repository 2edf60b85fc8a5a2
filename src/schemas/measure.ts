/** Walks a parsed schema once: counts its keys, and finds what is too large and names that no language can hold. */
import type { Report } from '../report/report.js';
import { isHostileName } from '../text/hostile-name.js';
import { isArray, type JsonValue } from '../text/json.js';
import { LIMITS } from './limits.js';
import { type LocatedText, placeIn } from './locate.js';

interface Walk {
  readonly located: LocatedText;
  readonly report: Report;
  keys: number;
  values: number;
  /** Of all names. */
  letters: number;
  /** Where it is too large, and how. The walk ends there. */
  excess?: Excess;
}

interface Excess {
  readonly kind: keyof typeof EXCESSES;
  readonly at: readonly string[];
}

const EXCESSES = {
  depth: {
    message: `the schema is nested deeper than ${LIMITS.depth} levels`,
    help: 'move inner schemas to $defs and refer to them',
  },
  values: {
    message: `the schema holds more than ${LIMITS.values} values`,
    help: 'describe the payload with fewer properties, or leave a part of it open',
  },
  text: { message: `a text here has more than ${LIMITS.text} letters`, help: 'say it in fewer words' },
  name: { message: `a name here has more than ${LIMITS.name} letters`, help: 'give it a shorter name' },
  names: {
    message: `all names together have more than ${LIMITS.names} letters`,
    help: 'give shorter names, or leave a part of the payload open',
  },
};

/**
 * @param report - takes `input/too-large` and `json/*` findings of names
 * @returns the number of keys in all objects, or `undefined` when the schema is larger than the limits
 */
export function measure(schema: JsonValue, located: LocatedText, report: Report): number | undefined {
  const walk: Walk = { located, report, keys: 0, values: 0, letters: 0 };
  visit(schema, [], walk);
  if (walk.excess === undefined) return walk.keys;
  const { kind, at } = walk.excess;
  report.add('input/too-large', { ...EXCESSES[kind], at: placeIn(located, at) });
  return undefined;
}

function visit(value: JsonValue, at: readonly string[], walk: Walk): void {
  walk.values += 1;
  if (walk.values > LIMITS.values) walk.excess ??= { kind: 'values', at: [] };
  if (typeof value === 'string' && value.length > LIMITS.text) walk.excess ??= { kind: 'text', at };
  if (walk.excess !== undefined || typeof value !== 'object' || value === null) return;
  if (at.length > LIMITS.depth) {
    walk.excess = { kind: 'depth', at: at.slice(0, 3) };
    return;
  }
  const entries = isArray(value) ? value.entries() : Object.entries(value);
  for (const [step, inner] of entries) {
    if (typeof step === 'string') checkName(step, at, walk);
    visit(inner, [...at, String(step)], walk);
  }
}

const LINE_BREAK = /[\t\n\f\r]/;

function checkName(name: string, at: readonly string[], walk: Walk): void {
  const { located, report } = walk;
  walk.keys += 1;
  if (name.length > LIMITS.name) walk.excess ??= { kind: 'name', at };
  walk.letters += name.length;
  if (walk.letters > LIMITS.names) walk.excess ??= { kind: 'names', at: [] };
  if (report.isFull) return;
  if (isHostileName(name)) {
    report.add('json/control-character', {
      message: `the name ${JSON.stringify(name)} holds a control character or half of a surrogate pair`,
      at: placeIn(located, [...at, name], 'key'),
      help: 'take it out of the name',
    });
  } else if (LINE_BREAK.test(name)) {
    report.add('json/line-break-in-name', {
      message: `the name ${JSON.stringify(name)} holds a tab or a line break`,
      at: placeIn(located, [...at, name], 'key'),
      help: 'take it out of the name, unless the payload has it',
    });
  }
}
