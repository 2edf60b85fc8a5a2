/** The payload types of all cases, and of this repository, as Python and its type checkers read them. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '../../src/model/build.js';
import type { Model } from '../../src/model/model.js';
import { Report } from '../../src/report/report.js';
import { readSchemas } from '../../src/schemas/load.js';
import { parseSchemas } from '../../src/schemas/parse.js';
import { resolveSchemas } from '../../src/schemas/resolve.js';
import { RESERVED_METHODS, RESERVED_TYPES } from '../../src/targets/python/names.js';
import { tuplesIn } from '../../src/targets/python/tuples.js';
import { flatValue } from '../../src/targets/python/values.js';
import { askPython } from '../python/ask.js';
import { findPython } from '../python/environment.js';
import { loadRepository, renderRepository } from '../repository.js';
import { NO_NAMES } from '../model-of.js';
import { keepFolder, writeFiles } from '../temp-folder.js';
import { lookupOf, payloadsOf } from './payloads.js';
import { type Finding, findWithMypy, findWithPyright, findWithRuff, shownFinding } from './python-checks.js';

const cases = fileURLToPath(new URL('../cases/', import.meta.url));
const TYPES = 'expected/python/worker_client/types.py';
const python = findPython();

/** A module with the types of one set of schemas, and what is sent with them. */
interface Subject {
  /** Name of the module. */
  readonly name: string;
  readonly types: string;
  readonly model: Model;
}

function loadCase(name: string): Subject {
  const root = path.join(cases, name);
  const report = new Report();
  const naming = { ...NO_NAMES, reservedTypes: RESERVED_TYPES, reservedMethods: RESERVED_METHODS };
  const texts = readSchemas({ root, folder: path.join(root, 'schemas') }, report);
  const model = buildModel(resolveSchemas(parseSchemas(texts, report), report), naming, report);
  return { name: name.replaceAll('-', '_'), types: fs.readFileSync(path.join(root, TYPES), 'utf8'), model };
}

async function loadSubjects(): Promise<readonly Subject[]> {
  const names = fs.readdirSync(cases).filter((name) => fs.existsSync(path.join(cases, name, TYPES)));
  const { model } = await loadRepository();
  const types = (await renderRepository('python')).get('python/worker_client/types.py') ?? '';
  return [...names.map(loadCase), { name: 'repository', types, model }];
}

interface Program {
  readonly text: string;
  /** Line, and what is wrong there. */
  readonly faults: ReadonlyMap<number, string>;
}

/** A line for each payload, good and bad. */
function programOf({ name, model }: Subject): Program {
  const lookup = lookupOf(model);
  const lines = [`import ${name}`, ''];
  const faults = new Map<number, string>();
  for (const message of model.messages) {
    for (const { value, fault } of payloadsOf(message, lookup)) {
      lines.push(
        `payload_${lines.length}: ${name}.${message.payloadType} = ${flatValue(value, tuplesIn(value, message.payload, lookup))}`,
      );
      if (fault !== '') faults.set(lines.length, fault);
    }
  }
  return { text: `${lines.join('\n')}\n`, faults };
}

/** Interpreters that are there, beside the one of the tests. */
const interpreters = (): readonly string[] =>
  [...new Set([python ?? '', 'python3.11', 'python3.12', 'python3.13', 'python3.14'])].filter(
    (name) => name !== '' && spawnSync(name, ['-c', '']).status === 0,
  );

describe.skipIf(python === null)('the payload types in Python', () => {
  const { folder, remove } = keepFolder();
  let subjects: readonly Subject[] = [];
  let programs: ReadonlyMap<string, Program> = new Map();

  beforeAll(async () => {
    subjects = await loadSubjects();
    programs = new Map(subjects.map((subject) => [`${subject.name}_payloads.py`, programOf(subject)]));
    writeFiles(folder, Object.fromEntries(subjects.map(({ name, types }) => [`${name}.py`, types])));
  });
  afterAll(remove);

  it('are found', () => expect(subjects.length).toBeGreaterThan(14));

  it('are laid out and written as ruff wants it', () => expect(findWithRuff(folder)).toBe(''));

  it('can be imported, and tell what they are', () => {
    const names = subjects.map(({ name }) => name);
    const script = `
import importlib, typing
sys.path.insert(0, given["folder"])
sys.dont_write_bytecode = True
answer = 0
for name in given["names"]:
    for value in vars(importlib.import_module(name)).values():
        if typing.is_typeddict(value):
            assert set(typing.get_type_hints(value, include_extras=True)) == value.__required_keys__ | value.__optional_keys__
            answer += 1
`;
    const counts = interpreters().map((name) => askPython(name, script, { folder, names }));
    expect(counts.length).toBeGreaterThan(0);
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeGreaterThan(60);
  });

  it.each([
    ['mypy', findWithMypy],
    ['pyright', findWithPyright],
  ])('take every good payload and refuse every bad one, says %s', (_, find) => {
    writeFiles(folder, Object.fromEntries([...programs].map(([file, { text }]) => [file, text])));
    const found = find(folder);
    expect(found.filter((finding) => !isExpected(finding)).map(shownFinding)).toEqual([]);
    const missed = [...programs].flatMap(([file, { text, faults }]) =>
      [...faults]
        .filter(([line]) => !found.some((finding) => finding.file === file && finding.line === line))
        .map(([line, fault]) => `${file}:${line} ${fault}: ${text.split('\n')[line - 1] ?? ''}`),
    );
    expect(missed).toEqual([]);
  });

  const isExpected = ({ file, line }: Finding): boolean => programs.get(file)?.faults.has(line) ?? false;
});
