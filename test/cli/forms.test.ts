/** The forms of an answer, from the outside: each is one document on stdout, with the exit code of the run. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../temp-folder.js';
import { runCli, schemaText } from './run-cli.js';

const STARTS = {
  json: '{\n  "command": "check"',
  github: '::error title=output/drift::',
  markdown: '### gen-worker-client check: out of date\n',
  sarif: '{\n  "$schema": ',
};

describe('an answer', () => {
  it.each(Object.entries(STARTS))('can be %s, and hold everything', (format, start) => {
    const cwd = makeFolder({ 'schemas/scan-request.schema.json': schemaText() });
    const { code, stdout, stderr } = runCli(['check', '--format', format], { cwd });
    expect([code, stderr, stdout.slice(0, start.length)]).toEqual([1, '', start]);
    expect(stdout).toContain('generated/typescript/src/types.ts');
    expect(stdout).toMatch(/[^\n]\n$/);
  });

  it.each(Object.keys(STARTS))('can be %s for a command line that is wrong', (format) => {
    const { code, stdout, stderr } = runCli(['check', '--wach', '--format', format], { cwd: makeFolder() });
    expect([code, stderr, stdout]).toEqual([2, '', expect.stringContaining('there is no flag --wach')]);
  });

  it('counts paths of annotations from the checkout of a workflow', () => {
    const cwd = makeFolder({ 'packages/jobs/schemas/a.schema.json': '{' });
    const place = { cwd: path.join(cwd, 'packages/jobs'), env: { GITHUB_WORKSPACE: cwd } };
    const { stdout } = runCli(['--format', 'github'], place);
    expect(stdout).toMatch(/^::error file=packages\/jobs\/schemas\/a\.schema\.json,line=1,col=2,title=json\/syntax::/);
  });

  it('is text or JSON while watching', () => {
    const { code, stderr } = runCli(['--watch', '--format', 'sarif'], { cwd: makeFolder() });
    expect([code, stderr]).toEqual([2, '']);
  });
});
