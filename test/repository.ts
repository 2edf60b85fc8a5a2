/** This repository's own schemas and config through the stages, without the disk of the output. */
import { fileURLToPath } from 'node:url';
import { buildModel } from '../src/model/build.js';
import type { Model } from '../src/model/model.js';
import { loadOptions } from '../src/options/load.js';
import type { Options } from '../src/options/options.js';
import { Report } from '../src/report/report.js';
import { readSchemas } from '../src/schemas/load.js';
import { parseSchemas } from '../src/schemas/parse.js';
import { resolveSchemas } from '../src/schemas/resolve.js';
import { targets } from '../src/targets/index.js';
import type { RenderedFile } from '../src/targets/target.js';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

export interface Repository {
  readonly model: Model;
  readonly options: Options;
}

/** Everything up to the model. */
export async function loadRepository(): Promise<Repository> {
  const { options } = await loadOptions({ root, kind: 'caller', given: {} });
  const report = new Report();
  const texts = readSchemas({ folder: options.schemas, root: options.root }, report);
  const naming = {
    reservedTypes: new Set(targets.flatMap(({ reservedTypes }) => [...reservedTypes])),
    reservedMethods: new Set(targets.flatMap(({ reservedMethods }) => [...reservedMethods])),
    readmeExample: options.readmeExample,
    directions: options.directions,
  };
  const model = buildModel(resolveSchemas(parseSchemas(texts, report), report), naming, report);
  report.throwIfErrors();
  return { model, options };
}

/** The files of one target, by their path in the output. */
export async function renderRepository(target: string): Promise<ReadonlyMap<string, string>> {
  const { model, options } = await loadRepository();
  const report = new Report();
  const files: readonly RenderedFile[] =
    (await targets.find(({ name }) => name === target)?.render(model, options, report)) ?? [];
  report.throwIfErrors();
  return new Map(files.map(({ path, text }) => [path, text]));
}
