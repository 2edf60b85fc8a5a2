/** Texts and numbers that a schema may take, the most natural ones first. */
import type { JsonObject, JsonValue } from '../text/json.js';
import { ownValue } from '../text/json.js';
import { kebabCase } from '../text/kebab.js';
import { rowOf } from '../text/table.js';
import { samplePattern } from './sample-pattern.js';

const FORMAT_EXAMPLES: Readonly<Record<string, string>> = {
  'date-time': '2025-01-31T12:00:00Z',
  date: '2025-01-31',
  time: '12:00:00Z',
  duration: 'PT15M',
  email: 'ada@example.com',
  'idn-email': 'ada@example.com',
  hostname: 'example.com',
  'idn-hostname': 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  iri: 'https://example.com/',
  'uri-reference': '/path',
  'iri-reference': '/path',
  'uri-template': '/jobs/{id}',
  uuid: '3f0c1d2e-4b5a-4c6d-8e7f-90a1b2c3d4e5',
  'json-pointer': '/name',
  'relative-json-pointer': '0/name',
  regex: '^a$',
  byte: 'YQ==',
};

const MAX_TEXT = 1000;

/** What a property of no special format holds: its own name. */
export const plainText = (hint: string): string => kebabCase(hint) || 'text';

/** @param hint - name of the property, which makes the plainest text */
export function textCandidates(schemas: readonly JsonObject[], hint: string): readonly JsonValue[] {
  const said = (name: string): JsonValue[] => schemas.flatMap((schema) => ownValue(schema, name) ?? []);
  const formats = said('format').flatMap((name) => rowOf(FORMAT_EXAMPLES, String(name)) ?? []);
  const sampled = said('pattern').flatMap((pattern) => samplePattern(String(pattern)) ?? []);
  const least = Math.max(0, ...numbersOf(said('minLength')));
  const most = Math.min(Infinity, ...numbersOf(said('maxLength')));
  const texts = [...formats, ...sampled, plainText(hint), 'text', 'a'];
  return least > MAX_TEXT ? texts : [...texts, ...texts.map((text) => fitLength(text, { least, most }))];
}

const fitLength = (text: string, { least, most }: { least: number; most: number }): string =>
  [...text.padEnd(least, text)].slice(0, most).join('');

const numbersOf = (values: readonly JsonValue[]): number[] => values.filter((value) => typeof value === 'number');

export function numberCandidates(schemas: readonly JsonObject[]): readonly number[] {
  const said = (name: string): number[] => numbersOf(schemas.flatMap((schema) => ownValue(schema, name) ?? []));
  const lows = [...said('minimum'), ...said('exclusiveMinimum').map((bound) => Math.floor(bound) + 1)];
  const highs = [...said('maximum'), ...said('exclusiveMaximum').map((bound) => Math.ceil(bound) - 1)];
  const [low, high] = [Math.max(...lows), Math.min(...highs)];
  const steps = said('multipleOf').flatMap((step) => [
    step,
    step * Math.ceil((Number.isFinite(low) ? low : 1) / step),
    step * Math.floor((Number.isFinite(high) ? high : 1) / step),
  ]);
  const between = Number.isFinite(low + high) ? [Math.ceil((low + high) / 2), (low + high) / 2] : [];
  const open = [...said('exclusiveMinimum'), ...said('exclusiveMaximum')].flatMap((bound) => [
    bound + 0.5,
    bound - 0.5,
  ]);
  const all = [
    1,
    ...lows,
    ...lows.map(Math.ceil),
    ...highs,
    ...highs.map(Math.floor),
    ...steps,
    ...between,
    ...open,
    0,
    2,
    0.5,
  ];
  return all.filter(Number.isFinite);
}
