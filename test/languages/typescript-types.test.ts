/** The payload types of all cases, and of this repository, as the compiler of TypeScript reads them. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/model/build.js';
import type { Model } from '../../src/model/model.js';
import { Report } from '../../src/report/report.js';
import { readSchemas } from '../../src/schemas/load.js';
import { parseSchemas } from '../../src/schemas/parse.js';
import { resolveSchemas } from '../../src/schemas/resolve.js';
import { declaredPart } from '../../src/targets/typescript/example.js';
import { RESERVED_METHODS, RESERVED_TYPES } from '../../src/targets/typescript/names.js';
import { expression } from '../../src/targets/typescript/print.js';
import { NO_NAMES } from '../model-of.js';
import { loadRepository, renderRepository } from '../repository.js';
import { compileFiles } from '../typescript/built-package.js';
import { lookupOf, payloadsOf } from './payloads.js';

const cases = fileURLToPath(new URL('../cases/', import.meta.url));
const TYPES = 'expected/typescript/src/types.ts';

interface Subject {
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
  return { name, types: fs.readFileSync(path.join(root, TYPES), 'utf8'), model };
}

async function loadSubjects(): Promise<readonly Subject[]> {
  const names = fs.readdirSync(cases).filter((name) => fs.existsSync(path.join(cases, name, TYPES)));
  const { model } = await loadRepository();
  const types = (await renderRepository('typescript')).get('typescript/src/types.ts') ?? '';
  return [...names.map(loadCase), { name: 'repository', types, model }];
}

/** A statement in one line for each payload, good and bad, and why the bad ones are bad. */
function programOf({ name, model }: Subject): {
  readonly lines: readonly string[];
  readonly faults: readonly string[];
} {
  const lookup = lookupOf(model);
  const payloads = model.messages.flatMap((message) =>
    payloadsOf(message, lookup).map(({ value, fault }) => {
      const written = fault === '' ? declaredPart(value, message.payload, lookup) : value;
      const line = `types.${message.payloadType} = ${expression(written).replaceAll('\n', ' ')};`;
      return { line, fault: fault === '' ? '' : `${message.type}: ${fault}` };
    }),
  );
  return {
    lines: [
      `import type * as types from './${name}.js';`,
      ...payloads.map(({ line }, index) => `export const p${index}: ${line}`),
    ],
    faults: payloads.map(({ fault }) => fault),
  };
}

describe('the payload types', async () => {
  const subjects = await loadSubjects();
  const programs = subjects.map((subject) => ({ ...subject, ...programOf(subject) }));

  it('compile, take what is valid and refuse what is not', () => {
    const files = programs.flatMap(({ name, types, lines }) => [
      [`${name}.ts`, types] as const,
      [`${name}.program.ts`, `${lines.join('\n')}\n`] as const,
    ]);
    const refused = new Set(
      compileFiles(Object.fromEntries(files)).map((line) => /^[^(]+\(\d+/.exec(line)?.[0] ?? line),
    );
    const isContinuation = (line: string): boolean => line.startsWith('  ');
    const wrong = [...refused].filter((line) => !/\.program\.ts\(/.test(line) && !isContinuation(line));
    expect(wrong).toEqual([]);
    const mistakes = programs.flatMap(({ name, lines, faults }) =>
      faults.flatMap((fault, index) => {
        const isRefused = refused.has(`${name}.program.ts(${index + 2}`);
        return isRefused === (fault !== '') ? [] : [`${name}: ${fault === '' ? (lines[index + 1] ?? '') : fault}`];
      }),
    );
    expect(mistakes).toEqual([]);
    expect(programs.flatMap(({ faults }) => faults).length).toBeGreaterThan(200);
  });
});
