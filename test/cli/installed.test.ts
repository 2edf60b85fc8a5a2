/** The CLI as its users get it: packed, installed in a project of their own, and small. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFiles } from '../temp-folder.js';
import { CLI, plainEnv, schemaText } from './run-cli.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TSC = path.join(root, 'node_modules/typescript/bin/tsc');
const MOST_BYTES = 80 * 1024 * 1024;
const MOST_DEPENDENCIES = 12;

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'gen-worker-client-')));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const project = path.join(folder, 'project');

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, { cwd: project, encoding: 'utf8', env: plainEnv(), stdio: 'pipe' });

/** Packs and installs the package, and says what keeps it from being installed. */
function install(): string | undefined {
  writeFiles(project, { 'package.json': '{ "name": "acme", "private": true, "type": "module" }\n' });
  run('npm', ['pack', root, '--ignore-scripts', '--silent', '--pack-destination', folder]);
  const tarball = fs.readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const quick = ['--omit=dev', '--prefer-offline', '--no-audit', '--no-fund', '--silent', '--fetch-retries=1'];
  try {
    run('npm', ['install', ...quick, path.join(folder, tarball)]);
    return undefined;
  } catch (error) {
    if (process.env['CI']) throw error;
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

const fault = install();
if (fault !== undefined) process.stderr.write(`not tested: the installed package, because of ${fault}\n`);

/** Bytes on the disk of a folder with everything in it. */
function sizeOf(inner: string): number {
  const entries = fs.readdirSync(inner, { recursive: true, encoding: 'utf8' });
  return entries.reduce((sum, name) => sum + fs.lstatSync(path.join(inner, name)).blocks * 512, 0);
}

describe.runIf(fault === undefined)('the installed package', () => {
  it('is small, and asks for few others', () => {
    expect(sizeOf(path.join(project, 'node_modules'))).toBeLessThanOrEqual(MOST_BYTES);
    const manifest = fs.readFileSync(path.join(project, 'node_modules/gen-worker-client/package.json'), 'utf8');
    const { dependencies } = JSON.parse(manifest) as { readonly dependencies: object };
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(MOST_DEPENDENCIES);
  });

  it('generates from schemas of its user what the repository would', () => {
    writeFiles(project, {
      'schemas/scan-request.schema.json': schemaText('modelId', {
        properties: { at: { $ref: 'shared/place.schema.json' } },
        required: [],
      }),
      'schemas/shared/place.schema.json': '{"type": "object", "properties": {"path": {"type": "string"}}}\n',
    });
    expect(run('npx', ['--no-install', 'gen-worker-client'])).toMatch(/\ngenerated: \d+ created\n$/);
    expect(run('npx', ['--no-install', 'gen-worker-client', 'check'])).toMatch(/^generated is up to date/);
    expect(run(process.execPath, [CLI, 'check'])).toMatch(/^generated is up to date/);
  });

  it('gives a config its type, and takes it', () => {
    writeFiles(project, {
      'gen-worker-client.config.ts': `import { defineConfig } from 'gen-worker-client';

export default defineConfig({
  package: { npm: '@acme/jobs-client', pypi: 'acme-jobs-client', pythonModule: 'jobs_client', version: '1.2.3' },
  directions: { '*-completed': 'receive' },
});

// @ts-expect-error a key that does not exist
defineConfig({ schema: 'schemas' });
// @ts-expect-error a value that is not allowed
defineConfig({ targets: ['rust'] });
`,
      'build.ts': `import { check, generate, type RunReport } from 'gen-worker-client';

const report: RunReport = await generate({ config: { out: 'out' }, dryRun: true });
const states: readonly string[] = report.files.map(({ state }) => state);
console.log(states.length > 0 && (await check()).ok);
`,
    });
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--verbatimModuleSyntax'];
    const files = ['gen-worker-client.config.ts', 'build.ts'];
    const lib = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom', '--types', ''];
    run(process.execPath, [TSC, '--ignoreConfig', '--noEmit', ...strict, ...lib, ...files]);

    expect(run('npx', ['--no-install', 'gen-worker-client'])).toContain('updated  generated/typescript/package.json\n');
    const manifest = fs.readFileSync(path.join(project, 'generated/typescript/package.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ name: '@acme/jobs-client', version: '1.2.3' });
  });

  it('is a library, too', () => {
    const script = `import { check, generate } from 'gen-worker-client';
const first = await generate({ config: { out: 'library' } });
const second = await check({ config: { out: 'library' } });
const wrong = await generate({ config: { schemas: 'nowhere' } });
console.log(JSON.stringify([first.ok, second.ok, wrong.ok, wrong.diagnostics[0].code]));`;
    expect(run(process.execPath, ['--input-type=module', '--eval', script])).toBe(
      '[true,true,false,"input/no-folder"]\n',
    );
  });

  it('has the schemas for editors where they are said to be', () => {
    const script = `console.log(import.meta.resolve('gen-worker-client/config.schema.json'));
console.log(import.meta.resolve('gen-worker-client/report.schema.json'));`;
    const urls = run(process.execPath, ['--input-type=module', '--eval', script]).trim().split('\n');
    expect(urls.map((url) => (JSON.parse(fs.readFileSync(new URL(url), 'utf8')) as { title: string }).title)).toEqual([
      'The config of gen-worker-client',
      'The answer of gen-worker-client --format json',
    ]);
  });
});
