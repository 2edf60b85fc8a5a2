/** Runs a config that is code, and finds the place in it where it broke. */
import { pathToFileURL } from 'node:url';
import type { Place } from '../report/diagnostic.js';
import type { JsonValue } from '../text/json.js';
import { defineConfig } from './config.js';

export interface ConfigCode {
  /** Absolute path. */
  readonly full: string;
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly text: string;
}

/** What running the code came to. */
export type ConfigRun = { readonly values: JsonValue | undefined } | { readonly message: string; readonly at: Place };

/**
 * Runs a config. Node runs JavaScript itself; TypeScript, and a second run in one process, need jiti.
 *
 * @param fresh - run it anew, though it ran in this process already
 */
export async function runConfig(code: ConfigCode, fresh: boolean): Promise<ConfigRun> {
  const isNative = !fresh && isForNode(code);
  try {
    return { values: isNative ? await runNatively(code) : await runAnywhere(code) };
  } catch (error) {
    const found = faultOf(error, code);
    // Node does not say where the syntax is wrong.
    if (!isNative || found.at.line !== undefined) return found;
    return runAnywhere(code).then(
      () => found,
      (again: unknown) => ({ ...found, at: faultOf(again, code).at }),
    );
  }
}

/** A module in a `.js` file is one for Node only where package.json says so. */
const isForNode = ({ full, text }: ConfigCode): boolean =>
  full.endsWith('.mjs') || (full.endsWith('.js') && !/^\s*(import|export)\b/m.test(text));

const runNatively = async ({ full }: ConfigCode): Promise<JsonValue | undefined> =>
  defaultOf(await import(pathToFileURL(full).href));

async function runAnywhere({ full, text }: ConfigCode): Promise<JsonValue | undefined> {
  const { createJiti } = await import('jiti');
  // Nothing is written outside the output folder, so no cache on the disk.
  const jiti = createJiti(full, {
    fsCache: false,
    moduleCache: false,
    tryNative: false,
    interopDefault: false,
    virtualModules: { 'gen-worker-client': { defineConfig } },
  });
  // Left to itself, it has Node run what Node can run, and Node runs a file once.
  return exportedBy(await jiti.evalModule(text, { id: full, filename: full, async: true, forceTranspile: true }));
}

/** What a module exports by default; a CommonJS module, as jiti runs it, exports its config and nothing else. */
const defaultOf = (module: unknown): JsonValue | undefined => (module as { readonly default?: JsonValue }).default;
const exportedBy = (module: unknown): JsonValue | undefined =>
  Reflect.get(Object(module), '__esModule') === true ? defaultOf(module) : (module as JsonValue);

function faultOf(error: unknown, { full, file, text }: ConfigCode): { readonly message: string; readonly at: Place } {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const first = (message.split('\n')[0] ?? '').replace(/^ParseError: /, '').trim();
  return { message: first, at: placeIn({ file, text }, positionIn(stack, full)) };
}

type Position = readonly [line: number, column: number] | undefined;

/** The first place of the file that a stack names. */
function positionIn(stack: string, full: string): Position {
  for (const name of [full, pathToFileURL(full).href]) {
    const found = stack.split('\n').map((line) => line.split(`${name}:`)[1]);
    const position = found.map((rest) => /^(\d+):(\d+)/.exec(rest ?? '')).find((match) => match !== null);
    if (position) return [Number(position[1]), Number(position[2])];
  }
  return undefined;
}

function placeIn({ file, text }: Pick<ConfigCode, 'file' | 'text'>, position: Position): Place {
  const sourceLine = position === undefined ? undefined : text.split(/\r?\n/)[position[0] - 1];
  if (position === undefined || sourceLine === undefined) return { file };
  const [line, column] = position;
  // What jiti puts into the first line is not in the file.
  return { file, line, ...(column <= sourceLine.length ? { column } : {}), sourceLine };
}
