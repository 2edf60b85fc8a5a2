/** Model in, the files of the pip package out. */
import type { Message, Model } from '../../model/model.js';
import type { Options } from '../../options/options.js';
import { type RenderedFile, renderFolder } from '../../render/engine.js';
import type { Report } from '../../report/report.js';
import { visibleJson } from '../../text/visible.js';
import { keep } from '../keep.js';
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
    text: schemaText(message, NOTHING),
  }));
  return [...files, ...schemas].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The schema, self-contained. */
const schemaText = keep(({ schema }: Message) => `${visibleJson(JSON.stringify(schema, null, 2))}\n`);
const NOTHING = (): null => null;
