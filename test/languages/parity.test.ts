/** Both clients say the same: the same bytes on the wire, and the same of every field of every message. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Project, type Type } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import type { JsonValue, Model } from '../../src/model/model.js';
import { methodName as pythonMethod } from '../../src/targets/python/names.js';
import { methodName as typescriptMethod } from '../../src/targets/typescript/names.js';
import { askPython } from '../python/ask.js';
import { findPython } from '../python/environment.js';
import { loadRepository, renderRepository } from '../repository.js';
import { makeFolder, writeFiles } from '../temp-folder.js';
import { buildPackage } from '../typescript/built-package.js';
import { type Backend, startBackend } from './backend.js';

const execute = promisify(execFile);
const cases = fileURLToPath(new URL('../cases/', import.meta.url));
const python = findPython();

/** One send: the message, and what is sent. */
interface Send {
  readonly type: string;
  readonly typescript: string;
  readonly python: string;
  readonly payload: JsonValue;
}

/** Payloads that are written differently by many a JSON library. */
const HARD: readonly JsonValue[] = [
  { z: 1, a: 2, 10: 3, 9: 4, '': 5 },
  { text: 'größe 尺寸 😀 </script> \u2028\u2029 \u007f "\\/ \b\f\n\r\t\u0001' },
  { half: '\ud800', pair: '\ud83d\ude00', other: ['\udc00x'] },
  {
    numbers: [0, -0, 1, 1.5, 0.1, 1e21, 1e20, 123456789012345680000, 1e-6, 1e-7, 5e-324, 1.7976931348623157e308, 1e16],
  },
  { nested: [[], {}, [{}], { a: [null, true, false] }] },
];

function sendsOf({ messages }: Model): readonly Send[] {
  const sends = messages.flatMap(({ type, words, examples }) =>
    examples.map((payload) => ({ type, typescript: typescriptMethod(words), python: pythonMethod(words), payload })),
  );
  const [first] = sends;
  return first === undefined ? [] : [...sends, ...HARD.map((payload) => ({ ...first, payload }))];
}

interface TypeScriptClient {
  close(): Promise<void>;
}

async function sendWithTypeScript(backend: Backend, sends: readonly Send[]): Promise<void> {
  const files = await renderRepository('typescript');
  const folder = buildPackage([...files].map(([file, text]) => ({ path: file, text })));
  const module = (await import(pathToFileURL(path.join(folder, 'dist/index.js')).href)) as {
    readonly WorkerClient: new (config: { readonly baseUrl: string }) => TypeScriptClient;
  };
  const client = new module.WorkerClient({ baseUrl: backend.url });
  for (const { typescript: method, payload } of sends) {
    const send: unknown = Reflect.get(client, method);
    if (typeof send === 'function') await Reflect.apply(send, client, [payload]);
  }
  await client.close();
}

const SEND = `
import json, os, sys
sys.path.insert(0, sys.argv[1])
from worker_client import WorkerClient
with WorkerClient(base_url=sys.argv[2]) as client, open(sys.argv[3], encoding="utf-8") as file:
    for send in json.load(file):
        getattr(client, send["python"])(send["payload"])
`;

async function sendWithPython(backend: Backend, sends: readonly Send[]): Promise<void> {
  const folder = makeFolder(Object.fromEntries(await renderRepository('python')));
  writeFiles(folder, { 'sends.json': JSON.stringify(sends) });
  const args = ['-c', SEND, path.join(folder, 'python'), backend.url, path.join(folder, 'sends.json')];
  await execute(python ?? '', args);
}

async function recordWire(send: typeof sendWithPython, sends: readonly Send[]): Promise<readonly string[]> {
  const backend = await startBackend();
  try {
    await send(backend, sends);
    return backend.requests.map(({ method, path: target, headers, body }) =>
      [method, target, headers['content-type'], headers.accept, body.toString('latin1')].join(' '),
    );
  } finally {
    await backend.close();
  }
}

describe.skipIf(python === null)('on the wire', () => {
  it('both clients send the same bytes', async () => {
    const { model } = await loadRepository();
    const sends = sendsOf(model);
    const fromTypeScript = await recordWire(sendWithTypeScript, sends);
    expect(fromTypeScript.length).toBe(sends.length);
    expect(await recordWire(sendWithPython, sends)).toEqual(fromTypeScript);
    const first = sends[0];
    expect(fromTypeScript[0]).toBe(
      `POST /api/jobs/${first?.type} application/json application/json ${JSON.stringify(first?.payload)}`,
    );
  }, 120_000);
});

/** What a type says of a field, as far as both languages can say it. */
interface FieldFacts {
  readonly required: boolean;
  readonly nullable: boolean;
  /** Choices as JSON, sorted; where one is a fraction, numbers are none in Python. */
  readonly choices: readonly string[];
}

