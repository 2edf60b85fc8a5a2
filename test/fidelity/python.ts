/** What Python says of the types of each case: mypy of the types, and their own run-time form of the instances. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonValue } from '../../src/text/json.js';
import { findWithMypy } from '../languages/python-checks.js';
import { askPython } from '../python/ask.js';
import { findPython } from '../python/environment.js';
import type { FidelityCase } from './corpus.js';
import { PAYLOAD_TYPE, type RenderedTypes, renderTypes } from './render-types.js';
import type { Verdict } from './verdict.js';

const FITS = fileURLToPath(new URL('fits.py', import.meta.url));

/** Checks the types of all cases in one run; `undefined` where there is no Python. */
export async function judgePython(cases: readonly FidelityCase[]): Promise<readonly Verdict[] | undefined> {
  const python = findPython();
  if (python === null) return undefined;
  const rendered: RenderedTypes[] = [];
  for (const { schema } of cases) rendered.push(await renderTypes('python', schema));
  const errors = findErrors(rendered);
  const answers = ask(
    python,
    cases.map(({ instances }, index) => [rendered[index]?.text ?? '', instances.map(({ data }) => data)] as const),
  );
  return cases.map(({ instances }, index) => {
    const { failure = null, text = '' } = rendered[index] ?? {};
    const answer = answers[index];
    const fits = typeof answer === 'string' ? [] : (answer ?? []);
    return {
      failure,
      errors: [...(errors.get(`types_${index}.py`) ?? []), ...(typeof answer === 'string' ? [answer] : [])],
      accepted: instances.map((_, at) => failure === null && fits[at] === true),
      type: new RegExp(`^(?:class )?${PAYLOAD_TYPE}\\b[^]*`, 'm').exec(text)?.[0] ?? '',
    };
  });
}

/** What mypy finds, by module. */
function findErrors(rendered: readonly RenderedTypes[]): ReadonlyMap<string, readonly string[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fidelity-python-'));
  try {
    rendered.forEach(({ text }, index) => fs.writeFileSync(path.join(folder, `types_${index}.py`), text));
    const found = new Map<string, string[]>();
    for (const { file, message } of findWithMypy(folder)) found.set(file, [...(found.get(file) ?? []), message]);
    return found;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

type Question = readonly [types: string, values: readonly JsonValue[]];

function ask(python: string, questions: readonly Question[]): readonly (readonly boolean[] | string)[] {
  const script = `${fs.readFileSync(FITS, 'utf8')}
answer = [answers(types, ${JSON.stringify(PAYLOAD_TYPE)}, values) for types, values in given]`;
  return askPython(python, script, questions) as readonly (readonly boolean[] | string)[];
}
