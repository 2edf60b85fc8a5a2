/** What a schema says beside its type, as the doc comment above a field or a type. */
import type { Constraint, Facts, JsonValue, Shape } from '../../model/model.js';
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
  const words = commentLines(doc);
  const tags = [...annotationTags(facts), ...(isInteger(shape) ? ['@integer'] : []), ...constraintTags(facts)];
  return words.length > 0 && tags.length > 0 ? [...words, '', ...tags] : [...words, ...tags];
}

/** The same as one comment. */
export const docOf = (documented: Documented): string => docComment(docLines(documented));

function annotationTags(facts: Facts): string[] {
  const examples = facts.examples.map(spacedJson).filter((example) => example.length <= MAX_EXAMPLE);
  return [
    ...(facts.deprecated ? ['@deprecated'] : []),
    ...(facts.sensitive ? ['@sensitive'] : []),
    ...(facts.readOnly ? ['@readOnly'] : []),
    ...(facts.writeOnly ? ['@writeOnly'] : []),
    ...facts.defaultValue.map((value) => tag('default', spacedJson(value))),
    ...examples.map((example) => tag('example', example)),
  ];
}

const constraintTags = ({ constraints }: Facts): string[] =>
  constraints.map(([keyword, value]: Constraint) => (value === true ? `@${keyword}` : tag(keyword, plain(value))));

const plain = (value: JsonValue): string => (typeof value === 'string' ? value : json(value));

const tag = (name: string, text: string): string => [`@${name}`, ...commentLines(text)].join(' ');

const isInteger = (shape: Shape): boolean => shape.kind === 'number' && shape.integer;
