/** Quotes the names that Python does not know yet when it reads a type: those of recursive types. */
import { flat, name, subscript, type TypeExpression } from './layout.js';
import { stringLiteral } from './print.js';

type IsPending = (name: string) => boolean;

/** The same type, with quotes around as little as it takes. */
export function quotePending(type: TypeExpression, isPending: IsPending): TypeExpression {
  switch (type.kind) {
    case 'name':
      return isPending(type.text) ? quoted(type) : type;
    case 'subscript':
      if (type.head === 'Literal') return type;
      return subscript(
        type.head,
        type.parts.map((part) => quotePending(part, isPending)),
      );
    case 'union':
      return quoteUnion(type.members, isPending);
    default:
      return type satisfies never;
  }
}

const quoted = (type: TypeExpression): TypeExpression => name(stringLiteral(flat(type)));

/** `|` knows no quoted names, so the whole union is quoted; where it has quotes itself, `Union` takes its place. */
function quoteUnion(members: readonly TypeExpression[], isPending: IsPending): TypeExpression {
  const union: TypeExpression = { kind: 'union', members };
  const inner = members.map((member) => quotePending(member, isPending));
  const hasPending = members.some((member) => member.kind === 'name' && isPending(member.text));
  if (!hasPending) return { kind: 'union', members: inner };
  return /["']/.test(flat(union)) ? subscript('Union', inner) : quoted(union);
}

const PLAIN = /^\w+$/;

/** Every name that a type says, quoted or not. */
export function namesIn(type: TypeExpression): readonly string[] {
  switch (type.kind) {
    case 'name':
      return PLAIN.test(type.text) ? [type.text] : (type.text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
    case 'subscript':
      return type.head === 'Literal' ? [type.head] : [type.head, ...type.parts.flatMap(namesIn)];
    case 'union':
      return type.members.flatMap(namesIn);
    default:
      return type satisfies never;
  }
}
