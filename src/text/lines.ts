/** Splits a text into lines, trims it, and indents it. */

/** The lines of a text, whatever its line ends are: LF, CRLF or a lone CR. */
export const splitLines = (text: string): readonly string[] => text.split(/\r\n|\r|\n/);

/** The lines of a text without blanks at their ends and without blank lines around them. */
export function trimmedLines(text: string): readonly string[] {
  const lines = splitLines(text).map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  if (first === -1) return [];
  return lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}

/** Puts a prefix before each line that is not empty. */
export const indentLines = (text: string, prefix: string): string => text.replace(/^(?=.)/gm, prefix);
