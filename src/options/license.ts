/** Whether a text is an SPDX licence expression that npm and PyPI accept. */
import { nearest } from '../text/nearest.js';
import { LICENSE_EXCEPTIONS, LICENSES } from './spdx.js';

/** Licences of one's own, which are in no list. */
const OWN_LICENSE = /^LicenseRef-[A-Za-z0-9.-]+$/;

/**
 * Finds what is wrong with an expression such as `MIT OR Apache-2.0`.
 *
 * @returns `undefined` when nothing is; otherwise perhaps a help
 */
export function licenseFault(text: string): { readonly help: string | undefined } | undefined {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  const rest = readAlternatives(tokens, text);
  if ('help' in rest) return rest;
  return rest.length === 0 ? undefined : { help: helpFor(text) };
}

type Rest = readonly string[] | { readonly help: string | undefined };

/** Reads `a OR b AND (c)`; which of the two binds tighter does not matter here. */
function readAlternatives(tokens: readonly string[], text: string): Rest {
  const rest = readLicense(tokens, text);
  if ('help' in rest || (rest[0] !== 'OR' && rest[0] !== 'AND')) return rest;
  return readAlternatives(rest.slice(1), text);
}

function readLicense([first, ...after]: readonly string[], text: string): Rest {
  if (first === '(') {
    const inner = readAlternatives(after, text);
    if ('help' in inner) return inner;
    return inner[0] === ')' ? inner.slice(1) : { help: 'close the bracket' };
  }
  if (first === undefined || !isLicense(first)) return { help: helpFor(first === undefined ? '' : text) };
  if (after[0] !== 'WITH') return after;
  const exception = after[1] ?? '';
  return LICENSE_EXCEPTIONS.includes(exception) ? after.slice(2) : { help: didYouMean(exception, LICENSE_EXCEPTIONS) };
}

const isLicense = (name: string): boolean => LICENSES.includes(name.replace(/\+$/, '')) || OWN_LICENSE.test(name);

const helpFor = (text: string): string =>
  didYouMean(text.trim().replace(/\s+/g, '-'), LICENSES) ??
  'say MIT, Apache-2.0, or LicenseRef-Proprietary for one of your own';

const didYouMean = (name: string, known: readonly string[]): string | undefined => {
  const better = nearest(name, known);
  return better === undefined ? undefined : `did you mean ${better}?`;
};
