/** Cuts `types.ts` and `client.ts` into pieces that the compiler can judge one by one. Pure. */

/** What the rest of the package sees of the types. */
export interface CutTypes {
  /** A module in place of `types.ts`: what is interface there is an interface of the same name, with one field of its own. */
  readonly skeleton: string;
  readonly declarations: readonly Declaration[];
}

/** A payload type or a named type. */
export interface Declaration {
  readonly name: string;
  readonly text: string;
  /** What it is made of, itself included: the declarations that it cannot be judged without. */
  readonly closure: readonly Declaration[];
}

/** A blank line, and behind it an exported declaration with its doc comment: a place where no declaration is cut in two. */
const CUT = /\n\n(?=(?:\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)?export )/;
const HEAD = /^(?:\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)?export (interface|type|const) ([\w$]+)/;
const WORD = /[\w$\u0080-\uffff]+/g;
/** A doc comment on lines of its own. It ends where the compiler says that it ends, or it is none. */
const COMMENT = /^ *\/\*\*(?:[^*]|\*(?!\/))*\*\/\n/gm;

/** They name every message, and no payload names them. */
const TABLES: ReadonlySet<string> = new Set(['MessageTypes', 'MessageType', 'MessagePayloads', 'MessageResults']);

/** The text without its doc comments: two texts that are the same without them are as valid as one another. */
export const withoutComments = (text: string): string => text.replace(COMMENT, '');

interface Part {
  readonly name: string;
  readonly kind: string;
  readonly text: string;
}

/** Cuts the module; `null` when it is not made of such declarations. */
export function cutTypes(text: string): CutTypes | null {
  const [, ...texts] = text.split(CUT);
  const parts = texts.flatMap((part): readonly Part[] => {
    const [, kind, name] = HEAD.exec(part) ?? [];
    return kind === undefined || name === undefined ? [] : [{ kind, name, text: part }];
  });
  if (parts.length < texts.length || new Set(parts.map(({ name }) => name)).size < parts.length) return null;
  const declarations = withClosures(parts.filter(({ name }) => !TABLES.has(name)));
  const kinds = new Map(parts.map(({ name, kind }) => [name, kind]));
  // An alias may be what a table cannot take, so it stands there whole, with all that it is made of.
  const whole = new Set(
    declarations.filter(({ name }) => kinds.get(name) === 'type').flatMap(({ closure }) => closure),
  );
  const skeleton = [
    ...parts.filter(({ name }) => TABLES.has(name)).map((part) => part.text),
    ...declarations.map((one) => (whole.has(one) ? one.text : stubOf(one))),
  ];
  return { skeleton: `${skeleton.join('\n\n')}\n`, declarations };
}

const stubOf = ({ name }: Declaration): string => `export interface ${name} {\n  readonly ${name}: '${name}';\n}`;

function withClosures(parts: readonly Part[]): readonly Declaration[] {
  const closures = new Map(parts.map(({ name }) => [name, [] as Declaration[]]));
  const declarations = new Map<string, Declaration>(
    parts.map(({ name, text }) => [name, { name, text, closure: closures.get(name) ?? [] }]),
  );
  const uses = new Map(
    [...declarations.values()].map((one) => {
      const words = [...new Set(one.text.match(WORD))];
      return [one, words.flatMap((word) => declarations.get(word) ?? [])] as const;
    }),
  );
  for (const one of declarations.values()) {
    const found = new Set([one]);
    // A set that grows while it is walked is walked to its end.
    for (const inner of found) for (const used of uses.get(inner) ?? []) found.add(used);
    closures.get(one.name)?.push(...found);
  }
  return [...declarations.values()];
}

/** A module of declarations that need no other ones. */
export interface Piece {
  readonly declarations: readonly Declaration[];
  readonly text: string;
}

/**
 * Gathers declarations, each with all that it is made of.
 *
 * @param declarations - those that are to be judged
 * @param size - a piece is not much longer than this
 */
export function gatherPieces(declarations: readonly Declaration[], size: number): readonly Piece[] {
  const pieces: Piece[] = [];
  const done = new Set<Declaration>();
  let piece = new Set<Declaration>();
  let length = 0;
  const close = (): void => {
    if (piece.size === 0) return;
    const gathered = [...piece];
    pieces.push({ declarations: gathered, text: `${gathered.map(({ text }) => text).join('\n\n')}\n` });
    piece = new Set();
    length = 0;
  };
  for (const one of declarations) {
    if (done.has(one)) continue;
    for (const inner of one.closure) {
      if (!piece.has(inner)) length += inner.text.length;
      piece.add(inner);
      done.add(inner);
    }
    if (length > size) close();
  }
  close();
  return pieces;
}

/** A blank line, and behind it a method with its doc comment, two blanks deep. */
const CUT_METHOD = /\n\n(?= {2}\/\*\*(?:[^*]|\*(?!\/))*\*\/\n {2}[\w$]+\()/;
const METHOD = /^ {2}\/\*\*(?:[^*]|\*(?!\/))*\*\/\n {2}([\w$]+)\(/;

/**
 * Cuts the module of one class into modules of the same class with some of its methods each.
 *
 * @param size - no module has much more text of methods
 * @returns `null` when it is not made of such methods
 */
export function cutClient(text: string, size: number): readonly string[] | null {
  const [head = '', ...methods] = text.split(CUT_METHOD);
  const names = methods.map((method) => METHOD.exec(method)?.[1]);
  if (names.includes(undefined) || new Set(names).size < names.length) return null;
  const groups: string[][] = [[]];
  let length = 0;
  for (const method of methods) {
    if (length >= size) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(method);
    length += method.length;
  }
  return groups.map((group, index) => [head, ...group].join('\n\n') + (index < groups.length - 1 ? '\n}\n' : ''));
}
