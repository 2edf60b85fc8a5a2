/** Model in, the files of the npm package out. */
import type { Model } from '../../model/model.js';
import type { Options } from '../../options/options.js';
import { type RenderedFile, renderFolder } from '../../render/engine.js';
import { formatCodeBlocks, formatTypeScript } from '../../render/format.js';
import type { Report } from '../../report/report.js';
import { printTypes } from './payload-types.js';
import { renderValidators } from './validators.js';
import { buildView, declaredTypes } from './view.js';

/** Renders the package. */
export async function renderPackage(model: Model, options: Options, report: Report): Promise<readonly RenderedFile[]> {
  const declarations = await printTypes(declaredTypes(model), options.openObjects);
  const view = buildView(model, declarations, options);
  const { templates: overrides, root } = options;
  const files = renderFolder({ target: 'typescript', overrides, root, view }, report);
  const formatted = await Promise.all(files.map(formatFile));
  if (!options.validators) return formatted.filter(({ path }) => !path.startsWith(SUPPORT));
  return [...formatted, ...renderValidators(model)].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** What only validators use. */
const SUPPORT = 'typescript/src/validators/';

/** Our templates and copies are laid out as Prettier does it; what stands in for them is formatted here. */
async function formatFile(file: RenderedFile): Promise<RenderedFile> {
  if (file.path.endsWith('.md')) return { ...file, text: await formatCodeBlocks(file.text) };
  if (!file.path.endsWith('.ts') || file.origin !== 'override') return file;
  try {
    return { ...file, text: await formatTypeScript(file.text) };
  } catch (error) {
    // It does not parse: the language says so in its own words when it is asked.
    if (error instanceof SyntaxError) return file;
    throw error;
  }
}
