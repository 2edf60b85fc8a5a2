/** Payloads that a type must take, and payloads that it must refuse, made of the examples of a message. */
import { conforms } from '../../src/model/conforms.js';
import type { Field, Message, Model, Shape } from '../../src/model/model.js';
import { isObject, type JsonObject, type JsonValue } from '../../src/text/json.js';

export interface Payload {
  readonly value: JsonValue;
  /** Why a checker must refuse it; `''` where it must not. */
  readonly fault: string;
}

type Lookup = (name: string) => Shape | undefined;

/** The shape behind each type name of a model. */
export function lookupOf({ messages, sharedTypes }: Model): Lookup {
  const types = [...sharedTypes, ...messages.flatMap((message) => message.types)];
  const shapes = new Map(types.map(({ name, shape }) => [name, shape]));
  for (const { payloadType, payload } of messages) shapes.set(payloadType, payload);
  return (name) => shapes.get(name);
}

/** The examples, each as it is and with its optional fields left out, and what is wrong in one place each. */
export function payloadsOf({ examples, payload }: Message, lookup: Lookup): readonly Payload[] {
  return examples.flatMap((example) => {
    const good = [{ value: example, fault: '' }];
    if (payload.kind !== 'object' || !isObject(example)) return [...good, ...wrongKinds(payload, lookup)];
    const { fields, additional } = payload;
    const required = fields.filter((field) => field.required);
    const isClosed = additional === false || (additional === 'undeclared' && fields.length > 0);
    return [
      ...good,
      { value: pick(example, required), fault: '' },
      ...wrongKinds(payload, lookup),
      ...required.map(({ key }) => ({ value: without(example, key), fault: `${key} is missing` })),
      ...fields.flatMap((field) => wrongFields(example, field, lookup)),
      ...(isClosed ? [{ value: { ...example, unexpectedKey: 1 }, fault: 'a key is unexpected' }] : []),
    ];
  });
}

/** One value of each kind; none of them is a choice of anybody's. */
const CANDIDATES: readonly JsonValue[] = [null, 'no choice', 12345, ['no choice']];

const wrongKinds = (shape: Shape, lookup: Lookup): readonly Payload[] =>
  CANDIDATES.filter((value) => !conforms(value, shape, lookup))
    .slice(0, 1)
    .map((value) => ({ value, fault: `${JSON.stringify(value)} is no payload` }));

/** Of a key that is no field of the example nothing is said. */
const wrongFields = (example: JsonObject, { key, shape }: Field, lookup: Lookup): readonly Payload[] =>
  wrongKinds(shape, lookup).map(({ value }) => ({
    value: Object.fromEntries([...Object.entries(example).filter(([name]) => name !== key), [key, value]]),
    fault: `${key} is ${JSON.stringify(value)}`,
  }));

const pick = (example: JsonObject, fields: readonly Field[]): JsonObject =>
  Object.fromEntries(Object.entries(example).filter(([name]) => fields.some(({ key }) => key === name)));

const without = (example: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(example).filter(([name]) => name !== key));
