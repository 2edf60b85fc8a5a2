/** The rendered TypeScript package of schemas that stand in the test. */
import type { JsonObject } from '../src/model/model.js';
import type { Options } from '../src/options/options.js';
import { settleOptions } from '../src/options/settle.js';
import type { Diagnostic } from '../src/report/diagnostic.js';
import { Report } from '../src/report/report.js';
import type { RenderedFile } from '../src/targets/target.js';
import { typescript } from '../src/targets/typescript/index.js';
import { modelOf } from './model-of.js';

export interface Rendered {
  readonly files: readonly RenderedFile[];
  /** By path inside the package: `src/types.ts`. */
  readonly text: (path: string) => string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Options as a config would set them, in a folder that is not there. */
export function optionsOf(values: JsonObject = {}): Options {
  const { options, faults } = settleOptions('/project', [{ kind: 'config', values, folder: '/project' }]);
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'));
  return options;
}

/**
 * Renders the package.
 *
 * @param schemas - file name without `.schema.json` to its schema
 * @param values - what a config says
 */
export async function renderTypeScript(
  schemas: Readonly<Record<string, unknown>>,
  values: JsonObject = {},
): Promise<Rendered> {
  const { reservedMethods, reservedTypes } = typescript;
  const model = modelOf(schemas, { reservedMethods, reservedTypes });
  const report = new Report();
  const files = await typescript.render(model, optionsOf(values), report);
  return {
    files,
    text: (path) => files.find((file) => file.path === `typescript/${path}`)?.text ?? '',
    diagnostics: report.diagnostics,
  };
}

/** What TypeScript says of rendered files, a line for each finding. */
export async function verifyTypeScript(files: readonly RenderedFile[]): Promise<readonly string[]> {
  const report = new Report();
  await typescript.verify(files, report);
  return report.diagnostics.map(({ message, places }) => {
    const [place] = places;
    return `${place?.file ?? ''}:${place?.line ?? ''} ${message}`;
  });
}
