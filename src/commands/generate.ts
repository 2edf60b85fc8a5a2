/** Applies the plan and names what changed. */
import { writePlan } from '../output/disk.js';
import { preparePlan } from '../pipeline.js';
import { outPrefix, runCommand, type RunRequest, type RunResult } from './run.js';

export interface GenerateRequest extends RunRequest {
  /** Only say what would be written. */
  readonly dryRun?: boolean;
  /** Write over files that the generator does not own. */
  readonly force?: boolean;
}

const STATES = { create: 'created', update: 'updated', delete: 'deleted', keep: 'unchanged' } as const;

/** Brings the output up to date with the schemas. */
export const generate = (request: GenerateRequest): Promise<RunResult> =>
  runCommand('generate', request, async (options, report) => {
    const { dryRun = false, force = false, onStage } = request;
    const { plan, remember } = await preparePlan(options, report, { force, onStage });
    const done = dryRun ? plan : await writePlan(plan, options, report);
    report.throwIfErrors();
    if (!dryRun) remember(done);
    const prefix = outPrefix(options);
    return { files: done.files.map(({ path, action }) => ({ path: `${prefix}${path}`, state: STATES[action] })) };
  });
