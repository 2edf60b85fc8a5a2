/** Reads a Markdown file as the blocks of code that it holds. */
import MarkdownIt from 'markdown-it';

export interface CodeBlock {
  /** First word after the fence: `sh`, `ts`, `json`. */
  readonly language: string;
  /** The rest of that line: a file, a stream, an exit code, or `''`. */
  readonly about: string;
  readonly text: string;
  /** Line of the fence, from 1. */
  readonly line: number;
}

/** Every fenced block, in the order of the page. */
export const codeBlocks = (markdown: string): readonly CodeBlock[] =>
  new MarkdownIt()
    .parse(markdown, {})
    .filter(({ type }) => type === 'fence')
    .map(({ info, content, map }) => {
      const [language = '', ...about] = info.trim().split(/\s+/);
      return { language, about: about.join(' '), text: content, line: (map?.[0] ?? 0) + 1 };
    });

/** The lines between `<!-- name -->` and `<!-- /name -->`. */
export function sectionOf(markdown: string, name: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = markdown.indexOf(open);
  const end = markdown.indexOf(close);
  if (start === -1 || end < start) throw new Error(`there is no section ${name}`);
  return markdown.slice(start + open.length, end).trim();
}

/** The page with other lines between `<!-- name -->` and `<!-- /name -->`. */
export function withSection(markdown: string, name: string, lines: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = [markdown.slice(0, markdown.indexOf(open)), markdown.slice(markdown.indexOf(close))];
  return `${before}${open}\n\n${lines}\n\n${rest}`;
}

/** A table in the form that Prettier gives it. Cells are Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], fill: string): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width, fill)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first, ' '), line([], '-'), ...others.map((row) => line(row, ' '))].join('\n');
}
