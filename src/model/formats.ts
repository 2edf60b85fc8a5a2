/** Whether a text has a format, by the rules of ajv-formats. */
import { type DefinedFormats, fullFormats } from 'ajv-formats/dist/formats.js';

type Test = (text: string) => boolean;

function testOf(format: DefinedFormats[keyof DefinedFormats]): Test | undefined {
  if (typeof format === 'string' || typeof format === 'boolean') return undefined;
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === 'function') return format;
  if (format.type === 'number' || format.async === true) return undefined;
  const { validate } = format;
  if (validate instanceof RegExp) return (text) => validate.test(text);
  // Of numbers' formats the type says so; ajv's types leave it open.
  return typeof validate === 'function' ? (validate as Test) : undefined;
}

const TESTS: ReadonlyMap<string, Test | undefined> = new Map(
  Object.entries(fullFormats).map(([name, format]) => [name, testOf(format)]),
);

/** A format that is not known says nothing. */
export const isFormat = (name: string, text: string): boolean => TESTS.get(name)?.(text) ?? true;
