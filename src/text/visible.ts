/** Text of users made safe to show: what would steer a terminal or deceive the eye becomes a visible escape. */

/** Control characters, halves of surrogate pairs, line separators, marks of direction and of no width. */
const INVISIBLE =
  /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]|\u{e0001}|[\u{e0020}-\u{e007f}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line of text, with every invisible character as an escape: `\n`, `\u202e`. */
export const visible = (text: string): string => text.replace(INVISIBLE, (sign) => SHORT[sign] ?? escapeOf(sign));

/** The same for JSON and its kin, whose own white space stays: the text means what it meant before. */
export const visibleJson = (json: string): string =>
  json.replace(INVISIBLE, (sign) => (sign === '\n' ? sign : sign.split('').map(escapeOf).join('')));

/** A line of source: a tab is white space, not an escape. */
export const visibleSource = (line: string): string => visible(line.replaceAll('\t', '  '));

const escapeOf = (sign: string): string => {
  const point = sign.codePointAt(0) ?? 0;
  return point > 0xffff ? `\\u{${point.toString(16)}}` : `\\u${point.toString(16).padStart(4, '0')}`;
};
