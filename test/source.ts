/** Reads TypeScript source as facts that rules of style can be held against: imports, functions, names. */
import { type Node, parseSync, visitorKeys } from 'oxc-parser';

export interface SourceFacts {
  /** Every module that the file imports or exports from, statically, dynamically or as a type. */
  readonly imports: readonly string[];
  /** Dynamic imports whose module is no plain string, by line. */
  readonly computedImports: readonly number[];
  readonly functions: readonly { readonly name: string; readonly line: number; readonly lines: number }[];
  readonly classes: readonly { readonly name: string; readonly base: string; readonly line: number }[];
  /** Lines of the type `any`. */
  readonly anys: readonly number[];
  /** Lines of `export default` and `export * from`. */
  readonly defaultExports: readonly number[];
  readonly starExports: readonly number[];
  /** Names that are read but declared nowhere in the file, as far as the doors care: `process`, `console`. */
  readonly globals: readonly { readonly name: string; readonly line: number }[];
  /** Text of the doc comment that opens the file, `''` when there is none. */
  readonly opening: string;
  readonly lines: number;
}

const WATCHED_GLOBALS = new Set(['process', 'console', 'require']);

/**
 * Reads one file.
 *
 * @param path - names the file in errors; the ending says what syntax it has
 * @param text - the file's text
 */
export function readSource(path: string, text: string): SourceFacts {
  const { program, module, comments, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const facts = {
    imports: new Set<string>(),
    computedImports: [] as number[],
    functions: [] as SourceFacts['functions'][number][],
    classes: [] as SourceFacts['classes'][number][],
    anys: [] as number[],
    defaultExports: [] as number[],
    starExports: [] as number[],
    globals: [] as SourceFacts['globals'][number][],
  };
  for (const { moduleRequest } of module.staticImports) facts.imports.add(moduleRequest.value);
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) facts.imports.add(moduleRequest.value);
  }

  walk(program, null, (node, parent) => {
    const line = lineOf(node.start);
    switch (node.type) {
      case 'ImportExpression':
        if (node.source.type === 'Literal') facts.imports.add(String(node.source.value));
        else facts.computedImports.push(line);
        break;
      case 'TSImportType':
        facts.imports.add(String(node.source.value));
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        const owner = parent?.type === 'MethodDefinition' ? parent : node;
        facts.functions.push({ name: nameOf(node, parent), line, lines: lineOf(owner.end) - lineOf(owner.start) + 1 });
        break;
      }
      case 'ClassDeclaration':
      case 'ClassExpression':
        facts.classes.push({
          name: node.id?.name ?? '',
          base: node.superClass?.type === 'Identifier' ? node.superClass.name : '',
          line,
        });
        break;
      case 'TSAnyKeyword':
        facts.anys.push(line);
        break;
      case 'ExportDefaultDeclaration':
        facts.defaultExports.push(line);
        break;
      case 'ExportAllDeclaration':
        facts.starExports.push(line);
        break;
      case 'Identifier':
        if (WATCHED_GLOBALS.has(node.name) && isRead(node, parent)) facts.globals.push({ name: node.name, line });
        break;
      default:
    }
  });

  const body = text.replace(/^#!.*\n/, '').trimStart();
  const first = comments.find(({ start }) => start === text.length - body.length);
  const isDoc = first?.type === 'Block' && first.value.startsWith('*');
  return {
    ...facts,
    imports: [...facts.imports],
    opening: isDoc ? plain(first.value.slice(1)) : '',
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
  };
}

function walk(node: Node, parent: Node | null, visit: (node: Node, parent: Node | null) => void): void {
  visit(node, parent);
  for (const key of visitorKeys[node.type] ?? []) {
    const child: unknown = Reflect.get(node, key);
    for (const next of Array.isArray(child) ? child : [child]) if (isNode(next)) walk(next, node, visit);
  }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** A function's own name, or that of the variable, method or property that holds it. */
function nameOf(node: Node, parent: Node | null): string {
  if ('id' in node && node.id !== null && 'name' in node.id) return String(node.id.name);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  const isKeyed = parent?.type === 'MethodDefinition' || parent?.type === 'Property';
  return isKeyed && 'name' in parent.key ? String(parent.key.name) : '';
}

/** `process` in `x.process` and `{ process: 1 }` names a property, no global. */
function isRead(node: Node, parent: Node | null): boolean {
  if (parent?.type === 'MemberExpression') return parent.object === node || parent.computed;
  if (parent?.type === 'Property' || parent?.type === 'MethodDefinition') return parent.value === node;
  return parent?.type !== 'TSPropertySignature';
}

const plain = (comment: string): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();
