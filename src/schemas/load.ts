/** A folder in, parsed schema files out: the only room that reads schemas from the disk. */
import fs from 'node:fs';
import path from 'node:path';
import type { Report } from '../report/report.js';
import { isMessageType, kebabCase } from '../text/kebab.js';
import { nearest } from '../text/nearest.js';
import { LIMITS } from './limits.js';
import type { SchemaText } from './schema-file.js';

const ENDING = '.schema.json';
const SHARED = 'shared';
const MAX_FILES = 50_000;

/** Where schemas are read from: absolute paths. */
export interface SchemasPlace {
  readonly folder: string;
  /** Paths in diagnostics are relative to it. */
  readonly root: string;
}

/**
 * Reads the bytes of every schema file; parsing is the next step, so that an unchanged input costs no more than this.
 *
 * @param place - the schemas folder and the working directory
 * @param report - takes `input/*` findings
 * @returns files in code-point order of their names
 */
export function readSchemas(place: SchemasPlace, report: Report): readonly SchemaText[] {
  if (!isFolder(place, report)) return [];
  const texts = listFiles(place, report)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => readFile({ ...place, name }, report));
  if (!texts.some(({ name }) => !name.includes('/')) && !report.hasErrors) {
    report.add('input/no-schemas', {
      message: `${shown(place.root, place.folder)} holds no message schema`,
      help: `add a file <message-type>${ENDING}, or name the folder with --schemas DIR`,
    });
  }
  return texts;
}

function isFolder({ folder, root }: SchemasPlace, report: Report): boolean {
  const stat = fs.statSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return true;
  const beside = stat === undefined ? siblingFolders(folder) : [];
  const meant = nearest(path.basename(folder), beside);
  report.add('input/no-folder', {
    message: stat === undefined ? 'the schemas folder is not there' : 'the schemas path is not a folder',
    at: { file: shown(root, folder) },
    help:
      meant === undefined
        ? `${stat === undefined ? `describe a message in ${shown(root, folder)}/<message-type>${ENDING}, or ` : ''}name the folder with --schemas DIR`
        : `did you mean ${shown(root, path.join(path.dirname(folder), meant))}?`,
  });
  return false;
}

