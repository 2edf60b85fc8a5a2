/** What a schema says beside its type, as lines of documentation. */
import type { Constraint, Facts, InnerFacts, JsonValue, Shape } from '../../model/model.js';
import { isLiteral } from './annotations.js';
import { docLines } from './print.js';
import { flatValue } from './values.js';

/** A longer example stands in the README only. */
const MAX_EXAMPLE = 80;

interface Documented {
  readonly doc: string;
  readonly facts: Facts;
  readonly shape: Shape;
}

/** The schema's own words, then a list of the facts that the type cannot say. */
export function documentation({ doc, facts, shape }: Documented): readonly string[] {
  const words = docLines(doc);
  const items = [
    ...annotations(facts),
    ...choices(shape),
    ...facts.constraints.map(constraint),
    ...values(facts),
    ...inner('each item', facts.items),
    ...inner('each value', facts.values),
  ];
  return words.length > 0 && items.length > 0 ? [...words, '', ...items] : [...words, ...items];
}

/** `- each item: The ID of a file. (format: uuid)` */
function inner(name: string, { doc, constraints }: InnerFacts): string[] {
  const facts = constraints.map((each) => constraint(each).replace(/^- /, '')).join(', ');
  if (facts === '') return doc === '' ? [] : [item(name, doc)];
  return [item(name, doc === '' ? facts : `${doc} (${facts})`)];
}

const annotations = (facts: Facts): string[] => [
  ...(facts.deprecated ? ['- deprecated'] : []),
  ...(facts.sensitive ? ['- sensitive: a secret, which belongs in no log'] : []),
  ...(facts.readOnly ? ['- read-only'] : []),
  ...(facts.writeOnly ? ['- write-only'] : []),
];

/** All values of an enumeration, where `Literal` does not know every one of them. */
const choices = (shape: Shape): string[] =>
  shape.kind === 'literal' && shape.values.some((value) => value !== null && !isLiteral(value))
    ? [item('enum', shape.values.map((value) => flatValue(value)).join(', '))]
    : [];

const values = ({ defaultValue, examples }: Facts): string[] => [
  ...defaultValue.map((value) => item('default', flatValue(value))),
  ...examples
    .map((value) => flatValue(value))
    .filter((example) => example.length <= MAX_EXAMPLE)
    .map((example) => item('example', example)),
];

const constraint = ([keyword, value]: Constraint): string =>
  value === true ? `- ${keyword}` : item(keyword, plain(value));

const plain = (value: JsonValue): string => (typeof value === 'string' ? value : flatValue(value));

const item = (name: string, text: string): string => `- ${name}: ${docLines(text).join(' ')}`;
