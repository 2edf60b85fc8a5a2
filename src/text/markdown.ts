/** Text of users in Markdown: it is read as text, whatever stands in it. */
import { splitLines, trimmedLines } from './lines.js';
import { visible } from './visible.js';

/** Text in a line of Markdown, or in a cell of a table. */
export const markdownText = (text: string): string => escapeMarkdown(text.replace(/\s+/g, ' ').trim());

/** Text as paragraphs of Markdown, its line ends kept. */
export const markdownBlock = (text: string): string =>
  trimmedLines(text)
    .map((line) => escapeMarkdown(line.trim()))
    .join('\\\n')
    .replace(/(\\\n){2,}/g, '\n\n');

/** GitHub makes a link of an address, escaped or not; in a code span it stays text. */
const ADDRESS =
  /((?:\b[a-z][a-z\d+.-]{0,30}:\/\/|\bwww\.|\b(?:mailto|xmpp):)\S+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)/i;

const escapeMarkdown = (line: string): string =>
  line
    .split(ADDRESS)
    .map((part, index) => (index % 2 === 1 ? codeOfAddress(part) : escapeMarks(part)))
    .join('');

function codeOfAddress(text: string): string {
  const address = text.replace(/[.,;:!?'")\]}>]+$/, '');
  return markdownCode(address) + escapeMarks(text.slice(address.length));
}

/** What Markdown and GitHub read as markup. An underscore inside a word is none. */
const escapeMarks = (line: string): string =>
  visible(line)
    .replace(/[\\`*[\]<>&|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^([#+\-=]|\d+(?=[.)]))/, (sign) => (/^\d/.test(sign) ? `${sign}\\` : `\\${sign}`));

/** Text in a code span; the fence is longer than any run of backticks inside. */
export function markdownCode(text: string): string {
  const line = visible(splitLines(text).join(' '));
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || /^ .* $/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}
