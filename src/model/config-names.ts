/** Whether the messages that a config names are there. */
import type { Options } from '../options/options.js';
import type { Report } from '../report/report.js';
import { nearest } from '../text/nearest.js';

/** What a config says of messages by their names. */
export type ConfigNames = Pick<Options, 'readmeExample' | 'directions'>;

/** Reports what the config names in vain, as `config/unknown-message`. */
export function reportUnknownMessages(
  types: readonly string[],
  { readmeExample, directions }: ConfigNames,
  report: Report,
): void {
  if (readmeExample !== null && !types.includes(readmeExample)) {
    report.add('config/unknown-message', {
      message: `readmeExample names ${readmeExample}, which is no message`,
      help: didYouMean(readmeExample, types),
    });
  }
  for (const pattern of Object.keys(directions)) {
    if (types.some((type) => matchesPattern(type, pattern))) continue;
    report.add('config/unknown-message', {
      message: `directions names ${pattern}, which fits no message`,
      help: didYouMean(pattern, types),
    });
  }
}

function didYouMean(name: string, types: readonly string[]): string {
  const meant = nearest(name, types);
  return meant === undefined ? 'correct it in the config, or remove it there' : `did you mean ${meant}?`;
}

/** `*` stands for any run of letters. */
const matchesPattern = (type: string, pattern: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escapeRegExp).join('.*')}$`).test(type);

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
