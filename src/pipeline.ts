/** The order of the stages, and nothing else. */
import { buildModel, type Naming } from './model/build.js';
import type { Options } from './options/options.js';
import { readOutput } from './output/disk.js';
import { type Plan, planOutput } from './output/plan.js';
import type { Report } from './report/report.js';
import { readSchemas } from './schemas/load.js';
import { parseSchemas } from './schemas/parse.js';
import { resolveSchemas } from './schemas/resolve.js';
import { targets } from './targets/index.js';
import type { RenderedFile, Target } from './targets/target.js';

export interface PlanSettings {
  /** Plan to write over files that the generator does not own. */
  readonly force: boolean;
  /** Told what the run is at, in a few words. */
  readonly onStage?: ((stage: string) => void) | undefined;
}

/** Everything up to the disk. `generate` applies the plan, `check` only looks at it. */
export async function preparePlan(options: Options, report: Report, settings: PlanSettings): Promise<Plan> {
  const { force, onStage = () => {} } = settings;
  const selected = targets.filter(({ name }) => options.targets.some((wanted) => wanted === name));
  onStage('reading schemas');
  const files = parseSchemas(readSchemas({ folder: options.schemas, root: options.root }, report), report);
  const model = buildModel(resolveSchemas(files, report), namingOf(selected, options), report);
  report.throwIfErrors();
  const rendered: RenderedFile[] = [];
  for (const target of selected) {
    onStage(`rendering ${target.name}`);
    const ofTarget = await target.render(model, options, report);
    if (!report.hasErrors) await target.verify(ofTarget, report);
    rendered.push(...ofTarget);
  }
  report.throwIfErrors();
  onStage('comparing');
  const paths = rendered.map((file) => file.path);
  const plan = planOutput(
    {
      rendered,
      onDisk: readOutput(options, paths, report),
      otherTargets: targets.filter((target) => !selected.includes(target)).map(({ name }) => name),
      reviewed: targets.flatMap((target) => target.reviewed(options)),
      force,
    },
    report,
  );
  report.throwIfErrors();
  return plan;
}

/** What all targets together keep for themselves. */
const namingOf = (selected: readonly Target[], options: Options): Naming => ({
  reservedTypes: new Set(selected.flatMap(({ reservedTypes }) => [...reservedTypes])),
  reservedMethods: new Set(selected.flatMap(({ reservedMethods }) => [...reservedMethods])),
  readmeExample: options.readmeExample,
  directions: options.directions,
});
