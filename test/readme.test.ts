/** Runs the README: every command, every code block, every table. `UPDATE=1` rewrites what the source says. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks, sectionOf, withSection } from './markdown.js';
import { SECTIONS, treeNames } from './readme-sections.js';
import { commandsOf, faultsOfStory } from './story.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const README = path.join(root, 'README.md');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

/** Commands that cannot run in a test, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci && npx gen-worker-client': '.ci/run runs it; it needs a registry',
  'npm test': 'this is it',
  'npm install --save-dev gen-worker-client': 'needs a registry; the test links the package instead',
  'cd generated/typescript && npm install && npm run build && npm publish': 'publishes',
  'cd generated/python && python3 -m build && python3 -m twine upload dist/*': 'publishes',
};

/** What a `text` block is, where it is no output: the first word of the block. */
const PROSE = ['generated/typescript/', 'gen-worker-client', 'src/cli.ts'];

const blocks = codeBlocks(read('README.md'));

describe('the sections that the source says', () => {
  beforeAll(() => {
    if (process.env['UPDATE'] === undefined) return;
    const updated = Object.entries(SECTIONS).reduce(
      (page, [name, lines]) => withSection(page, name, lines()),
      read('README.md'),
    );
    if (updated !== read('README.md')) fs.writeFileSync(README, updated);
  });

  it.each(Object.entries(SECTIONS))('%s are up to date (npm run test:update)', (name, lines) => {
    expect(sectionOf(read('README.md'), name)).toBe(lines());
  });

  it('explain every room of the source tree', () => {
    const { there, explained } = treeNames(root);
    expect(explained).toEqual(there);
  });

  it('lead to files that are there', () => {
    const links = [...read('README.md').matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !fs.existsSync(path.join(root, link)))).toEqual([]);
  });
});

describe('the code blocks', () => {
  it('all have a test, and the table of what does not run has no more than that', () => {
    const commands = blocks.filter(({ language }) => language === 'sh').flatMap(commandsOf);
    expect(Object.keys(NOT_RUN).filter((command) => !commands.includes(command))).toEqual([]);
    const unknown = blocks.filter(
      ({ language, about, text }) =>
        !['sh', 'json'].includes(language) &&
        about === '' &&
        !PROSE.some((start) => language === 'text' && text.startsWith(start)),
    );
    expect(unknown.map(({ language, line }) => `${language} in line ${line}`)).toEqual([]);
  });

  it('run from top to bottom in one project', { timeout: 300_000 }, async () => {
    const faults = await faultsOfStory(blocks, (command) => !(command in NOT_RUN));
    expect(faults).toEqual([]);
  });
});
