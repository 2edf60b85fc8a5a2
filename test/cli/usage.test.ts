/** What is said of a command line that is wrong, word for word, and that nothing else happens then. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../temp-folder.js';
import { runCli, schemaText } from './run-cli.js';

/** What the terminal shows of a fault; it goes to stderr, alone, and nothing is written. */
function complaint(args: readonly string[]): string {
  const cwd = makeFolder({ 'schemas/scan-request.schema.json': schemaText() });
  const { code, stdout, stderr } = runCli(args, { cwd });
  expect([code, stdout, fs.readdirSync(cwd)]).toEqual([2, '', ['schemas']]);
  return `\n${stderr}`;
}

describe('a fault of the command line', () => {
  it('is a command that does not exist, with the one that was meant', () => {
    expect(complaint(['chekc'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-command  there is no command "chekc"
        help: did you mean check?
      "
    `);
  });
  it('is a command that is like no other', () => {
    expect(complaint(['publish'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-command  there is no command "publish"
        help: the commands are generate, check
      "
    `);
  });
  it('is a folder in place of a command', () => {
    expect(complaint(['./messages'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-command  there is no command "./messages"
        help: a schemas folder is named with --schemas ./messages
      "
    `);
  });
  it('is a flag written as a command', () => {
    expect(complaint(['watch'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-command  there is no command "watch"
        help: did you mean --watch?
      "
    `);
  });
  it('is a word that no command takes', () => {
    expect(complaint(['check', 'schemas/a.schema.json', 'generate'])).toMatchInlineSnapshot(`
      "
      error usage/extra-argument  check takes no argument "generate"
        help: leave it out

      error usage/extra-argument  check takes no argument "schemas/a.schema.json"
        help: a schemas folder is named with --schemas schemas/a.schema.json
      "
    `);
  });
  it('is a flag that does not exist, with the one that was meant', () => {
    expect(complaint(['--wach'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-option  there is no flag --wach
        help: did you mean --watch?
      "
    `);
  });
  it('is a flag that is like no other', () => {
    expect(complaint(['--pretty'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-option  there is no flag --pretty
        help: gen-worker-client --help shows what there is
      "
    `);
  });
  it('is the beginning of a flag', () => {
    expect(complaint(['--dry'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-option  there is no flag --dry
        help: did you mean --dry-run?
      "
    `);
  });
  it('is a longer name of a flag', () => {
    expect(complaint(['--output-dir', 'x'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-option  there is no flag --output-dir
        help: did you mean --out?
      "
    `);
  });
  it('is a short flag, with those that begin so', () => {
    expect(complaint(['-f', '-o', 'x', '-x'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-option  there is no flag -f
        help: did you mean --format or --force?

      error usage/unknown-option  there is no flag -o
        help: did you mean --out?

      error usage/unknown-option  there is no flag -x
        help: gen-worker-client --help shows what there is
      "
    `);
  });
  it('is a command or a format written as a flag', () => {
    expect(complaint(['--check', '--json'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-option  there is no flag --check
        help: it is a command: gen-worker-client check

      error usage/unknown-option  there is no flag --json
        help: did you mean --format json?
      "
    `);
  });
  it('is a flag of another command', () => {
    expect(complaint(['check', '--watch', '--force'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-option  check has no flag --force
        help: it is a flag of generate

      error usage/unknown-option  check has no flag --watch
        help: it is a flag of generate
      "
    `);
  });
  it('is a flag without its value, before another flag or at the end', () => {
    expect(complaint(['--out', '--dry-run', '--schemas'])).toMatchInlineSnapshot(`
      "
      error usage/value  --out needs a value
        help: say --out <dir>

      error usage/value  --schemas needs a value
        help: say --schemas <dir>
      "
    `);
  });
  it('is a value of a flag that takes none', () => {
    expect(complaint(['--force=yes', '--no-color=always'])).toMatchInlineSnapshot(`
      "
      error usage/value  --force takes no value
        help: say --force alone

      error usage/value  --no-color takes no value
        help: say --no-color alone
      "
    `);
  });
  it('is a value that is not allowed', () => {
    expect(complaint(['--format', 'jsn', '--target', 'typscript', '--out='])).toMatchInlineSnapshot(`
      "
      error usage/value  --format must be text, json, github, markdown or sarif, not "jsn"
        help: did you mean json?

      error usage/value  --out must be a path, not ""

      error usage/value  --target must be typescript or python, not "typscript"
        help: did you mean typescript?
      "
    `);
  });
  it('is a target that is named twice', () => {
    expect(complaint(['--target', 'typescript', '--target', 'typescript'])).toMatchInlineSnapshot(`
      "
      error usage/value  --target names "typescript" twice
        help: remove one of them
      "
    `);
  });
  it('is shown together with all the others', () => {
    expect(complaint(['chekc', '--wach', '--format', 'yaml', '--config', 'nowhere.ts'])).toMatchInlineSnapshot(`
      "
      error config/not-found  the config file is not there
        nowhere.ts
        help: check the path; it is relative to the working directory

      error usage/unknown-command  there is no command "chekc"
        help: did you mean check?

      error usage/unknown-option  there is no flag --wach
        help: did you mean --watch?

      error usage/value  --format must be text, json, github, markdown or sarif, not "yaml"
      "
    `);
  });
  it('shows no control character of what was written', () => {
    expect(complaint(['\u001b[31mred', '--\u202eflag'])).toMatchInlineSnapshot(`
      "
      error usage/unknown-command  there is no command "\\u001b[31mred"
        help: the commands are generate, check

      error usage/unknown-option  there is no flag --\\u202eflag
        help: gen-worker-client --help shows what there is
      "
    `);
  });
});

describe('the command line', () => {
  const cwd = (): string => makeFolder({ 'schemas/scan-request.schema.json': schemaText() });

  it('takes flags before and behind the command, and a value behind an equals sign', () => {
    const place = { cwd: cwd() };
    for (const args of [
      ['--schemas', 'a b', 'generate', '--dry-run'],
      ['check', '--schemas=a b', '--quiet'],
      ['--quiet', '--schemas', 'c', '--schemas', 'a b'],
    ]) {
      const { code, stderr } = runCli(args, place);
      expect([code, stderr.split('\n').slice(0, 2)]).toEqual([
        2,
        ['error input/no-folder  the schemas folder is not there', '  a b'],
      ]);
    }
  });
  it('takes a word behind an unknown flag for its value', () => {
    const { stderr } = runCli(['--speed', 'fast', 'check'], { cwd: cwd() });
    expect(stderr).toBe(
      'error usage/unknown-option  there is no flag --speed\n  help: gen-worker-client --help shows what there is\n',
    );
  });
  it('finds no command in what is no word of its own', () => {
    expect(runCli(['constructor'], { cwd: cwd() }).code).toBe(2);
    expect(runCli(['__proto__'], { cwd: cwd() }).code).toBe(2);
  });
});
