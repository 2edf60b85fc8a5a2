/** Shows the plan and writes nothing; a plan with work in it is drift. */
import type { PlannedFile } from '../output/plan.js';
import { preparePlan } from '../pipeline.js';
import type { ChangedText } from '../report/patch.js';
import type { Report } from '../report/report.js';
import { outPrefix, runCommand, type RunRequest, type RunResult, shownPath } from './run.js';

export interface CheckRequest extends RunRequest {
  /** The command that brings the output up to date, for the help of a drift. */
  readonly repair?: string;
}

const STATES = { create: 'missing', update: 'updated', delete: 'orphan', keep: 'unchanged' } as const;

/** The answer names every file; the diagnostic is to be read at a glance. */
const MOST_NAMED = 20;

/** Compares the output with what the schemas say. */
export const check = (request: CheckRequest): Promise<RunResult> =>
  runCommand('check', request, async (options, report) => {
    const { plan } = await preparePlan(options, report, { force: true, onStage: request.onStage });
    const prefix = outPrefix(options);
    const files = plan.files.map((file) => ({ ...file, path: `${prefix}${file.path}` }));
    const drifted = files.filter(({ action }) => action !== 'keep');
    const states = files.map(({ path, action }) => ({ path, state: STATES[action] }));
    if (drifted.length === 0) return { files: states };
    const out = shownPath(options.root, options.out);
    reportDrift(drifted, { out, repair: request.repair, report });
    const { printPatch } = await import('../report/patch.js');
    return { files: states, patch: printPatch(drifted.flatMap(changedText)) };
  });

interface Drift {
  readonly out: string;
  readonly repair: string | undefined;
  readonly report: Report;
}

function reportDrift(files: readonly PlannedFile[], { out, repair = 'npx gen-worker-client', report }: Drift): void {
  report.add('output/drift', {
    message: `${out}/ is not what the schemas say`,
    details: [
      ...files.slice(0, MOST_NAMED).map(({ action, path }) => `${action}  ${path}`),
      ...(files.length > MOST_NAMED ? [`and ${files.length - MOST_NAMED} more`] : []),
    ],
    help: `run ${repair} and commit the result`,
  });
}

const changedText = ({ action, path, before, wanted }: PlannedFile): ChangedText[] =>
  action === 'update' && before !== null && wanted !== null
    ? [{ path, before: new TextDecoder().decode(before), after: wanted }]
    : [];
