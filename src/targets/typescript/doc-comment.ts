/** What a schema says beside its type, as the doc comment above a field or a type. */
import type { Constraint, Facts, InnerFacts, JsonValue, Shape } from '../../model/model.js';
import { commentLines, docComment, json, spacedJson } from './print.js';

/** A longer example stands in the README only. */
const MAX_EXAMPLE = 80;

interface Documented {
  readonly doc: string;
  readonly facts: Facts;
  readonly shape: Shape;
}

/** The lines of the comment: the schema's own words, then a tag for each fact that the type cannot say. */
export function docLines({ doc, facts, shape }: Documented): readonly string[] {
  const words = [commentLines(doc), innerWords('Items', facts.items), innerWords('Values', facts.values)];
  const tags = [
    ...annotationTags(facts),
    ...(isInteger(shape) ? ['@integer'] : []),
    ...facts.constraints.map((constraint) => tag(constraint)),
    ...innerTags(facts, shape),
  ];
  return [...words, tags]
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}

const innerWords = (name: string, { doc }: InnerFacts): readonly string[] =>
  doc === '' ? [] : commentLines(`${name}: ${doc}`);

/** `@items format uuid`: of each item of a list, of each value of a map. */
const innerTags = ({ items, values }: Facts, shape: Shape): string[] => [
  ...(shape.kind === 'array' && isInteger(shape.items) ? ['@items integer'] : []),
  ...items.constraints.map((constraint) => tag(constraint, 'items ')),
  ...(shape.kind === 'object' && typeof shape.additional === 'object' && isInteger(shape.additional)
    ? ['@values integer']
    : []),
  ...values.constraints.map((constraint) => tag(constraint, 'values ')),
];

/** The same as one comment. */
export const docOf = (documented: Documented): string => docComment(docLines(documented));

function annotationTags(facts: Facts): string[] {
  const examples = facts.examples.map(spacedJson).filter((example) => example.length <= MAX_EXAMPLE);
  return [
    ...(facts.deprecated ? ['@deprecated'] : []),
    ...(facts.sensitive ? ['@sensitive'] : []),
    ...(facts.readOnly ? ['@readOnly'] : []),
    ...(facts.writeOnly ? ['@writeOnly'] : []),
    ...facts.defaultValue.map((value) => tag(['default', spacedJson(value)])),
    ...examples.map((example) => tag(['example', example])),
  ];
}

/** `@minimum 0`; a constraint that is only there has no value. */
const tag = ([keyword, value]: Constraint, where = ''): string =>
  [`@${where}${keyword}`, ...(value === true ? [] : commentLines(plain(value)))].join(' ');

const plain = (value: JsonValue): string => (typeof value === 'string' ? value : json(value));

const isInteger = (shape: Shape): boolean => shape.kind === 'number' && shape.integer;
