/** Model in, the files of the pip package out. */
import type { Model } from '../../model/model.js';
import type { Options } from '../../options/options.js';
import { type RenderedFile, renderFolder } from '../../render/engine.js';
import type { Report } from '../../report/report.js';
import { schemaText } from '../schema-text.js';
import { buildView } from './view.js';

/** Name of the module's folder among the templates. */
const MODULE = 'worker_client/';

/** Renders the package: what the templates say, and the schemas that `validate=True` checks payloads by. */
export function renderPackage(model: Model, options: Options, report: Report): readonly RenderedFile[] {
  const { templates: overrides, root, package: about } = options;
  const module = `${about.pythonModule}/`;
  const rename = (file: string): string => (file.startsWith(MODULE) ? module + file.slice(MODULE.length) : file);
  const files = renderFolder({ target: 'python', overrides, root, view: buildView(model, options), rename }, report);
  const schemas = model.messages.map((message) => ({
    path: `python/${module}_schemas/${message.type}.json`,
    text: `${schemaText(message, NOTHING)}\n`,
  }));
  return [...files, ...schemas].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

const NOTHING = (): null => null;