function siblingFolders(folder: string): string[] {
  try {
    const entries = fs.readdirSync(path.dirname(folder), { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Names relative to the schemas folder, with `/`: messages at the top, anything under `shared/`. */
function listFiles(place: SchemasPlace, report: Report): string[] {
  const names: string[] = [];
  const visited = new Set<string>();
  const visit = (inner: string): void => {
    const folder = path.join(place.folder, inner);
    const real = realPath(folder) ?? folder;
    if (visited.has(real)) return;
    visited.add(real);
    for (const entry of readFolder(folder, place, report)) {
      if (entry.name.startsWith('.') && entry.name !== ENDING) continue;
      const name = inner === '' ? entry.name : `${inner}/${entry.name}`;
      const isLink = entry.isSymbolicLink();
      if (isLink && !staysInside({ ...place, name }, report)) continue;
      const isFolderEntry = isLink ? leadsToFolder(path.join(folder, entry.name)) : entry.isDirectory();
      if (!isFolderEntry && entry.name.endsWith(ENDING)) names.push(name);
      else if (isFolderEntry && (inner !== '' || entry.name === SHARED)) visit(name);
      else warnStray({ ...place, name }, isFolderEntry, report);
    }
  };
  visit('');
  if (names.length <= MAX_FILES) return names;
  report.add('input/too-large', {
    message: `${names.length} schema files are more than the ${MAX_FILES} that one run takes`,
    help: 'split the messages over several schemas folders',
  });
  return [];
}

function readFolder(folder: string, { root }: SchemasPlace, report: Report): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    report.add('input/unreadable', {
      message: `the folder cannot be read: ${reason(error)}`,
      at: { file: shown(root, folder) },
      help: 'check its permissions',
    });
    return [];
  }
}

interface NamedPlace extends SchemasPlace {
  readonly name: string;
}

function warnStray({ folder, root, name }: NamedPlace, isFolderEntry: boolean, report: Report): void {
  const at = { file: shown(root, path.join(folder, name)) };
  if (isFolderEntry) {
    const holds = readFolder(path.join(folder, name), { folder, root }, report).some((entry) =>
      entry.name.endsWith(ENDING),
    );
    if (!holds) return;
    report.add('input/stray-file', {
      message: 'schemas in this folder are not read',
      at,
      help: `messages stand directly in ${shown(root, folder)}, shared definitions under ${shown(root, folder)}/${SHARED}`,
    });
  } else if (/\.(json|jsonc|json5|ya?ml)$/i.test(name)) {
    const stem = path.basename(name).replace(/(\.schema)?\.[^.]+$/i, '');
    report.add('input/stray-file', {
      message: 'this file is not read',
      at,
      help: `a schema is called <message-type>${ENDING}: rename it to ${kebabCase(stem) || 'my-message'}${ENDING}, or move it elsewhere`,
    });
  }
}

function readFile(place: NamedPlace, report: Report): SchemaText[] {
  const full = path.join(place.folder, place.name);
  const file = shown(place.root, full);
  checkFileName(place.name, file, report);
  try {
    const stat = fs.statSync(full);
    const { size } = stat;
    // A pipe would be waited for.
    if (!stat.isFile()) throw new Error('it is no ordinary file');
    if (size <= LIMITS.bytes) return [{ path: file, name: place.name, bytes: fs.readFileSync(full) }];
    report.add('input/too-large', {
      message: `the file has ${size} bytes; ${LIMITS.bytes} is the limit`,
      at: { file },
      help: 'move large enums and examples out of the schema',
    });
  } catch (error) {
    report.add('input/unreadable', {
      message: `the file cannot be read: ${reason(error)}`,
      at: { file },
      help: 'check that it is a readable file',
    });
  }
  return [];
}

function checkFileName(name: string, file: string, report: Report): void {
  const stem = path.posix.basename(name).slice(0, -ENDING.length);
  if (isMessageType(stem)) return;
  const better = kebabCase(stem);
  report.add('input/file-name', {
    message:
      stem === ''
        ? 'the file name lacks the message type'
        : name.includes('/')
          ? `${stem} is no name for a shared definition`
          : `${stem} is no message type`,
    at: { file },
    help: `names are kebab-case, as in scan-request${better === '' ? '' : `: rename it to ${better}${ENDING}`}`,
  });
}

/** Links are followed only while they stay in the schemas folder. */
function staysInside({ folder, root, name }: NamedPlace, report: Report): boolean {
  const full = path.join(folder, name);
  const home = fs.realpathSync(folder);
  const real = realPath(full);
  if (real === home || real?.startsWith(home + path.sep)) return true;
  const code = real === undefined ? 'input/unreadable' : 'input/outside-folder';
  const message =
    real === undefined ? 'a symbolic link that leads nowhere' : 'a symbolic link that leads out of the schemas folder';
  report.add(code, { message, at: { file: shown(root, full) }, help: 'put the file itself in its place' });
  return false;
}

function realPath(full: string): string | undefined {
  try {
    return fs.realpathSync(full);
  } catch {
    return undefined;
  }
}

const leadsToFolder = (full: string): boolean => fs.statSync(full, { throwIfNoEntry: false })?.isDirectory() ?? false;

const reason = (error: unknown): string =>
  error instanceof Error && 'code' in error
    ? String(error.code)
    : error instanceof Error
      ? error.message
      : String(error);

/** A path as diagnostics show it: relative to the working directory, with `/`. */
function shown(root: string, full: string): string {
  const relative = path.relative(root, full).split(path.sep).join('/');
  return relative === '' ? '.' : relative;
}
