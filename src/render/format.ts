/** The one Prettier call: our settings, and no config file of anybody. */
import type { Options } from 'prettier';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import { format } from 'prettier/standalone';
import { layOut } from './layout.js';

const SETTINGS: Options = { parser: 'babel-ts', plugins: [babel, estree], printWidth: 120, singleQuote: true };

/** What was formatted before, by its text, so that a changed schema costs no more than itself. */
let formatted = new Map<string, string>();
const MAX_REMEMBERED = 50_000;

/**
 * Formats a TypeScript module, and remembers it.
 *
 * @throws SyntaxError of Prettier's when it does not parse
 */
export async function formatTypeScript(text: string): Promise<string> {
  const known = formatted.get(text);
  if (known !== undefined) return known;
  if (formatted.size > MAX_REMEMBERED) formatted = new Map();
  const result = await format(text, SETTINGS);
  formatted.set(text, result);
  return result;
}

/** Formats one declaration. No line end stands behind it. */
export const formatDeclaration = async (text: string): Promise<string> =>
  layOut(text) ?? (await formatTypeScript(text)).trimEnd();

/** Formats the TypeScript blocks of a Markdown text. */
export async function formatCodeBlocks(markdown: string): Promise<string> {
  const parts = markdown.split(/^(```ts\n[^]*?^```$)/m);
  const formattedParts = await Promise.all(
    parts.map(async (part) => {
      const code = /^```ts\n([^]*)^```$/m.exec(part)?.[1];
      return code === undefined ? part : `\`\`\`ts\n${await formatTypeScript(code)}\`\`\``;
    }),
  );
  return formattedParts.join('');
}
