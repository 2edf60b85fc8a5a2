/** What TypeScript says of the rendered files. */
import type { Report } from '../../report/report.js';
import type { RenderedFile } from '../target.js';
import { judge } from './project.js';

const FOLDER = 'typescript';
/** One fault of a template shows up in every message; a page of findings is enough to see it. */
const MAX_FINDINGS = 20;

/**
 * Has the compiler judge the package. What is copied was checked where it stands, and is only there to be imported.
 *
 * @param files - all rendered files; those of other targets are left alone
 * @param report - takes `output/invalid-code`
 */
export function verifyPackage(files: readonly RenderedFile[], report: Report): void {
  const own = files
    .filter(({ path }) => path.startsWith(`${FOLDER}/`))
    .map((file) => ({ ...file, path: file.path.slice(FOLDER.length) }));
  const judged = own.filter(({ path, origin }) => path.endsWith('.ts') && origin !== 'copy');
  const overridden = new Set(own.filter(({ origin }) => origin === 'override').map(({ path }) => path));
  const findings = judge({
    files: own.filter(({ path }) => path.endsWith('.ts') || path === '/package.json'),
    judged: new Set(judged.map(({ path }) => path)),
    dom: overridden.size > 0,
  });
  for (const { path, message, ...place } of findings.slice(0, MAX_FINDINGS)) {
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
