/** No text of a schema becomes code: every nasty text in every place, against a benign text in its place. */
import { beforeAll, describe, expect, it } from 'vitest';
import { compilePattern } from '../../src/model/pattern.js';
import { printDiagnostics } from '../../src/report/print.js';
import { findPython } from '../python/environment.js';
import { makeFolder } from '../temp-folder.js';
import { importPython, importTypescript, installPackages } from './canary.js';
import { syntaxFaults } from './compare.js';
import { PICKY_PLACES, PLACES, type Place } from './places.js';
import { structureOf } from './readme.js';
import { CONTROL_TEXTS, type NastyText, VISIBLE_TEXTS } from './texts.js';
import { generateFrom, type HostileCase, messageTypeOf, normalizer, type Output, schemasOf, twinOf } from './twins.js';

const casesOf = (places: readonly Place[], texts: readonly NastyText[]): readonly HostileCase[] =>
  places.flatMap((place) => texts.map((nasty) => ({ place, nasty })));

/** These generate, every one of them. */
const accepted = casesOf(PLACES, VISIBLE_TEXTS);
/** These generate, or are refused. */
const doubtful = [...casesOf(PLACES, CONTROL_TEXTS), ...casesOf(PICKY_PLACES, [...VISIBLE_TEXTS, ...CONTROL_TEXTS])];

const errorsOf = ({ diagnostics }: Output): readonly string[] =>
  diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, places }) => `${code} ${message} ${places[0]?.file ?? ''}`);

/** Signs that a reader cannot see, or that steer what shows them. */
const INVISIBLE =
  /[^\P{Cc}\n]|[\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\u{e0001}\u{e0020}-\u{e007f}]/u;

interface Twins {
  readonly cases: readonly HostileCase[];
  readonly nasty: Output;
  readonly twin: Output;
}

async function generateTwins(cases: readonly HostileCase[]): Promise<Twins> {
  const nasty = await generateFrom(schemasOf(cases, ({ text }) => text));
  const twin = await generateFrom(schemasOf(cases, twinOf));
  return { cases, nasty, twin };
}

/** What is no pattern is left out of the schema that a validator holds, with a warning. */
const isLeftOut = ({ place, nasty: { text } }: HostileCase): boolean =>
  place.name === 'pattern' && compilePattern(text) === undefined;

const filesBut = (without: ReadonlySet<string>, { files }: Output): Output['files'] =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !without.has(path)));

const SUITES: readonly [name: string, cases: () => Promise<readonly HostileCase[]>][] = [
  ['nasty texts', () => Promise.resolve(accepted)],
  ['texts that may be refused', () => acceptedOf(doubtful)],
];

/** The cases that are without an error, as their twins are. */
async function acceptedOf(cases: readonly HostileCase[]): Promise<readonly HostileCase[]> {
  const { nasty, twin } = await generateTwins(cases);
  const refused = new Set(
    [...nasty.diagnostics, ...twin.diagnostics]
      .filter(({ severity }) => severity === 'error')
      .flatMap(({ places }) => places.map(({ file }) => file)),
  );
  return cases.filter((one) => !refused.has(fileOf(one)));
}

const fileOf = (one: HostileCase): string => `schemas/${messageTypeOf(one)}.schema.json`;

describe.each(SUITES)('%s', (_, choose) => {
  let twins: Twins;
  beforeAll(async () => {
    twins = await generateTwins(await choose());
  }, 600_000);

  it('are many', () => expect(twins.cases.length).toBeGreaterThan(120));

  it('generate, as their twins do', () => {
    expect(errorsOf(twins.nasty)).toEqual([]);
    expect(errorsOf(twins.twin)).toEqual([]);
    expect(Object.keys(twins.nasty.files)).toEqual(Object.keys(twins.twin.files));
  });

  it('are never more than literals and comments', { timeout: 600_000 }, () => {
    const { cases, nasty, twin } = twins;
    const without = new Set(cases.filter(isLeftOut).map((one) => `typescript/validators/${messageTypeOf(one)}.js`));
    const faults = syntaxFaults({ nasty: filesBut(without, nasty), twin: filesBut(without, twin) }, normalizer(cases));
    expect(faults).toEqual([]);
  });

  it('are no markup and no link in a README', () => {
    const { nasty, twin } = twins;
    const pages = Object.keys(twin.files).filter((path) => path.endsWith('.md'));
    expect(pages).toHaveLength(2);
    for (const path of pages) {
      expect(structureOf(nasty.files[path] ?? ''), path).toEqual(structureOf(twin.files[path] ?? ''));
    }
  });

  it('reach no manifest, no Dockerfile and no licence', () => {
    const { nasty, twin } = twins;
    const others = Object.keys(twin.files).filter((path) => !/\.(ts|js|py|md)$|\/_schemas\//.test(path));
    expect(others.length).toBeGreaterThan(5);
    expect(others.filter((path) => nasty.files[path] !== twin.files[path])).toEqual([]);
  });

  it('are seen by whoever reads the output', () => {
    const hidden = Object.entries(twins.nasty.files).flatMap(([path, text]) =>
      text
        .split('\n')
        .filter((line) => INVISIBLE.test(line))
        .map((line) => `${path}: ${JSON.stringify(line)}`),
    );
    expect(hidden).toEqual([]);
  });

  it('are seen by whoever reads the diagnostics', () => {
    const printed = printDiagnostics(twins.nasty.diagnostics, { color: false });
    expect(printed.split('\n').filter((line) => INVISIBLE.test(line))).toEqual([]);
  });

  it('do not run when the packages are imported', { timeout: 600_000 }, () => {
    const folder = makeFolder();
    expect(installPackages(twins.nasty.files, folder)).toEqual({ status: 0, text: '' });
    expect(importTypescript(folder)).toEqual({ status: 0, text: 'true undefined undefined false true\n' });
    const python = findPython();
    const imported = python === null ? IMPORTED : importPython(python, folder);
    expect(imported).toEqual(IMPORTED);
  });
});

const IMPORTED = { status: 0, text: 'True True None False\n' };

describe('a text that is refused', () => {
  it('is shown in a form that steers no terminal', async () => {
    const { diagnostics } = await generateFrom(schemasOf(doubtful, ({ text }) => text));
    expect(diagnostics.length).toBeGreaterThan(100);
    const printed = printDiagnostics(diagnostics, { color: false });
    expect(printed.split('\n').filter((line) => INVISIBLE.test(line))).toEqual([]);
  }, 600_000);
});
