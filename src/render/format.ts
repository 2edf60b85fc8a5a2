/** The one Prettier call: our settings, and no config file of anybody. */
import type { Options } from 'prettier';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import { format } from 'prettier/standalone';

const SETTINGS: Options = { parser: 'babel-ts', plugins: [babel, estree], printWidth: 120, singleQuote: true };

/** Where a file can be cut in two: a blank line, and behind it a declaration with its doc comment. */
const CUT = /\n\n(?=(?:\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)?export )/;

/** Declarations of the last runs, so that a changed one costs no more than itself. */
let formatted = new Map<string, string>();
const MAX_REMEMBERED = 50_000;

/**
 * Formats TypeScript, declaration by declaration.
 *
 * @param text - a module; what stands in front of its first exported declaration stays as it is
 * @throws SyntaxError of Prettier's when it does not parse
 */
export async function formatTypeScript(text: string): Promise<string> {
  const [head = '', ...declarations] = text.split(CUT);
  if (formatted.size > MAX_REMEMBERED) formatted = new Map();
  const parts = await Promise.all(declarations.map(formatDeclaration));
  return `${[head.trimEnd(), ...parts].join('\n\n')}\n`;
}

async function formatDeclaration(text: string): Promise<string> {
  const known = formatted.get(text);
  if (known !== undefined) return known;
  const result = (await format(text, SETTINGS)).trimEnd();
  formatted.set(text, result);
  return result;
}

/** Formats the TypeScript blocks of a Markdown text. */
export async function formatCodeBlocks(markdown: string): Promise<string> {
  const parts = markdown.split(/^(```ts\n[^]*?^```$)/m);
  const formattedParts = await Promise.all(
    parts.map(async (part) => {
      const code = /^```ts\n([^]*)^```$/m.exec(part)?.[1];
      return code === undefined ? part : `\`\`\`ts\n${await format(code, SETTINGS)}\`\`\``;
    }),
  );
  return formattedParts.join('');
}
