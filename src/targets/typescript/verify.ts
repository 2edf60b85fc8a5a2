/** What TypeScript says of the rendered files. */
import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import type { Report } from '../../report/report.js';
import type { RenderedFile } from '../target.js';
import { cutClient, cutTypes, type Declaration, gatherPieces, withoutComments } from './pieces.js';
import { type Finding, judge } from './project.js';

const FOLDER = 'typescript';
const TYPES = '/src/types.ts';
const CLIENT = '/src/client.ts';
/** One fault of a template shows up in every message; a page of findings is enough to see it. */
const MAX_FINDINGS = 20;
/** So much text the compiler has in memory at a time, beside the rest of the package. */
const PIECE_SIZE = 500_000;

/** From here on, memory is worth more than time. */
const MANY_PIECES = 10;

/** What was found valid in the last run, so that a changed message costs no more than itself. */
let valid: ReadonlySet<string> = new Set();

/**
 * Has the compiler judge the package. What is copied was checked where it stands, and is only there to be imported.
 *
 * @param files - all rendered files; those of other targets are left alone
 * @param report - takes `output/invalid-code`
 */
export function verifyPackage(files: readonly RenderedFile[], report: Report): void {
  const own = files
    .filter(({ path }) => path.startsWith(`${FOLDER}/`))
    .map((file) => ({ ...file, path: file.path.slice(FOLDER.length) }))
    // The few lines that a validator declares are the same for each, and lean on what the build makes.
    .filter(({ path }) => (path.endsWith('.ts') && !path.startsWith('/validators')) || path === '/package.json');
  const overridden = new Set(own.filter(({ origin }) => origin === 'override').map(({ path }) => path));
  if (overridden.size === 0 && isValidInPieces(own)) return;
  for (const { path, message, ...place } of judgeWhole(own).slice(0, MAX_FINDINGS)) {
    report.add('output/invalid-code', {
      message,
      at: { file: `${FOLDER}${path}`, ...place },
      help: overridden.has(path)
        ? `repair the template of ${FOLDER}${path} in your templates folder`
        : overridden.size > 0
          ? 'look at your templates: this file uses what they render'
          : 'this is a fault of gen-worker-client: please report it with the schema',
    });
  }
}

const isJudged = ({ path, origin }: RenderedFile): boolean => path.endsWith('.ts') && origin !== 'copy';

const judgeWhole = (files: readonly RenderedFile[]): readonly Finding[] =>
  judge({
    files,
    judged: new Set(files.filter(isJudged).map(({ path }) => path)),
    dom: files.some(({ origin }) => origin === 'override'),
  });

/**
 * The same question in small parts: those that were valid in the last run are not asked again, and the others never
 * stand in memory all at once. Where anything is wrong, the whole package is judged, for the places of its faults.
 */
function isValidInPieces(files: readonly RenderedFile[]): boolean {
  const cut = cutTypes(textAt(TYPES, files));
  const clients = cutClient(textAt(CLIENT, files), PIECE_SIZE);
  if (cut === null || clients === null) return false;
  const rest = files.map((file) => (file.path === TYPES ? { ...file, text: cut.skeleton } : file));
  const restKey = keyOf(rest.map(({ path, text }) => `${path}\n${withoutComments(text)}`));
  const keys = new Map(cut.declarations.map((one) => [one, keyOf(one.closure.map(bare))]));
  const [first, ...others] = gatherPieces(
    cut.declarations.filter((one) => !valid.has(keys.get(one) ?? '')),
    PIECE_SIZE,
  );
  const pieceFile = (text: string): RenderedFile => ({ path: '/src/piece.ts', text });
  const [firstClient = [], ...otherClients] = valid.has(restKey)
    ? []
    : clients.map((text, at) => withClient(rest, text, at));
  const groups = [
    [...firstClient, ...(first === undefined ? [] : [pieceFile(first.text)])],
    ...otherClients,
    ...others.map(({ text }) => [pieceFile(text)]),
  ];
  const judgeGroups = (): boolean => groups.every((group) => group.length === 0 || judgeWhole(group).length === 0);
  const isValid = groups.length > MANY_PIECES ? inLittleMemory(judgeGroups) : judgeGroups();
  if (isValid) valid = new Set([restKey, ...keys.values()]);
  return isValid;
}

/** The engine lets garbage grow to a multiple of what is in use; where that is much already, it collects earlier. */
function inLittleMemory<T>(work: () => T): T {
  setFlagsFromString('--heap-growing-percent=40');
  try {
    return work();
  } finally {
    // Back to what the engine thinks best.
    setFlagsFromString('--heap-growing-percent=0');
  }
}

const textAt = (wanted: string, files: readonly RenderedFile[]): string =>
  files.find(({ path }) => path === wanted)?.text ?? '';

/** The package with some methods of its client. All else is judged with the first ones. */
const withClient = (files: readonly RenderedFile[], text: string, at: number): readonly RenderedFile[] =>
  files.map((file) => {
    if (file.path === CLIENT) return { ...file, text };
    return at === 0 ? file : { ...file, origin: 'copy' };
  });

const bare = ({ text }: Declaration): string => withoutComments(text);

function keyOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}\n${text}`);
  return hash.digest('base64');
}
