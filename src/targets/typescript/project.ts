/** Rendered files as one in-memory ts-morph project. */
import { type Diagnostic, ModuleKind, ModuleResolutionKind, Project, ScriptTarget, ts } from 'ts-morph';

/** A file of the project, by its absolute path in memory. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** What the compiler says against a file. Lines and columns count from 1. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** `TS2304: Cannot find name 'Foo'.` */
  readonly message: string;
  readonly sourceLine: string;
}

export interface Judged {
  readonly files: readonly ProjectFile[];
  /** Paths of those that are judged; the others are only there to be imported. */
  readonly judged: ReadonlySet<string>;
  /** With the types of the browser; they are large, and our own code needs none of them. */
  readonly dom: boolean;
}

/** As strict as any caller's compiler can be. */
const SETTINGS: ts.CompilerOptions = {
  target: ScriptTarget.ES2022,
  module: ModuleKind.NodeNext,
  moduleResolution: ModuleResolutionKind.NodeNext,
  types: [],
  noEmit: true,
  rootDir: '/src',
  outDir: '/dist',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
};

const LIBS = ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'];

/** The modules of Node.js, of which nothing is known here. */
const NODE: ProjectFile = { path: '/node.d.ts', text: `declare module 'node:*';\n` };

/** One project with the types of the browser, and one without: what the language itself declares is read once. */
const projects = new Map<boolean, Project>();

/** Asks the compiler for syntax and types. */
export function judge({ files, judged, dom }: Judged): readonly Finding[] {
  const project = projects.get(dom) ?? makeProject(dom);
  projects.set(dom, project);
  const fileSystem = project.getFileSystem();
  for (const { path, text } of [...files, NODE]) {
    if (path.endsWith('.ts')) project.createSourceFile(path, text);
    else fileSystem.writeFileSync(path, text);
  }
  const findings = project
    .getSourceFiles()
    .filter((file) => judged.has(file.getFilePath()))
    .flatMap((file) => {
      const program = project.getProgram();
      const syntactic = program.getSyntacticDiagnostics(file);
      return (syntactic.length > 0 ? syntactic : program.getSemanticDiagnostics(file)).map(findingOf);
    });
  for (const file of project.getSourceFiles()) project.removeSourceFile(file);
  return findings;
}

const makeProject = (dom: boolean): Project =>
  new Project({
    useInMemoryFileSystem: true,
    skipFileDependencyResolution: true,
    compilerOptions: { ...SETTINGS, lib: dom ? [...LIBS, 'lib.dom.d.ts'] : LIBS },
  });

function findingOf(diagnostic: Diagnostic): Finding {
  const file = diagnostic.getSourceFile();
  const { line, column } = file?.getLineAndColumnAtPos(diagnostic.getStart() ?? 0) ?? { line: 1, column: 1 };
  const text = ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, ' ');
  return {
    path: file?.getFilePath() ?? '',
    line,
    column,
    message: `TS${diagnostic.getCode()}: ${text.replace(/\s+/g, ' ')}`,
    sourceLine: file?.getFullText().split('\n')[line - 1] ?? '',
  };
}
