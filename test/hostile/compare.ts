/** Where the syntax of two outputs differs, when the contents of literals and comments do not count. */
import { pythonSyntax, type Syntax, typescriptSyntax } from './syntax.js';

export interface Pair {
  readonly nasty: Readonly<Record<string, string>>;
  readonly twin: Readonly<Record<string, string>>;
}

/**
 * Compares every file of TypeScript, JavaScript and Python.
 *
 * @param normal - gives a statement the form in which it is compared, of both outputs
 * @returns a line for each file that is not the same, with the first statement that differs
 */
export function syntaxFaults({ nasty, twin }: Pair, normal: (statement: string) => string): readonly string[] {
  const nastySyntax = readAll(nasty);
  const twinSyntax = readAll(twin);
  return Object.keys(twinSyntax).flatMap((path) => {
    const [here, there] = [nastySyntax[path], twinSyntax[path]];
    if (here === undefined || there === undefined) return [`${path} is not in both outputs`];
    return [...statementFaults(here, there, normal), ...directiveFaults(here, there)].map(
      (fault) => `${path} ${fault}`,
    );
  });
}

function readAll(files: Readonly<Record<string, string>>): Readonly<Record<string, Syntax>> {
  const entries = Object.entries(files);
  const typescript = entries
    .filter(([path]) => /\.[cm]?[jt]s$/.test(path))
    .map(([path, text]): [string, Syntax] => [path, typescriptSyntax(path, text)]);
  const python = pythonSyntax(Object.fromEntries(entries.filter(([path]) => path.endsWith('.py'))));
  return { ...Object.fromEntries(typescript), ...python };
}

function statementFaults(nasty: Syntax, twin: Syntax, normal: (statement: string) => string): readonly string[] {
  if (nasty.statements.length !== twin.statements.length)
    return [`has ${nasty.statements.length} statements, its twin ${twin.statements.length}`];
  return nasty.statements.flatMap((statement, index) => {
    const [here, there] = [normal(statement), normal(twin.statements[index] ?? '')];
    if (here === there) return [];
    const at = [...here].findIndex((sign, offset) => sign !== there[offset]);
    return [
      `differs: ${here.slice(Math.max(0, at - 200), at + 80)}\n  its twin: ${there.slice(Math.max(0, at - 200), at + 80)}`,
    ];
  });
}

const directiveFaults = (nasty: Syntax, twin: Syntax): readonly string[] =>
  nasty.directives.filter((directive) => !twin.directives.includes(directive)).map((text) => `obeys ${text}`);
