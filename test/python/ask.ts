/** Asks Python: a script gets JSON, and answers in JSON. */
import { type ChildProcess, execFile, spawnSync } from 'node:child_process';

const MAX_BUFFER = 64 * 1024 * 1024;

/**
 * Runs a script. It finds its input in `given`, and leaves its answer in `answer`.
 *
 * @param python - path of the interpreter
 * @param script - statements
 * @param given - any JSON
 * @throws Error with Python's own words
 */
export function askPython(python: string, script: string, given: unknown): unknown {
  const settings = { input: JSON.stringify(given), encoding: 'utf8', maxBuffer: MAX_BUFFER } as const;
  const { status, stdout, stderr } = spawnSync(python, argumentsOf(script), settings);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
}

/** The same while this process goes on, to answer what the script asks for. */
export const askPythonAside = (python: string, script: string, given: unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const settings = { maxBuffer: MAX_BUFFER };
    const child: ChildProcess = execFile(python, argumentsOf(script), settings, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout));
      else reject(new Error(stderr));
    });
    child.stdin?.end(JSON.stringify(given));
  });

const argumentsOf = (script: string): readonly string[] => [
  '-I',
  '-W',
  'error',
  '-c',
  `import json, sys\ngiven = json.loads(sys.stdin.buffer.read())\n${script}\nprint(json.dumps(answer))\n`,
];
