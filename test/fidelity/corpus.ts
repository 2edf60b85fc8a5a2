/** The schemas that the types are measured with, each with valid and invalid instances. */
import { findFault, newBudget } from '../../src/model/validate.js';
import { Report } from '../../src/report/report.js';
import { parseSchemas } from '../../src/schemas/parse.js';
import { resolveSchemas } from '../../src/schemas/resolve.js';
import type { JsonValue } from '../../src/text/json.js';
import { readSuite, type SuiteCase } from '../json-schema-suite.js';
import { reduceSchema } from './reduce.js';

export interface Instance {
  readonly description: string;
  readonly data: JsonValue;
  readonly valid: boolean;
  /** Whether a type could refuse it: it stays invalid when only what types can say is left. */
  readonly isExpressible: boolean;
}

export interface FidelityCase {
  readonly keyword: string;
  readonly description: string;
  readonly schema: JsonValue;
  readonly instances: readonly Instance[];
}

export const readCorpus = (draft?: Parameters<typeof readSuite>[0]): readonly FidelityCase[] =>
  readSuite(draft).map(judge);

/** Tells for each instance whether a type could refuse it. */
export function judge({ keyword, description, schema, tests }: SuiteCase): FidelityCase {
  const isRefused = refusalBy(reduceSchema(schema));
  const instances = tests.map((test): Instance => ({ ...test, isExpressible: !test.valid && isRefused(test.data) }));
  return { keyword, description, schema, instances };
}

/** Whether a schema refuses a value; one whose references are gone refuses none. */
function refusalBy(schema: JsonValue): (data: JsonValue) => boolean {
  const report = new Report();
  const bytes = Buffer.from(JSON.stringify(schema));
  const [file] = parseSchemas([{ path: 'reduced', name: 'reduced.schema.json', bytes }], report);
  if (file === undefined) return () => false;
  const references = resolveSchemas([file], report);
  if (report.hasErrors) return () => false;
  return (data) => findFault(data, file, { references, budget: newBudget() }) !== undefined;
}