/** By type name and key. */
type Facts = Readonly<Record<string, Readonly<Record<string, FieldFacts>>>>;

function typescriptFacts(packages: readonly Package[]): readonly Facts[] {
  const compilerOptions = { strict: true, exactOptionalPropertyTypes: true };
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions });
  const files = packages.map(({ typescript }, index) => project.createSourceFile(`types${index}.ts`, typescript));
  return packages.map(({ names }, index) => {
    const file = files[index];
    if (file === undefined) return {};
    const factsOf = (name: string): Facts[string] => {
      const type = (file.getInterface(name) ?? file.getTypeAliasOrThrow(name)).getType();
      const fields = type.getProperties().map((property) => {
        const facts = choicesOf(property.getTypeAtLocation(file));
        return [property.getName(), { required: !property.isOptional(), ...facts }] as const;
      });
      return Object.fromEntries(fields);
    };
    return Object.fromEntries(names.map((name) => [name, factsOf(name)]));
  });
}

function choicesOf(type: Type): Omit<FieldFacts, 'required'> {
  const members = type.isUnion() ? type.getUnionTypes() : [type];
  const literals = members.flatMap((member): (boolean | number | string)[] => {
    if (member.isBooleanLiteral()) return [member.getText() === 'true'];
    const value = member.getLiteralValue();
    return typeof value === 'string' || typeof value === 'number' ? [value] : [];
  });
  const isAnyBoolean = literals.includes(true) && literals.includes(false);
  const hasFractions = literals.some((value) => typeof value === 'number' && !Number.isInteger(value));
  const choices = literals.filter((value) =>
    typeof value === 'boolean' ? !isAnyBoolean : typeof value === 'string' || !hasFractions,
  );
  return {
    nullable: members.some((member) => member.isNull()),
    choices: choices.map((value) => JSON.stringify(value)).toSorted(),
  };
}

const PYTHON_FACTS = `
import importlib.util, types, typing
answer = {}
def facts_of(name, key, hint, cls):
    hint = hint.__args__[0] if typing.get_origin(hint) is typing.NotRequired else hint
    members = typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, types.UnionType) else (hint,)
    choices = [value for member in members if typing.get_origin(member) is typing.Literal for value in typing.get_args(member)]
    return {
        "required": key in cls.__required_keys__,
        "nullable": type(None) in members,
        "choices": sorted(json.dumps(value, ensure_ascii=False) for value in choices),
    }
for path, names in given:
    spec = importlib.util.spec_from_file_location("types_of_case", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["types_of_case"] = module
    spec.loader.exec_module(module)
    found = {}
    for name in names:
        cls = getattr(module, name)
        if typing.is_typeddict(cls):
            hints = typing.get_type_hints(cls, include_extras=True)
            found[name] = {key: facts_of(name, key, hint, cls) for key, hint in hints.items()}
    answer[path] = found
`;

interface Package {
  readonly typescript: string;
  readonly python: string;
  readonly names: readonly string[];
}

/** The types of all cases, and of this repository. */
async function loadPackages(): Promise<readonly Package[]> {
  const read = (name: string, file: string): string =>
    fs.readFileSync(path.join(cases, name, 'expected', file), 'utf8');
  const shown = fs.readdirSync(cases).filter((name) => fs.existsSync(path.join(cases, name, 'expected')));
  const ofCases = shown.map((name) => ({
    typescript: read(name, 'typescript/src/types.ts'),
    python: read(name, 'python/worker_client/types.py'),
  }));
  const [typescript, others] = [await renderRepository('typescript'), await renderRepository('python')];
  const own = {
    typescript: typescript.get('typescript/src/types.ts') ?? '',
    python: others.get('python/worker_client/types.py') ?? '',
  };
  return [...ofCases, own].map((texts) => ({
    ...texts,
    names: [...texts.typescript.matchAll(/^export (?:interface|type) (\w+Message)\b/gm)].map(([, name = '']) => name),
  }));
}

describe.skipIf(python === null)('of every field of every message', () => {
  it('both say the same: required, nullable, choices', async () => {
    const packages = await loadPackages();
    const files = Object.fromEntries(packages.map(({ python: text }, index) => [`types${index}.py`, text]));
    const folder = makeFolder(files);
    const given = packages.map(({ names }, index) => [path.join(folder, `types${index}.py`), names]);
    const answers = Object.values(askPython(python ?? '', PYTHON_FACTS, given) as Readonly<Record<string, Facts>>);
    const known = typescriptFacts(
      packages.map((one, index) => ({
        ...one,
        names: one.names.filter((name) => Object.hasOwn(answers[index] ?? {}, name)),
      })),
    );
    expect(
      answers.flatMap((facts) => Object.values(facts).flatMap((fields) => Object.keys(fields))).length,
    ).toBeGreaterThan(120);
    expect(answers).toEqual(known);
  });
});
