/** The examples of schemas: the valid ones of their own, and one that is made for a message that has none. */
import type { Report } from '../report/report.js';
import type { BasedSpot } from '../schemas/registry.js';
import type { References } from '../schemas/resolve.js';
import type { SchemaFile } from '../schemas/schema-file.js';
import { isArray, isObject, type JsonObject, type JsonValue, ownValue } from '../text/json.js';
import type { Lookup } from './conforms.js';
import { makeExample } from './example.js';
import type { Shape } from './model.js';
import { sampleShape } from './sample-shape.js';
import { type Budget, type Fault, findFault, type ValidationContext } from './validate.js';

/** Steps of one file, more for each of its schemas, and of a whole run: no schema keeps the run busy for long. */
const FILE_STEPS = 20_000;
const SCHEMA_STEPS = 40;
const RUN_STEPS = 10_000_000;

export interface Examples {
  /** Those of a schema's own examples that are valid. */
  of(schema: JsonValue): readonly JsonValue[];
  /** At least one example of a message, unless nothing is valid. */
  ofMessage(file: SchemaFile, payload: Shape, lookup: Lookup): readonly JsonValue[];
}

/**
 * Checks every example and default of every schema.
 *
 * @param report - takes `schema/invalid-example` and `schema/no-example`
 */
export function checkExamples(references: References, report: Report): Examples {
  const valid = new Map<JsonObject, readonly JsonValue[]>();
  const budgetOf = budgets(references);
  const contextOf = (file: SchemaFile): ValidationContext => ({ references, budget: budgetOf(file) });
  for (const spot of references.schemas.values()) {
    const kept = checkSpot(spot, contextOf, report);
    if (kept !== undefined) valid.set(spot.schema, kept);
  }
  const of = (schema: JsonValue): readonly JsonValue[] => (isObject(schema) ? (valid.get(schema) ?? []) : []);
  return {
    of,
    ofMessage: (file, payload, lookup) => {
      const own = of(file.schema);
      if (own.length > 0 || payload.kind === 'never') return own;
      const made = makeExample(file, contextOf(file));
      if (made !== undefined) return [made];
      report.add('schema/no-example', {
        message: 'no valid example could be made of this schema',
        at: file.place([]),
        help: 'add "examples": [ … ] to it, with a payload that is valid',
      });
      return [sampleShape(payload, lookup) ?? {}];
    },
  };
}

/** A budget for each file, as large as the file is, and all of them out of one for the run. */
function budgets({ schemas }: References): (file: SchemaFile) => Budget {
  const left = new Map<SchemaFile, number>();
  for (const { file } of schemas.values()) left.set(file, (left.get(file) ?? FILE_STEPS) + SCHEMA_STEPS);
  let leftOfRun = RUN_STEPS;
  let last: { readonly file: SchemaFile; readonly budget: Budget; readonly start: number } | undefined;
  return (file) => {
    if (last?.file === file) return last.budget;
    if (last !== undefined) {
      leftOfRun -= last.start - last.budget.steps;
      left.set(last.file, last.budget.steps);
    }
    const start = Math.min(left.get(file) ?? FILE_STEPS, leftOfRun);
    last = { file, budget: { steps: start }, start };
    return last.budget;
  };
}

/** The valid examples of one schema; `undefined` where it has none at all. */
function checkSpot(
  spot: BasedSpot,
  contextOf: (file: SchemaFile) => ValidationContext,
  report: Report,
): readonly JsonValue[] | undefined {
  const { file, schema } = spot;
  const examples = ownValue(schema, 'examples');
  const otherwise = ownValue(schema, 'default');
  if (!isArray(examples) && otherwise === undefined) return undefined;
  const faultOf = (value: JsonValue): Fault | undefined =>
    findFault(value, { schema, dialect: file.dialect }, contextOf(file));
  const fault = otherwise === undefined ? undefined : faultOf(otherwise);
  if (fault !== undefined) reportFault(spot, { what: 'the default', steps: ['default'], fault }, report);
  return (isArray(examples) ? examples : []).filter((example, index) => {
    const found = faultOf(example);
    if (found === undefined) return true;
    const what = isArray(examples) && examples.length > 1 ? `example ${index + 1}` : 'the example';
    reportFault(spot, { what, steps: ['examples', String(index)], fault: found }, report);
    return false;
  });
}

interface Finding {
  readonly what: string;
  readonly steps: readonly string[];
  readonly fault: Fault;
}

function reportFault({ file, path }: BasedSpot, { what, steps, fault }: Finding, report: Report): void {
  const part = fault.path.length === 0 ? 'it' : fault.path.join('/');
  report.add('schema/invalid-example', {
    message: `${what} is not valid under its schema: ${part} ${fault.message}`,
    at: file.place([...path, ...steps, ...fault.path]),
    help: steps[0] === 'default' ? 'correct the default, or the schema' : 'correct it, or it is left out',
  });
}
