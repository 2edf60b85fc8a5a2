/** What `--watch` does while people edit: real files, real signals. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, writeFiles } from '../temp-folder.js';
import { SCHEMA, TYPES } from './generated-project.js';
import { runCli, type RunningCli, schemaText, startCli } from './run-cli.js';

const WAITING = 'waiting for changes';

interface Session extends RunningCli {
  readonly cwd: string;
  readonly read: (file: string) => string;
}

/** A watching CLI that has made its first build. */
async function watching(files: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Promise<Session> {
  const cwd = makeFolder({ [SCHEMA]: schemaText(), 'node_modules/x/index.js': '', ...files });
  const running = startCli(['--watch', ...args], { cwd });
  await running.says(WAITING);
  return { ...running, cwd, read: (file) => fs.readFileSync(path.join(cwd, file), 'utf8') };
}

const edit = ({ cwd }: Pick<Session, 'cwd'>, files: Readonly<Record<string, string>>): void => writeFiles(cwd, files);

/** Ends it as Ctrl-C does. */
async function end({ child, ended }: RunningCli, signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
  child.kill(signal);
  return ended;
}

describe('--watch', () => {
  it('builds again after a save, in one line, and ends on Ctrl-C', async () => {
    const session = await watching();
    expect(session.read(TYPES)).toContain('modelId: string');
    edit(session, { [SCHEMA]: schemaText('fileId') });
    await session.says(`${SCHEMA}: `);
    expect(session.read(TYPES)).toContain('fileId: string');
    expect(await end(session)).toBe(130);
    expect(session.stderr()).toBe('');
    expect(session.stdout().split('\n').slice(-3)).toEqual([
      expect.stringMatching(/^waiting for changes/),
      expect.stringMatching(/^schemas\/scan-request\.schema\.json: \d updated \(\d+ ms\)$/),
      '',
    ]);
  });

  it('ends on SIGTERM, too', async () => {
    expect(await end(await watching(), 'SIGTERM')).toBe(130);
  });

  it('keeps the last output while the input is broken, says why, and goes on', async () => {
    const session = await watching();
    const before = session.read(TYPES);
    edit(session, { [SCHEMA]: '{' });
    await session.says('the output stays as it was');
    expect(session.stderr()).toMatch(/^error json\/syntax/);
    expect(session.read(TYPES)).toBe(before);
    edit(session, { [SCHEMA]: schemaText('fileId') });
    await session.says('updated (');
    expect(session.read(TYPES)).toContain('fileId: string');
    expect(await end(session)).toBe(130);
  });

  it('starts with broken input, and waits for better', async () => {
    const session = await watching({ [SCHEMA]: '' });
    expect(session.stderr()).toMatch(/^error json\/empty/);
    edit(session, { [SCHEMA]: schemaText() });
    await session.says('created (');
    expect(session.read(TYPES)).toContain('modelId: string');
  });

  it('touches no file when a save changes nothing', async () => {
    const session = await watching();
    const time = fs.statSync(path.join(session.cwd, TYPES)).mtimeMs;
    edit(session, { [SCHEMA]: schemaText() });
    await session.says(`${SCHEMA}: nothing changed`);
    expect(fs.statSync(path.join(session.cwd, TYPES)).mtimeMs).toBe(time);
  });

  it('takes a save by renaming for one change', async () => {
    const session = await watching();
    edit(session, { 'schemas/.scan-request.schema.json.tmp': schemaText('fileId') });
    fs.renameSync(path.join(session.cwd, 'schemas/.scan-request.schema.json.tmp'), path.join(session.cwd, SCHEMA));
    await session.says(`${SCHEMA}: `);
    expect(session.read(TYPES)).toContain('fileId: string');
    // As vim does: the old file becomes a backup, the new one is written.
    fs.renameSync(path.join(session.cwd, SCHEMA), path.join(session.cwd, `${SCHEMA}~`));
    edit(session, { [SCHEMA]: schemaText('userId') });
    fs.rmSync(path.join(session.cwd, `${SCHEMA}~`));
    await session.says(`${SCHEMA}: `, 2);
    expect(session.read(TYPES)).toContain('userId: string');
    expect(session.stderr()).toBe('');
  });

  it('loses no save of many', async () => {
    const session = await watching();
    for (let count = 0; count < 40; count += 1) {
      edit(session, { [SCHEMA]: schemaText(`field${count}`) });
      await new Promise((resolve) => setTimeout(resolve, 7));
    }
    await expect.poll(() => session.read(TYPES), { timeout: 20_000 }).toContain('field39: string');
  });

  it('notices new and deleted messages, and shared definitions', async () => {
    const session = await watching();
    edit(session, { 'schemas/scan-completed.schema.json': schemaText() });
    await session.says('schemas/scan-completed.schema.json: ');
    expect(session.read(TYPES)).toContain('ScanCompletedMessage');
    fs.rmSync(path.join(session.cwd, 'schemas/scan-completed.schema.json'));
    await session.says('schemas/scan-completed.schema.json: ', 2);
    expect(session.read(TYPES)).not.toContain('ScanCompletedMessage');
    edit(session, {
      'schemas/shared/inner/place.schema.json': '{"type": "object", "properties": {"a": {"type": "string"}}}',
    });
    edit(session, { [SCHEMA]: '{"type": "object", "properties": {"at": {"$ref": "shared/inner/place.schema.json"}}}' });
    await expect.poll(() => session.read(TYPES), { timeout: 20_000 }).toContain('at?: Place;');
  });

  it('lives through a schemas folder that goes and comes back', async () => {
    const session = await watching();
    const before = session.read(TYPES);
    fs.renameSync(path.join(session.cwd, 'schemas'), path.join(session.cwd, 'elsewhere'));
    await session.says('the output stays as it was');
    expect(session.stderr()).toMatch(/^error input\/no-folder/);
    expect(session.read(TYPES)).toBe(before);
    fs.renameSync(path.join(session.cwd, 'elsewhere'), path.join(session.cwd, 'schemas'));
    await session.says('nothing changed');
    edit(session, { [SCHEMA]: schemaText('fileId') });
    await session.says('updated (');
    expect(session.read(TYPES)).toContain('fileId: string');
  });

  it('reads the config anew, whatever kind it is, and follows it to other folders', async () => {
    const session = await watching({ 'messages/print-request.schema.json': schemaText() });
    edit(session, { 'gen-worker-client.config.ts': `export default { package: { npm: 'one' as string } };` });
    await session.says('gen-worker-client.config.ts: ');
    expect(session.read('generated/typescript/package.json')).toContain('"name": "one"');
    edit(session, {
      'gen-worker-client.config.ts': `export default { schemas: 'messages', package: { npm: 'two' } };`,
    });
    await session.says('gen-worker-client.config.ts: ', 2);
    expect(session.read('generated/typescript/package.json')).toContain('"name": "two"');
    expect(session.read(TYPES)).toContain('PrintRequestMessage');
    edit(session, { 'messages/print-request.schema.json': schemaText('paperId') });
    await expect.poll(() => session.read(TYPES), { timeout: 20_000 }).toContain('paperId: string');

    edit(session, { 'gen-worker-client.config.ts': 'export default {' });
    await session.says('the output stays as it was');
    expect(session.stderr()).toMatch(/^error config\/unreadable/);
    fs.rmSync(path.join(session.cwd, 'gen-worker-client.config.ts'));
    edit(session, { 'package.json': '{"gen-worker-client": {"package": {"npm": "three"}}}' });
    await expect
      .poll(() => session.read('generated/typescript/package.json'), { timeout: 20_000 })
      .toContain('"name": "three"');
  });

  it('takes over changed templates', async () => {
    const session = await watching({
      'gen-worker-client.config.json': '{"templates": "mine"}',
      'mine/typescript/NOTES.md': 'One.\n',
    });
    expect(session.read('generated/typescript/NOTES.md')).toBe('One.\n');
    edit(session, { 'mine/typescript/NOTES.md': 'Two.\n' });
    await session.says('mine/typescript/NOTES.md: updated generated/typescript/NOTES.md');
    expect(session.read('generated/typescript/NOTES.md')).toBe('Two.\n');
    fs.rmSync(path.join(session.cwd, 'mine/typescript/NOTES.md'));
    await session.says('deleted generated/typescript/NOTES.md');
  });

  it('heals with the next build what somebody did to the output', async () => {
    const session = await watching();
    fs.rmSync(path.join(session.cwd, 'generated/typescript'), { recursive: true });
    edit(session, { [SCHEMA]: schemaText() });
    await session.says('created (');
    expect(session.read(TYPES)).toContain('modelId: string');
  });

  it('prints one JSON document a line for each build', async () => {
    const cwd = makeFolder({ [SCHEMA]: schemaText() });
    const session = { ...startCli(['--watch', '--format', 'json'], { cwd }), cwd };
    await session.says('}\n');
    // The watcher stands a moment after the first document.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    edit(session, { [SCHEMA]: '{' });
    await session.says('json/syntax');
    edit(session, { [SCHEMA]: schemaText('fileId') });
    await session.says('"updated"');
    expect(await end(session)).toBe(130);
    expect(session.stderr()).toBe('');
    const documents = session
      .stdout()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly ok: boolean });
    expect(documents.map(({ ok }) => ok)).toEqual([true, false, true]);
  });

  it('says nothing but errors when it is to be quiet', async () => {
    const cwd = makeFolder({ [SCHEMA]: schemaText() });
    const running = startCli(['--watch', '--quiet'], { cwd });
    await expect.poll(() => fs.existsSync(path.join(cwd, TYPES)), { timeout: 20_000 }).toBe(true);
    await expect
      .poll(
        () => {
          writeFiles(cwd, { [SCHEMA]: '{' });
          return running.stderr();
        },
        { timeout: 20_000, interval: 200 },
      )
      .toMatch(/^error json\/syntax/);
    running.child.kill('SIGINT');
    expect([await running.ended, running.stdout()]).toEqual([130, '']);
  });

  it('writes nothing in a dry run', async () => {
    const session = await watching({}, ['--dry-run']);
    edit(session, { [SCHEMA]: schemaText('fileId') });
    await session.says(`${SCHEMA}: `);
    expect(fs.existsSync(path.join(session.cwd, 'generated'))).toBe(false);
  });

  it('says so when the system cannot notice changes', () => {
    const cwd = makeFolder({
      [SCHEMA]: schemaText(),
      'break.mjs': `import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
fs.watch = () => { throw Object.assign(new Error('ENOSPC: no watchers left'), { code: 'ENOSPC' }); };
syncBuiltinESMExports();
`,
    });
    const env = { NODE_OPTIONS: `--import=${path.join(cwd, 'break.mjs')}` };
    const { code, stdout, stderr } = runCli(['--watch'], { cwd, env });
    expect([code, stdout]).toEqual([2, expect.stringMatching(/created\n$/)]);
    expect(stderr).toMatch(
      /^error input\/unwatchable {2}changes cannot be noticed: ENOSPC: no watchers left\n {2}help: /,
    );
  });
});
