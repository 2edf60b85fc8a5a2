/** What `check` says of an output that is out of date, and that it touches nothing. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, writeFiles } from '../temp-folder.js';
import { generatedProject, SCHEMA, TYPES } from './generated-project.js';
import { runCli, schemaText } from './run-cli.js';

describe('check', () => {
  it('says that the output is up to date', () => {
    const cwd = generatedProject();
    const { code, stdout, stderr } = runCli(['check'], { cwd });
    expect([code, stderr, stdout]).toEqual([0, '', expect.stringMatching(/^generated is up to date: \d+ files\n$/)]);
  });

  it('shows what changed, what is missing and what is left over, and what repairs it', () => {
    const cwd = generatedProject();
    const list = 'generated/.gen-worker-client';
    const owned = fs.readFileSync(path.join(cwd, list), 'utf8');
    writeFiles(cwd, {
      'a.config.json': '{}',
      'generated/typescript/NOTES.md': 'Notes.\n',
      [list]: owned.replace('typescript/README.md', 'typescript/NOTES.md\ntypescript/README.md'),
    });
    fs.rmSync(path.join(cwd, 'generated/typescript/LICENSE'));
    const types = fs.readFileSync(path.join(cwd, TYPES), 'utf8');
    writeFiles(cwd, { [TYPES]: types.replace('modelId: string;', 'modelId: number;') });
    const before = execFileSync('find', ['.', '-type', 'f', '-printf', '%p %T@\n'], { cwd, encoding: 'utf8' });

    const { code, stdout, stderr } = runCli(['check', '--config', 'a.config.json'], { cwd });
    expect(code).toBe(1);
    expect(`\n${stdout.replace(/^@@.*@@/gm, '@@ @@')}`).toMatchInlineSnapshot(`
      "
      missing  generated/typescript/LICENSE
      orphan   generated/typescript/NOTES.md
      --- a/generated/.gen-worker-client
      +++ b/generated/.gen-worker-client
      @@ @@
       typescript/.gitignore
       typescript/Dockerfile
       typescript/LICENSE
      -typescript/NOTES.md
       typescript/README.md
       typescript/package.json
       typescript/src/client.ts
      --- a/generated/typescript/src/types.ts
      +++ b/generated/typescript/src/types.ts
      @@ @@
       /** Asks for work. */
       export interface ScanRequestMessage {
         /** What it is about. */
      -  modelId: number;
      +  modelId: string;
       }
      "
    `);
    expect(`\n${stderr}`).toMatchInlineSnapshot(`
      "
      error output/drift  generated/ is not what the schemas say
        update  generated/.gen-worker-client
        create  generated/typescript/LICENSE
        delete  generated/typescript/NOTES.md
        update  generated/typescript/src/types.ts
        help: run npx gen-worker-client --config a.config.json and commit the result
      "
    `);
    expect(execFileSync('find', ['.', '-type', 'f', '-printf', '%p %T@\n'], { cwd, encoding: 'utf8' })).toBe(before);

    expect(runCli(['--config', 'a.config.json'], { cwd }).code).toBe(0);
    expect(runCli(['check', '--config', 'a.config.json'], { cwd }).code).toBe(0);
  });

  it('prints a diff that git takes over', () => {
    const cwd = generatedProject();
    writeFiles(cwd, { [SCHEMA]: schemaText('fileId') });
    const { code, stdout } = runCli(['check'], { cwd });
    expect(code).toBe(1);
    execFileSync('git', ['apply'], { cwd, input: stdout });
    expect(runCli(['check'], { cwd }).code).toBe(0);
  });

  it('repeats the flags that repair it, as a shell takes them', () => {
    const cwd = makeFolder({ 'my msgs/scan-request.schema.json': schemaText(), 'c.json': '{}' });
    const flags = ['--schemas', 'my msgs', "--out=it's", '--target', 'typescript', '--config', 'c.json'];
    const { code, stderr } = runCli(['check', '--quiet', ...flags], { cwd });
    expect(code).toBe(1);
    const line = /help: run (.*) and commit the result/.exec(stderr)?.[1] ?? '';
    expect(line).toMatchInlineSnapshot(
      `"npx gen-worker-client --schemas 'my msgs' --out 'it'\\''s' --target typescript --config c.json"`,
    );
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');
    expect(runCli(words.slice(2), { cwd }).code).toBe(0);
    expect(runCli(['check', ...flags], { cwd }).code).toBe(0);
  });

  it('does not mind what it does not own', () => {
    const cwd = generatedProject();
    writeFiles(cwd, { 'generated/typescript/notes.txt': 'mine' });
    expect(runCli(['check'], { cwd }).code).toBe(0);
  });

  it('does not mind the line ends of a checkout', () => {
    const cwd = generatedProject();
    const text = fs.readFileSync(path.join(cwd, TYPES), 'utf8');
    writeFiles(cwd, { [TYPES]: text.replaceAll('\n', '\r\n') });
    expect(runCli(['check'], { cwd }).code).toBe(0);
  });

  it('is not clean when it could not be done', () => {
    const cwd = generatedProject();
    writeFiles(cwd, { [SCHEMA]: '{' });
    const { code, stdout, stderr } = runCli(['check'], { cwd });
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/^error json\/syntax/)]);
  });

  it('says that nothing was generated yet', () => {
    const cwd = makeFolder({ [SCHEMA]: schemaText() });
    const { code, stdout } = runCli(['check'], { cwd });
    expect([code, stdout]).toEqual([1, expect.stringContaining(`missing  ${TYPES}\n`)]);
    expect(fs.readdirSync(cwd)).toEqual(['schemas']);
  });
});
