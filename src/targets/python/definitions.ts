/** The text of one type: a class or a call of `TypedDict`, or an alias. */
import type { Field } from '../../model/model.js';
import { annotation, assignment, bracketed, dictEntry, subscript, type TypeExpression } from './layout.js';
import { documentation } from './documentation.js';
import { comment, docstring, isName, stringLiteral } from './print.js';

const STEP = '    ';

export interface TypedField {
  readonly field: Field;
  readonly type: TypeExpression;
}

/** A type that is about to be written. */
export interface ObjectType {
  readonly name: string;
  /** Lines of its documentation. */
  readonly doc: readonly string[];
  /** Names of the types that it extends. */
  readonly bases: readonly string[];
  readonly fields: readonly TypedField[];
}

/** What `TypedDict` shall know of a field: its type, and whether it may be absent. */
export const fieldType = (type: TypeExpression, { required }: Field): TypeExpression =>
  required ? type : subscript('NotRequired', [type]);

/**
 * Whether the fields can stand in the body of a class: their keys are names there, and none of them is the name of
 * a type that the body needs.
 */
export const fitsClass = (fields: readonly TypedField[], needed: ReadonlySet<string>): boolean =>
  fields.every(({ field: { key } }) => isName(key) && !needed.has(key));

/** `class A(TypedDict):` */
export function classText({ name, doc, bases, fields }: ObjectType): string {
  const parts = bases.length === 0 ? ['TypedDict'] : bases;
  const head = bracketed({ before: `class ${name}(`, parts, after: '):' }, '');
  const docs = fields.map(({ field }) => docstring(documentation(field), STEP));
  const lines = fields.map(({ field, type }, index) => annotation(field.key, type, STEP) + (docs[index] ?? ''));
  // Fields stand close together where none of them says more than its type.
  const gap = docs.some((text) => text !== '') ? '\n' : '';
  const body = [docstring(doc, STEP), lines.join(gap)].filter((text) => text !== '');
  return `${head}\n${body.length === 0 ? `${STEP}pass\n` : body.join('\n')}`;
}

/** `A = TypedDict("A", {…})`, for keys that are no names. */
export function callText({ name, doc, fields }: ObjectType): string {
  const inner = STEP + STEP;
  const entries = fields.map(
    ({ field, type }) => comment(documentation(field), inner) + dictEntry(stringLiteral(field.key), type, inner),
  );
  const call = `${name} = TypedDict(\n${STEP}${stringLiteral(name)},\n${STEP}{\n${entries.join('')}${STEP}},\n)\n`;
  return call + docstring(doc, '');
}

/** `A: TypeAlias = …` */
export const aliasText = (name: string, doc: readonly string[], type: TypeExpression): string =>
  assignment(`${name}: TypeAlias`, type, '') + docstring(doc, '');
