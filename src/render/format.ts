/** The one Prettier call: our settings, and no config file of anybody. */
import type { Options } from 'prettier';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import { format } from 'prettier/standalone';

export type Language = 'typescript' | 'json';

const PARSERS = { typescript: 'babel-ts', json: 'json' } as const;

const SETTINGS: Options = {
  printWidth: 120,
  singleQuote: true,
  plugins: [babel, estree],
};

/**
 * Formats a text.
 *
 * @param text - source that parses
 * @param language - what it is written in
 * @throws SyntaxError of Prettier's when the text does not parse
 */
export const formatText = (text: string, language: Language): Promise<string> =>
  format(text, { ...SETTINGS, parser: PARSERS[language] });
