/** What Python says of rendered files that our own tests have never seen: those of the user's templates. */
import { spawnSync } from 'node:child_process';
import type { Report } from '../../report/report.js';
import type { RenderedFile } from '../target.js';

/** Reads files as JSON, compiles each, and writes the first fault of each as JSON. Nothing of them is run. */
const CHECK = `
import json, sys
faults = []
for path, text in json.loads(sys.stdin.buffer.read()):
    try:
        compile(text, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        faults.append([path, error.msg, error.lineno or 1, error.offset or 1])
    except ValueError as error:
        faults.append([path, str(error), 1, 1])
json.dump(faults, sys.stdout)
`;

const INTERPRETERS = ['python3', 'python'];

/**
 * Has Python read the files that a template of the user's renders. Our own templates and printers are judged by the
 * tests, with every interpreter and both type checkers: a run does not start Python for them, which would take longer
 * than everything else it does, and need not find any.
 *
 * @param files - all rendered files
 * @param report - takes `output/invalid-code`; nothing where there is no Python
 */
export function verifyOverrides(files: readonly RenderedFile[], report: Report): void {
  const own = files.filter(
    ({ path, origin }) => path.startsWith('python/') && path.endsWith('.py') && origin === 'override',
  );
  if (own.length === 0) return;
  const input = JSON.stringify(own.map(({ path, text }) => [path, text]));
  for (const [file, message, line, column] of askPython(input)) {
    report.add('output/invalid-code', {
      message: `${file} is no Python: ${message}`,
      at: { file, line, column },
      help: `repair the template of ${file} in your templates folder`,
    });
  }
}

type Fault = readonly [file: string, message: string, line: number, column: number];

function askPython(input: string): readonly Fault[] {
  for (const name of INTERPRETERS) {
    const { status, stdout } = spawnSync(name, ['-I', '-S', '-c', CHECK], { input, encoding: 'utf8' });
    if (status === 0) return JSON.parse(stdout) as readonly Fault[];
  }
  return [];
}
