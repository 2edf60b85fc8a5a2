/** What TypeScript says of the types of each case: instances, as precise literal types, are assigned to them. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isArray, isObject, type JsonValue } from '../../src/text/json.js';
import type { FidelityCase } from './corpus.js';
import { PAYLOAD_TYPE, type RenderedTypes, renderTypes } from './render-types.js';
import type { Verdict } from './verdict.js';

const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

const SETTINGS = {
  noEmit: true,
  target: 'es2023',
  module: 'nodenext',
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
};

/** Compiles the types of all cases in one program. */
export async function judgeTypeScript(cases: readonly FidelityCase[]): Promise<readonly Verdict[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fidelity-typescript-'));
  try {
    const rendered: RenderedTypes[] = [];
    for (const { schema } of cases) rendered.push(await renderTypes('typescript', schema));
    fs.writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
    fs.writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: SETTINGS, include: ['*.ts'] }),
    );
    cases.forEach(({ instances }, index) => {
      fs.writeFileSync(path.join(folder, `types-${index}.ts`), rendered[index]?.text ?? '');
      const lines = instances.flatMap(({ data }, at) => [
        `declare const v${at}: ${literalType(data)};`,
        `export const t${at}: ${PAYLOAD_TYPE} = v${at};`,
      ]);
      const text = [`import type { ${PAYLOAD_TYPE} } from './types-${index}.js';`, ...lines].join('\n');
      if (rendered[index]?.failure === null) fs.writeFileSync(path.join(folder, `case-${index}.ts`), text);
    });
    const found = compile(folder);
    return cases.map(({ instances }, index) => {
      const { failure = null, text = '' } = rendered[index] ?? {};
      const refused = new Set((found.get(`case-${index}.ts`) ?? []).map(({ line }) => (line - 3) / 2));
      return {
        failure,
        errors: (found.get(`types-${index}.ts`) ?? []).map(({ message }) => message),
        accepted: instances.map((_, at) => failure === null && !refused.has(at)),
        type: new RegExp(`export (?:type|interface) ${PAYLOAD_TYPE}\\b[^]*`).exec(text)?.[0] ?? '',
      };
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The type that only the value itself has. */
export function literalType(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(literalType).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${literalType(inner)}`)
    .join('; ')} }`;
}

interface Finding {
  readonly line: number;
  readonly message: string;
}

/** Errors by file. */
function compile(folder: string): ReadonlyMap<string, readonly Finding[]> {
  const { stdout, stderr, status } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const found = new Map<string, Finding[]>();
  for (const line of stdout.split('\n')) {
    const match = /^([\w-]+\.ts)\((\d+),\d+\): error (.*)$/.exec(line);
    if (match === null) continue;
    const [, file = '', at = '', message = ''] = match;
    const ofFile = found.get(file) ?? [];
    ofFile.push({ line: Number(at), message });
    found.set(file, ofFile);
  }
  if (status !== 0 && found.size === 0) throw new Error(stdout + stderr);
  return found;
}
