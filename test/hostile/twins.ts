/** Generates the packages of many messages twice: with a nasty text in each, and with a benign text in its place. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadOptions } from '../../src/options/load.js';
import { preparePlan } from '../../src/pipeline.js';
import type { Diagnostic } from '../../src/report/diagnostic.js';
import { Report, ReportedError } from '../../src/report/report.js';
import { KEYWORDS } from '../../src/targets/python/print.js';
import type { JsonObject } from '../../src/text/json.js';
import { pascalCase } from '../../src/text/words.js';
import type { Place } from './places.js';
import type { NastyText } from './texts.js';

export interface Output {
  /** Path below the output folder to text. */
  readonly files: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A message of the corpus. */
export interface HostileCase {
  readonly place: Place;
  readonly nasty: NastyText;
}

export const messageTypeOf = ({ place, nasty }: HostileCase): string => `${place.name}-of-${nasty.name}`;

/**
 * Runs everything but the writing.
 *
 * @param schemas - message type to schema
 */
export async function generateFrom(schemas: Readonly<Record<string, JsonObject>>): Promise<Output> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gen-worker-client-'));
  try {
    return await generateIn(folder, schemas);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function generateIn(folder: string, schemas: Readonly<Record<string, JsonObject>>): Promise<Output> {
  fs.mkdirSync(path.join(folder, 'schemas'));
  for (const [type, schema] of Object.entries(schemas)) {
    fs.writeFileSync(path.join(folder, 'schemas', `${type}.schema.json`), JSON.stringify(schema));
  }
  const { options } = await loadOptions({ root: folder, kind: 'caller', given: {} });
  const report = new Report();
  try {
    const { plan } = await preparePlan(options, report, { force: false });
    const files = Object.fromEntries(plan.files.map(({ path: file, wanted }) => [file, wanted ?? '']));
    return { files, diagnostics: report.diagnostics };
  } catch (error) {
    if (!(error instanceof ReportedError)) throw error;
    return { files: {}, diagnostics: report.diagnostics };
  }
}

/** The schemas of a corpus, with the nasty texts or with their twins. */
export const schemasOf = (
  cases: readonly HostileCase[],
  textOf: (nasty: NastyText) => string,
): Readonly<Record<string, JsonObject>> =>
  Object.fromEntries(cases.map((one) => [messageTypeOf(one), one.place.schema(textOf(one.nasty))]));

/** Every object has such members, also one that leaves out the field: their types allow for that. */
const MEMBERS = new Set(['constructor', 'toString', 'hasOwnProperty']);
const MEMBER = 'valueOf';

/** What a nasty text is compared with: a text of its kind that nobody has to escape. */
export function twinOf({ text }: NastyText): string {
  if (text.trim() === '') return text;
  if (MEMBERS.has(text)) return MEMBER;
  return isPythonName(text) ? 'benign' : 'benign text';
}

/** Python writes a field of such a name as a name, and others as text. */
const isPythonName = (text: string): boolean => /^(?!__)[A-Za-z_]\w*$/.test(text) && !KEYWORDS.has(text);

/**
 * Names that come from a nasty text are compared as if they came from its twin: those of inner types, which carry
 * their message's name in front, and those of Python's fields.
 */
export function normalizer(cases: readonly HostileCase[]): (statement: string) => string {
  const payloadTypes = new Set(cases.map((one) => `${pascalCase(messageTypeOf(one).split('-'))}Message`));
  const fields = new Set([MEMBER, ...cases.map(({ nasty }) => nasty.text).filter(isPythonName)]);
  return (statement) =>
    statement.replace(/\w+/g, (word) => {
      if (fields.has(word)) return 'benign';
      const owner = ownerOf(word, payloadTypes);
      return owner === undefined || owner === word ? word : `${owner}Inner`;
    });
}

/** The payload type whose name stands in front of a name. */
function ownerOf(word: string, payloadTypes: ReadonlySet<string>): string | undefined {
  for (let at = word.indexOf('Message'); at !== -1; at = word.indexOf('Message', at + 1)) {
    const owner = word.slice(0, at + 'Message'.length);
    if (payloadTypes.has(owner)) return owner;
  }
  return undefined;
}
