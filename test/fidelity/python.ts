/**
 * What Python says of the types of each case: mypy of the types, and their own run-time form of the instances. What
 * that form lets through is written out, too, for mypy to refuse: a key that no type declares passes in a value from
 * elsewhere only.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { flatValue } from '../../src/targets/python/values.js';
import { isArray, isObject, type JsonValue } from '../../src/text/json.js';
import { type Finding, findWithMypy } from '../languages/python-checks.js';
import { askPython } from '../python/ask.js';
import { findPython } from '../python/environment.js';
import type { FidelityCase, Instance } from './corpus.js';
import { PAYLOAD_TYPE, type RenderedTypes, renderTypes } from './render-types.js';
import type { Verdict } from './verdict.js';

const FITS = fileURLToPath(new URL('fits.py', import.meta.url));

/** Checks the types of all cases in one run; `undefined` where there is no Python. */
export async function judgePython(cases: readonly FidelityCase[]): Promise<readonly Verdict[] | undefined> {
  const python = findPython();
  if (python === null) return undefined;
  const rendered: RenderedTypes[] = [];
  for (const { schema } of cases) rendered.push(await renderTypes('python', schema));
  const errors = findErrors(rendered, cases);
  const answers = ask(
    python,
    cases.map(({ instances }, index) => [rendered[index]?.text ?? '', instances.map(({ data }) => data)] as const),
  );
  return cases.map(({ instances }, index) => {
    const { failure = null, text = '' } = rendered[index] ?? {};
    const answer = answers[index];
    const fits = typeof answer === 'string' ? [] : (answer ?? []);
    const isRefused = FORMS.map((form) => new Set(errors.get(`${form}_${index}.py`)?.map(({ line }) => line - 2)));
    return {
      failure,
      errors: [
        ...(errors.get(`types_${index}.py`) ?? []).map(({ message }) => message),
        ...(typeof answer === 'string' ? [answer] : []),
      ],
      accepted: instances.map(
        (_, at) => failure === null && fits[at] === true && !isRefused.every((lines) => lines.has(at)),
      ),
      type: new RegExp(`^(?:class )?${PAYLOAD_TYPE}\\b[^]*`, 'm').exec(text)?.[0] ?? '',
    };
  });
}

/** How the lists of an instance are written. A type may want either. */
const FORMS = ['lists', 'tuples'] as const;

/** What mypy finds, by module: in the types, and in the instances that they should refuse. */
function findErrors(
  rendered: readonly RenderedTypes[],
  cases: readonly FidelityCase[],
): ReadonlyMap<string, readonly Finding[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fidelity-python-'));
  try {
    rendered.forEach(({ text, failure }, index) => {
      fs.writeFileSync(path.join(folder, `types_${index}.py`), text);
      const instances = cases[index]?.instances ?? [];
      if (failure !== null || !instances.some(({ isExpressible }) => isExpressible)) return;
      for (const form of FORMS)
        fs.writeFileSync(path.join(folder, `${form}_${index}.py`), writtenOut(instances, form, index));
    });
    const found = new Map<string, Finding[]>();
    for (const finding of findWithMypy(folder)) found.set(finding.file, [...(found.get(finding.file) ?? []), finding]);
    return found;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A line for each instance, the first one in the second line. */
function writtenOut(instances: readonly Instance[], form: (typeof FORMS)[number], index: number): string {
  const lines = instances.map(({ data, isExpressible }, at) => {
    const tuples = form === 'tuples' ? listsIn(data) : [];
    return isExpressible ? `v${at}: ${PAYLOAD_TYPE} = ${flatValue(data, new Set(tuples))}` : '';
  });
  return [`from types_${index} import ${PAYLOAD_TYPE}`, ...lines, ''].join('\n');
}

function listsIn(value: JsonValue): readonly JsonValue[] {
  if (isArray(value)) return [value, ...value.flatMap(listsIn)];
  return isObject(value) ? Object.values(value).flatMap(listsIn) : [];
}

type Question = readonly [types: string, values: readonly JsonValue[]];

function ask(python: string, questions: readonly Question[]): readonly (readonly boolean[] | string)[] {
  const script = `${fs.readFileSync(FITS, 'utf8')}
answer = [answers(types, ${JSON.stringify(PAYLOAD_TYPE)}, values) for types, values in given]`;
  return askPython(python, script, questions) as readonly (readonly boolean[] | string)[];
}
