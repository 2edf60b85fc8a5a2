/** Lays type expressions out as `ruff format` leaves them: on one line where they fit, else one part a line. */

/** Line length of the generated package; its `pyproject.toml` says the same to ruff. */
export const LINE_LENGTH = 120;

const STEP = '    ';

/** A type as source text, before it is known whether it fits into a line. */
export type TypeExpression =
  /** A name, a quoted one too, or anything else that no line end can divide. */
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'subscript'; readonly head: string; readonly parts: readonly TypeExpression[] }
  /** `A | B` */
  | { readonly kind: 'union'; readonly members: readonly TypeExpression[] };

export const name = (text: string): TypeExpression => ({ kind: 'name', text });

export const subscript = (head: string, parts: readonly TypeExpression[]): TypeExpression => ({
  kind: 'subscript',
  head,
  parts,
});

/** The expression on one line. */
export function flat(type: TypeExpression): string {
  switch (type.kind) {
    case 'name':
      return type.text;
    case 'subscript':
      return `${type.head}[${type.parts.map(flat).join(', ')}]`;
    case 'union':
      return type.members.map(flat).join(' | ');
    default:
      return type satisfies never;
  }
}

/** Where an expression stands. */
interface Place {
  /** Of the line that it starts on. */
  readonly indent: string;
  /** Signs that stand before it on that line, the indentation left out. */
  readonly before: number;
  /** Signs that follow it: a comma. */
  readonly after: number;
}

const fits = (text: string, { indent, before, after }: Place): boolean =>
  indent.length + before + widthOf(text) + after <= LINE_LENGTH;

function layOut(type: TypeExpression, place: Place): string {
  const line = flat(type);
  if (type.kind === 'name' || fits(line, place)) return line;
  const { indent } = place;
  if (type.kind === 'union') {
    const last = type.members.length - 1;
    const members = type.members.map((member, index) =>
      layOut(member, { indent, before: index === 0 ? place.before : 2, after: index === last ? place.after : 0 }),
    );
    return members.join(`\n${indent}| `);
  }
  const inner = indent + STEP;
  // One part alone gets no comma: it would make a tuple of it.
  const comma = type.parts.length > 1 ? ',' : '';
  const parts = type.parts.map(
    (part) => inner + layOut(part, { indent: inner, before: 0, after: comma.length }) + comma,
  );
  return [`${type.head}[`, ...parts, `${indent}]`].join('\n');
}

/** `key: type` of a class. */
export function annotation(key: string, type: TypeExpression, indent: string): string {
  const before = `${key}: `;
  const place = { indent, before: widthOf(before), after: 0 };
  return indent + before + (type.kind === 'subscript' ? layOut(type, place) : inParentheses(type, place)) + '\n';
}

/** `"key": type,` of a dict; no parentheses there. */
export function dictEntry(key: string, type: TypeExpression, indent: string): string {
  const before = `${key}: `;
  return `${indent}${before}${layOut(type, { indent, before: widthOf(before), after: 1 })},\n`;
}

/** `name: type` of a parameter that stands on a line of its own, without indentation and comma. */
export function parameter(key: string, type: TypeExpression, indent: string): string {
  const before = `${key}: `;
  return before + layOut(type, { indent, before: before.length, after: 1 });
}

/** `name: annotation = value` of a module or a class. */
export function assignment(target: string, value: TypeExpression, indent: string): string {
  const before = `${target} = `;
  const place = { indent, before: widthOf(before), after: 0 };
  return indent + before + (value.kind === 'subscript' ? layOut(value, place) : inParentheses(value, place)) + '\n';
}

/** In parentheses where that helps: a name that is too long for a line of its own stays where it is. */
function inParentheses(type: TypeExpression, place: Place): string {
  const inner = { indent: place.indent + STEP, before: 0, after: 0 };
  if (fits(flat(type), place) || (type.kind === 'name' && !fits(flat(type), inner))) return flat(type);
  return `(\n${inner.indent}${layOut(type, inner)}\n${place.indent})`;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;

/** Columns that a text takes on a screen. */
export const widthOf = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text) ? text.length : Array.from(text.replace(/\p{M}|\u200d/gu, '').replace(WIDE, '  ')).length;

/** Parts with commas between them, and what stands around them: `def f(`, `self`, `) -> None:`. */
interface Bracketed {
  readonly before: string;
  readonly parts: readonly string[];
  readonly after: string;
}

/** On one line where it fits, else all parts on a line of their own, else one part a line with a comma behind each. */
export function bracketed({ before, parts, after }: Bracketed, indent: string): string {
  const inner = indent + STEP + parts.join(', ');
  if (indent.length + widthOf(before + parts.join(', ') + after) <= LINE_LENGTH)
    return `${indent}${before}${parts.join(', ')}${after}`;
  return widthOf(inner) <= LINE_LENGTH
    ? [indent + before, inner, indent + after].join('\n')
    : exploded({ before, parts, after }, indent);
}

/** One part a line, whatever would fit: for texts that stand below one another. */
export const exploded = ({ before, parts, after }: Bracketed, indent: string): string =>
  [indent + before, ...parts.map((part) => `${indent}${STEP}${part},`), indent + after].join('\n');
