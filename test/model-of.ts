/** A model from schemas that stand in the test, without a folder. */
import { buildModel, type Naming } from '../src/model/build.js';
import type { Model } from '../src/model/model.js';
import type { Diagnostic } from '../src/report/diagnostic.js';
import { Report } from '../src/report/report.js';
import { parseSchemas } from '../src/schemas/parse.js';
import { resolveSchemas } from '../src/schemas/resolve.js';

export const NO_NAMES: Naming = {
  reservedTypes: new Set(),
  reservedMethods: new Set(),
  readmeExample: null,
  directions: {},
};

/**
 * Builds a model.
 *
 * @param schemas - file name without `.schema.json`, relative to the schemas folder, to its schema or its text
 * @param naming - what differs from a config without names
 */
export function buildFrom(
  schemas: Readonly<Record<string, unknown>>,
  naming: Partial<Naming> = {},
): { readonly model: Model; readonly diagnostics: readonly Diagnostic[] } {
  const report = new Report();
  const texts = Object.entries(schemas).map(([stem, schema]) => ({
    path: `schemas/${stem}.schema.json`,
    name: `${stem}.schema.json`,
    bytes: Buffer.from(typeof schema === 'string' ? schema : JSON.stringify(schema, null, 2)),
  }));
  const sorted = texts.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const model = buildModel(resolveSchemas(parseSchemas(sorted, report), report), { ...NO_NAMES, ...naming }, report);
  return { model, diagnostics: report.diagnostics };
}

/** The model of schemas with which nothing is wrong. */
export function modelOf(schemas: Readonly<Record<string, unknown>>, naming: Partial<Naming> = {}): Model {
  const { model, diagnostics } = buildFrom(schemas, naming);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return model;
}
