/** The sections of the README that the source says: flags, options, diagnostics, the tree. */
import fs from 'node:fs';
import path from 'node:path';
import { OPTIONS, RUN_FLAGS } from '../src/options/options.js';
import { CODES } from '../src/report/codes.js';
import { markdownTable } from './markdown.js';

const code = (text: string): string => `\`${text}\``;

function flagTable(): string {
  const rows = [
    ...OPTIONS.flatMap(({ flag, help }) => (flag === undefined ? [] : [[code(flag), help]])),
    ...RUN_FLAGS.map(({ flag, help, commands }) => [
      code(flag),
      commands === undefined ? help : `${help} (${commands.join(', ')})`,
    ]),
  ];
  return markdownTable(['flag', 'what it does'], rows);
}

const optionTable = (): string =>
  markdownTable(
    ['key', 'default', 'what it says'],
    OPTIONS.map(({ name, default: standard, help }) => [
      code(name),
      standard === null ? 'none' : code(JSON.stringify(standard).replace(/","/g, '", "')),
      help,
    ]),
  );

const diagnosticTable = (): string =>
  markdownTable(
    ['code', 'severity', 'meaning'],
    Object.entries(CODES).map(([name, { severity, meaning }]) => [code(name), severity, meaning]),
  );

/** What the folders and the files above them are for. A new one needs a line here. */
const TREE: Readonly<Record<string, string>> = {
  'src/cli.ts': 'argv in, exit code out',
  'src/index.ts': 'the same as a library',
  'src/pipeline.ts': 'the order of the stages',
  'src/commands/': 'one file a command',
  'src/options/': 'the option table; defaults < config < flags',
  'src/schemas/': 'a folder in, checked and self-contained schemas out',
  'src/model/': 'schemas in, the language-free model out',
  'src/render/': 'the template engine and the formatter',
  'src/targets/': 'the output languages, one folder each',
  'src/output/': 'plans, and the only writer',
  'src/report/': 'diagnostics: codes, collecting, printing',
  'src/text/': 'words, lines, JSON',
  'templates/': 'what a target renders and copies, path for path',
  'schemas/': 'the messages of this repository',
  'generated/': 'what comes out of them',
  'test/': 'tests, path for path and from the outside',
};

/** Names that the tree of the page has to explain, and those that it explains: both should be the same. */
export function treeNames(root: string): { readonly there: readonly string[]; readonly explained: readonly string[] } {
  const entries = fs.readdirSync(path.join(root, 'src'), { withFileTypes: true });
  const inSource = entries.map((entry) => `src/${entry.name}${entry.isDirectory() ? '/' : ''}`);
  const folders = ['templates/', 'schemas/', 'generated/', 'test/'].filter((name) =>
    fs.existsSync(path.join(root, name)),
  );
  return { there: [...inSource, ...folders].toSorted(), explained: Object.keys(TREE).toSorted() };
}

function tree(): string {
  const width = Math.max(...Object.keys(TREE).map((name) => name.length));
  const lines = Object.entries(TREE).map(([name, what]) => `${name.padEnd(width)}   ${what}`);
  return ['```text', ...lines, '```'].join('\n');
}

/** Section name to its lines. */
export const SECTIONS: Readonly<Record<string, () => string>> = {
  flags: flagTable,
  options: optionTable,
  diagnostics: diagnosticTable,
  tree,
};
