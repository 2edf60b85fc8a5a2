/** Asks Python: a script gets JSON, and answers in JSON. */
import { spawnSync } from 'node:child_process';

/**
 * Runs a script. It finds its input in `given`, and leaves its answer in `answer`.
 *
 * @param python - path of the interpreter
 * @param script - statements
 * @param given - any JSON
 * @throws Error with Python's own words
 */
export function askPython(python: string, script: string, given: unknown): unknown {
  const whole = `import json, sys\ngiven = json.loads(sys.stdin.buffer.read())\n${script}\nprint(json.dumps(answer))\n`;
  const { status, stdout, stderr } = spawnSync(python, ['-I', '-W', 'error', '-c', whole], {
    input: JSON.stringify(given),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
}
