/** The payload types of one schema as a target renders them. */
import { typescript } from '../../src/targets/typescript/index.js';
import { python } from '../../src/targets/python/index.js';
import type { Target } from '../../src/targets/target.js';
import type { Options } from '../../src/options/options.js';
import { settleOptions } from '../../src/options/settle.js';
import { Report } from '../../src/report/report.js';
import type { JsonValue } from '../../src/text/json.js';
import { buildFrom } from '../model-of.js';

/** Name of the payload type of the message `case`. */
export const PAYLOAD_TYPE = 'CaseMessage';

export interface RenderedTypes {
  readonly failure: string | null;
  readonly text: string;
}

const TYPE_FILES = { typescript: 'typescript/src/types.ts', python: 'python/worker_client/types.py' } as const;
const TARGETS: Readonly<Record<keyof typeof TYPE_FILES, Target>> = { typescript, python };

const { options } = settleOptions('/', []);

/** Renders one schema as the only message; whatever is thrown is a failure, too. */
export async function renderTypes(language: keyof typeof TYPE_FILES, schema: JsonValue): Promise<RenderedTypes> {
  try {
    const { model, diagnostics } = buildFrom({ case: schema });
    const report = new Report();
    report.addAll(diagnostics);
    const files = report.hasErrors ? [] : await TARGETS[language].render(model, options as Options, report);
    const error = report.diagnostics.find(({ severity }) => severity === 'error');
    const text = files.find(({ path }) => path === TYPE_FILES[language])?.text;
    if (error !== undefined || text === undefined) return { failure: error?.message ?? 'no types', text: '' };
    return { failure: null, text };
  } catch (error) {
    return { failure: String(error), text: '' };
  }
}
