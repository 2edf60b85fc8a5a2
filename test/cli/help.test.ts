/** What --help and --version print, and that the help tells the truth. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FLAGS, flagsOf } from '../../src/options/command-line.js';
import { COMMAND_HELP, COMMANDS } from '../../src/options/commands.js';
import { makeFolder } from '../temp-folder.js';
import { runCli } from './run-cli.js';

const run = (...args: readonly string[]) => runCli(args, { cwd: makeFolder() });

describe('--help', () => {
  it('shows the command that needs no name, and the list of commands', () => {
    const { code, stdout, stderr } = run('--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(`\n${stdout}`).toMatchInlineSnapshot(`
      "
      Usage: gen-worker-client [generate] [options]

      Writes typed client packages for a worker backend, from one JSON Schema per job message. Names each
      file that it created, updated or deleted.

      Options:
        --schemas <dir>   folder of the message schemas
        --out <dir>       folder that is generated
        --target <names>  output languages, with a comma between them: typescript, python
        --config <file>   config file, in place of the one that is looked for
        --format <kind>   form of the answer: text, json, github (annotations of a workflow), markdown,
                          sarif
        --quiet           print errors only
        --no-color        print without colours
        --watch           go on, and generate again when a schema, the config or a template changes
        --dry-run         only say what would be written
        --force           write over files that the generator does not own
        -v, --version     print the version
        -h, --help        print this help

      Commands:
        generate          write the packages; the command that needs no name
        check             compare the output with what the schemas say; write nothing

      Examples:
        gen-worker-client                                   read schemas/, write generated/
        gen-worker-client --watch                           and again whenever something changes
        gen-worker-client --dry-run                         only say what would be written
        gen-worker-client --schemas messages --out clients  with folders of your own

      Exit codes:
        0    done; of check: the output is up to date
        1    check found the output out of date
        2    it could not be done: command line, config, schemas or files are at fault
        130  interrupted
      "
    `);
  });
  it('shows a command of its own', () => {
    const { code, stdout, stderr } = run('check', '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(`\n${stdout}`).toMatchInlineSnapshot(`
      "
      Usage: gen-worker-client check [options]

      Compares the output with what the schemas say, and writes nothing. Shows what is out of date as a
      unified diff, and the command that repairs it.

      Options:
        --schemas <dir>   folder of the message schemas
        --out <dir>       folder that is generated
        --target <names>  output languages, with a comma between them: typescript, python
        --config <file>   config file, in place of the one that is looked for
        --format <kind>   form of the answer: text, json, github (annotations of a workflow), markdown,
                          sarif
        --quiet           print errors only
        --no-color        print without colours
        -v, --version     print the version
        -h, --help        print this help

      Examples:
        gen-worker-client check                exit code 1 when generated/ is out of date
        gen-worker-client check --format json  the same as one JSON document
        gen-worker-client check | git apply    take over what has changed in files that are there

      Exit codes:
        0    done; of check: the output is up to date
        1    check found the output out of date
        2    it could not be done: command line, config, schemas or files are at fault
        130  interrupted
      "
    `);
  });
  it('is the same by every name', () => {
    const { stdout } = run('--help');
    expect(stdout).not.toBe('');
    for (const args of [['-h'], ['generate', '--help'], ['--help', 'generate'], ['--wach', '--help']]) {
      expect(run(...args).stdout).toBe(stdout);
    }
  });
  it.each(COMMANDS)('of %s names every flag of it, and no other', (command) => {
    const { stdout } = run(command, '--help');
    const named = stdout.match(/^ {2}(?:-\w, )?--[a-z-]+/gm)?.map((flag) => flag.replace(/.*--/, '--'));
    expect(named).toEqual(flagsOf(command).map(({ flag }) => /--[a-z-]+/.exec(flag)?.[0]));
  });
  it('has examples that are command lines', () => {
    const lines = COMMANDS.flatMap((command) => COMMAND_HELP[command].examples.map(([line]) => line));
    for (const line of lines) {
      const words = line.replace(/ \|.*/, '').split(' ').slice(1);
      expect([line, run(...words, '--version').stderr]).toEqual([line, '']);
    }
    expect(lines.length).toBeGreaterThanOrEqual(COMMANDS.length);
  });
  it('does not help with a command that is not there', () => {
    const { code, stdout, stderr } = run('chekc', '--help');
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('did you mean check?')]);
  });
  it('fits into 100 columns', () => {
    const long = COMMANDS.flatMap((command) => run(command, '--help').stdout.split('\n')).filter((l) => l.length > 100);
    expect(long).toEqual([]);
  });
});

describe('--version', () => {
  it('prints the version of the package, alone', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as object;
    const version = Reflect.get(manifest, 'version') as string;
    for (const flag of ['--version', '-v']) {
      expect(run(flag)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    }
  });
});

describe('the table of flags', () => {
  it('has a help text for each, and no flag twice', () => {
    expect(FLAGS.filter(({ help }) => !/^[a-z].*[a-z)]$/.test(help))).toEqual([]);
    expect(new Set(FLAGS.map(({ flag }) => flag)).size).toBe(FLAGS.length);
  });
});
