/** The order of the stages, and nothing else. What is heavy is loaded when a stage needs it. */
import type { Naming } from './model/build.js';
import type { Model } from './model/model.js';
import type { Options } from './options/options.js';
import { openMemory } from './output/cache.js';
import { readOutput } from './output/disk.js';
import type { Plan } from './output/plan.js';
import { type Report, ReportedError } from './report/report.js';
import { readSchemas } from './schemas/load.js';
import type { SchemaText } from './schemas/schema-file.js';
import type { RenderedFile, Target } from './targets/target.js';

export interface PlanSettings {
  /** Plan to write over files that the generator does not own. */
  readonly force: boolean;
  /** Told what the run is at, in a few words. */
  readonly onStage?: ((stage: string) => void) | undefined;
}

export interface PreparedPlan {
  readonly plan: Plan;
  /** Is told of the plan when it is done, so that the next run with the same input has nothing to do. */
  readonly remember: (done: Plan) => void;
}

/** Everything up to the disk. `generate` applies the plan, `check` only looks at it. */
export async function preparePlan(options: Options, report: Report, settings: PlanSettings): Promise<PreparedPlan> {
  settings.onStage?.('reading schemas');
  const schemas = readSchemas({ folder: options.schemas, root: options.root }, report);
  const memory = openMemory({ options, schemas });
  const known = report.hasErrors ? null : await memory.recall();
  if (known !== null) {
    report.addAll(known.diagnostics);
    return { plan: known.plan, remember: () => {} };
  }
  const plan = await makePlan(schemas, { options, report, settings });
  return { plan, remember: (done) => memory.remember(done, report.diagnostics) };
}

interface Making {
  readonly options: Options;
  readonly report: Report;
  readonly settings: PlanSettings;
}

async function makePlan(schemas: readonly SchemaText[], making: Making): Promise<Plan> {
  const { options, report, settings } = making;
  const { targets } = await import('./targets/index.js');
  const { planOutput } = await import('./output/plan.js');
  const selected = targets.filter(({ name }) => options.targets.some((wanted) => wanted === name));
  const rendered = await withinStack(() => renderTargets(schemas, selected, making), report);
  settings.onStage?.('comparing');
  const paths = rendered.map((file) => file.path);
  const request = {
    rendered,
    onDisk: await readOutput(options, paths, report),
    otherTargets: options.keptTargets,
    reviewed: targets.flatMap((target) => target.reviewed(options)),
    force: settings.force,
  };
  const plan = planOutput(request, report);
  report.throwIfErrors();
  return plan;
}

/** Schemas that lead from one to the next too often outrun the stack of whatever walks them, compilers included. */
async function withinStack<Result>(work: () => Promise<Result>, report: Report): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.startsWith('Maximum call stack')) throw error;
    report.add('input/too-large', {
      message: 'the schemas lead from one to the next more often than a compiler can follow',
      help: 'refer to the definition at the end of such a chain',
    });
    throw new ReportedError(error.message, { cause: error });
  }
}

/** A function of its own, so that what the model is made of is let go before anything is rendered. */
async function modelOf(schemas: readonly SchemaText[], naming: Naming, { options, report }: Making): Promise<Model> {
  const { parseSchemas } = await import('./schemas/parse.js');
  const { resolveSchemas } = await import('./schemas/resolve.js');
  const { buildModel } = await import('./model/build.js');
  const { checkOverrides } = await import('./render/engine.js');
  checkOverrides({ overrides: options.templates, root: options.root }, report);
  return buildModel(resolveSchemas(parseSchemas(schemas, report), report), naming, report);
}

async function renderTargets(
  schemas: readonly SchemaText[],
  selected: readonly Target[],
  making: Making,
): Promise<readonly RenderedFile[]> {
  const { options, report, settings } = making;
  const model = await modelOf(schemas, namingOf(selected, options), making);
  report.throwIfErrors();
  const rendered: RenderedFile[] = [];
  for (const target of selected) {
    settings.onStage?.(`rendering ${target.name}`);
    const ofTarget = await target.render(model, options, report);
    if (!report.hasErrors) await target.verify(ofTarget, report);
    rendered.push(...ofTarget);
  }
  report.throwIfErrors();
  return rendered;
}

/** What all targets together keep for themselves. */
const namingOf = (selected: readonly Target[], options: Options): Naming => ({
  reservedTypes: new Set(selected.flatMap(({ reservedTypes }) => [...reservedTypes])),
  reservedMethods: new Set(selected.flatMap(({ reservedMethods }) => [...reservedMethods])),
  readmeExample: options.readmeExample,
  directions: options.directions,
});
