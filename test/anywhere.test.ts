/** The same schemas give the same bytes anywhere: in any language, time zone and folder, with any line ends. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeFolder } from './temp-folder.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(root, 'dist/cli.js');

type Files = Readonly<Record<string, string>>;

/** Every file below a folder, by its path. */
const readAll = (folder: string): Files =>
  Object.fromEntries(
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file), fs.readFileSync(file, 'latin1')] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

interface Elsewhere {
  readonly env?: Readonly<Record<string, string>>;
  /** The text of a schema as this machine has it. */
  readonly textOf?: (text: string) => string;
  /** Copies the files in this order. */
  readonly order?: (names: readonly string[]) => readonly string[];
  /** Working directory, relative to the project. */
  readonly cwd?: string;
}

/** Generates this repository's packages in a project elsewhere. */
function generate({ env = {}, textOf = (text) => text, order = (names) => names, cwd = '.' }: Elsewhere): Files {
  const project = path.join(makeFolder(), 'with a space and ünïcode');
  fs.mkdirSync(project);
  fs.copyFileSync(path.join(root, 'package.json'), path.join(project, 'package.json'));
  const names = Object.keys(readAll(path.join(root, 'schemas')));
  for (const name of order(names)) {
    const file = path.join(project, 'schemas', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, textOf(fs.readFileSync(path.join(root, 'schemas', name), 'utf8')));
  }
  const folder = path.join(project, cwd);
  const config = path.relative(folder, path.join(project, 'package.json'));
  const { status, stderr } = spawnSync(process.execPath, [cli, '--config', config], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return readAll(path.join(project, 'generated'));
}

it.each<[string, Elsewhere]>([
  ['in Turkish, where I is no capital i', { env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' } }],
  ['in Lithuanian, far in the east', { env: { LC_ALL: 'lt_LT.UTF-8', TZ: 'Pacific/Kiritimati' } }],
  ['without any locale or home', { env: { LC_ALL: 'C', TZ: 'America/Adak' } }],
  ['with the line ends of Windows', { textOf: (text) => text.replaceAll('\n', '\r\n') }],
  ['with files written in another order', { order: (names) => names.toReversed() }],
  ['from inside the schemas folder', { cwd: 'schemas/shared' }],
])('is what is committed %s', (_, elsewhere) => {
  const files = generate(elsewhere);
  const committed = readAll(path.join(root, 'generated'));
  expect(Object.keys(files).filter((name) => files[name] !== committed[name])).toEqual([]);
  expect(Object.keys(files)).toEqual(Object.keys(committed));
});
