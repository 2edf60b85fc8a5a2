/** The syntax of generated files without the contents of their literals and comments, one line a statement. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

export interface Syntax {
  /** Top-level statements. */
  readonly statements: readonly string[];
  /** Comments that a compiler, checker or linter would obey. */
  readonly directives: readonly string[];
}

/** What TypeScript looks for in comments, on the last line of a block; what linters and bundlers look for at its start. */
const DIRECTIVE =
  /^\s*(?:\/|\*)*\s*(?:@ts-\w|eslint-|oxlint-|biome-|[#@]\s*sourceMappingURL|[#@]\s*__PURE__|webpack\w+:)/;
const TRIPLE_SLASH = /^\/\s*</;

/** Reads TypeScript or JavaScript. */
export function typescriptSyntax(path: string, text: string): Syntax {
  const { program, comments, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}\n${errors[0].codeframe ?? ''}`);
  const directives = comments
    .filter(({ value }) => DIRECTIVE.test(value.split('\n').at(-1) ?? '') || TRIPLE_SLASH.test(value))
    .map(({ value }) => value.trim());
  return { statements: program.body.map((statement) => shapeOf(statement)), directives };
}

const SKIPPED = new Set([
  'type',
  'start',
  'end',
  'range',
  'loc',
  'raw',
  'value',
  'cooked',
  'bigint',
  'regex',
  'parent',
]);

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => shapeOf(item)).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const node = value as Readonly<Record<string, unknown>>;
  const type = String(node['type']);
  if (type === 'Literal') return `literal:${typeof node['value']}`;
  if (type === 'TemplateElement') return 'text';
  if (type === 'Identifier') return String(node['name']);
  const isKeyed = 'key' in node && isPlainKey(node);
  const parts = Object.entries(node)
    .filter(([name, inner]) => !SKIPPED.has(name) || (name === 'value' && typeof inner === 'object'))
    .map(([name, inner]) => (isKeyed && KEY_PARTS.has(name) ? '' : `${name}=${shapeOf(inner)}`))
    .filter((part) => part !== '');
  return `${type}(${isKeyed ? 'key ' : ''}${parts.join(' ')})`;
}

const KEY_PARTS = new Set(['key', 'computed', 'shorthand']);

/** A key that is text, however it is written: `a`, `'a b'`, `['__proto__']`. */
function isPlainKey(node: Readonly<Record<string, unknown>>): boolean {
  const key = node['key'] as { readonly type?: string } | null;
  return key?.type === 'Literal' || (key?.type === 'Identifier' && node['computed'] !== true);
}

const READER = fileURLToPath(new URL('python_syntax.py', import.meta.url));

/** Reads Python files, by python3's own parser. */
export function pythonSyntax(files: Readonly<Record<string, string>>): Readonly<Record<string, Syntax>> {
  const { status, stdout, stderr } = spawnSync('python3', ['-I', READER], {
    input: JSON.stringify(files),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, Syntax>;
}
