/** Makes schema sets of any size, the same bytes every time: 30 fields a message, on three levels. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const AREAS = words('model file user library storage print order invoice price stock label image video mesh scene tenant device session report plugin'); // prettier-ignore
const NOUNS = words('folder thumbnail signature preview region queue batch index owner status version archive backup quota policy profile channel token layer part'); // prettier-ignore
const VERBS = words('scan-request scan-progress-event scan-completed create-request created-event update-request updated-event delete-request deleted-event sync-request sync-completed import-request import-completed export-request export-completed render-request render-completed check-request check-completed notify-request notify-failed merge-request split-request move-request copy-request'); // prettier-ignore

/** More names than any set has messages; the stride scatters neighbours over all areas. */
const NAMES = AREAS.length * NOUNS.length * VERBS.length;
const STRIDE = 7919;

type Schema = Readonly<Record<string, unknown>>;

/**
 * Writes a set of schemas.
 *
 * @param folder - where to; made when it is not there
 * @param count - how many messages, at most `NAMES`
 * @returns the paths of the files, in the order of their names
 */
export function writeSet(folder: string, count: number): string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const file = path.join(folder, `${messageType(index)}.schema.json`);
    writeFileSync(file, `${JSON.stringify(makeSchema(index), null, 2)}\n`);
    return file;
  }).toSorted();
}

export function messageType(index: number): string {
  const at = (index * STRIDE) % NAMES;
  const noun = Math.floor(at / AREAS.length) % NOUNS.length;
  return [AREAS[at % AREAS.length], NOUNS[noun], VERBS[Math.floor(at / AREAS.length / NOUNS.length)]].join('-');
}

export function makeSchema(index: number): Schema {
  const random = randomFrom(index + 1);
  const names = fieldNames(random);
  const leaves = (count: number): Record<string, Schema> =>
    Object.fromEntries(Array.from({ length: count }, () => [names(), makeField(random)]));
  const inner = object({ ...leaves(4) }, random, 'The details.');
  const nested = object({ ...leaves(6), [names()]: inner }, random, 'Where it happened.');
  const list = { type: 'array', description: 'One entry an item.', items: object(leaves(5), random) };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...object({ ...leaves(12), [names()]: nested, [names()]: list }, random, `Handles message ${index}.`),
  };
}

/** A field as real schemas have them: about one in four says what it is for. */
function makeField(random: (below: number) => number): Schema {
  const word = (): string => NOUNS[random(NOUNS.length)] ?? '';
  const said = random(4) === 0 ? { description: `The ${word()} of the ${word()}.` } : {};
  const kinds: Schema[] = [
    { type: 'integer', ...said, minimum: 0 },
    { type: 'string', ...said, enum: ['draft', 'ready', 'failed'] },
    { type: 'string', ...said },
    { type: 'boolean', ...said },
    { type: 'array', ...said, items: { type: 'string' } },
    { type: 'string', ...said },
    { type: 'number', ...said },
  ];
  return kinds[random(kinds.length)] ?? {};
}

function object(properties: Record<string, Schema>, random: (below: number) => number, description?: string): Schema {
  const required = Object.keys(properties).filter(() => random(2) === 0);
  return { ...(description === undefined ? {} : { description }), type: 'object', properties, required };
}

/** Names as fields have them, none of them twice in a message. */
function fieldNames(random: (below: number) => number): () => string {
  const taken = new Set<string>();
  return function next(): string {
    const [area, noun] = [AREAS[random(AREAS.length)] ?? '', NOUNS[random(NOUNS.length)] ?? ''];
    const name = area + noun.charAt(0).toUpperCase() + noun.slice(1);
    if (taken.has(name)) return next();
    taken.add(name);
    return name;
  };
}

/** A linear congruential generator: good enough to scatter, and the same on every machine. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % below;
  };
}

function words(text: string): string[] {
  return text.split(' ');
}
