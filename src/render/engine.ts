/** The one Handlebars instance: walks `templates/<target>/`, renders `.hbs` files and copies the others. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import Handlebars from 'handlebars';
import type { Place } from '../report/diagnostic.js';
import type { Report } from '../report/report.js';
import { nearest } from '../text/nearest.js';
import { splitLines } from '../text/lines.js';

/** One file of the output, whole. */
export interface RenderedFile {
  /** Relative to the output folder, with `/`: `typescript/src/types.ts`. */
  readonly path: string;
  /** LF line ends, one newline at the end. */
  readonly text: string;
  /** `copy`: an ordinary file of ours, checked where it stands. `override`: the user's own template or file. */
  readonly origin?: 'copy' | 'override';
}

export interface FolderRequest {
  /** Name of the folder of `templates/`, and of the folder of the output. */
  readonly target: string;
  /** Absolute path of a folder whose files override ours path by path, or `null`. */
  readonly overrides: string | null;
  /** Paths in diagnostics are relative to it. */
  readonly root: string;
  /** What the templates print; every one of them sees all of it. */
  readonly view: object;
  /** Where a file of the folder is written; the same path when left out. */
  readonly rename?: (file: string) => string;
}

/** A file of the templates, ours or one that overrides it. */
interface Template {
  /** Relative to the target's folder, with `/`, as it stands there: `src/client.ts.hbs`. */
  readonly name: string;
  readonly text: string;
  /** How diagnostics call it. */
  readonly file: string;
  readonly isOverride: boolean;
}

const HOME = fileURLToPath(new URL('../../templates/', import.meta.url));
const ENDING = '.hbs';
const PARTIALS = '_partials/';

/**
 * Renders the templates of one target.
 *
 * @param request - which folder, and what its templates print
 * @param report - takes `template/*` findings
 * @returns files in code-point order of their paths; those whose template is wrong are left out
 */
export function renderFolder(request: FolderRequest, report: Report): readonly RenderedFile[] {
  const { target, view, rename = (file) => file } = request;
  const templates = readTemplates(request);
  const render = renderer(compilerFor(target, templates), view, report);
  return templates
    .filter((template) => !isPartial(template))
    .flatMap((template) => {
      const isTemplate = template.name.endsWith(ENDING);
      const text = isTemplate ? render(template) : template.text;
      if (text === undefined) return [];
      const file = { path: `${target}/${rename(withoutEnding(template.name))}`, text };
      if (template.isOverride) return [{ ...file, origin: 'override' as const }];
      return [isTemplate ? file : { ...file, origin: 'copy' as const }];
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Looks at the folder of overrides as a whole: it must be there, and hold folders of targets.
 *
 * @param place - absolute path of the folder, and what paths in diagnostics are relative to
 * @param report - takes `template/missing-folder` and `template/unused`
 */
export function checkOverrides(place: Pick<FolderRequest, 'overrides' | 'root'>, report: Report): void {
  const { overrides, root } = place;
  if (overrides === null) return;
  if (!fs.statSync(overrides, { throwIfNoEntry: false })?.isDirectory()) {
    report.add('template/missing-folder', {
      message: 'the templates folder is not there',
      at: { file: shown(root, overrides) },
      help: 'make the folder, or take templates out of the config',
    });
    return;
  }
  const targets = fs.readdirSync(HOME);
  for (const name of fs.readdirSync(overrides)) {
    if (name.startsWith('.') || targets.includes(name)) continue;
    const meant = nearest(name, targets);
    report.add('template/unused', {
      message: `no target is called ${name}, so it is not read`,
      at: { file: shown(root, path.join(overrides, name)) },
      help: meant === undefined ? `the folders are ${targets.join(', ')}` : `did you mean ${meant}?`,
    });
  }
}

/** Ours, replaced path by path: `README.md` replaces `README.md.hbs`, too. */
function readTemplates({ target, overrides, root }: FolderRequest): readonly Template[] {
  const templates = readFolder(path.join(HOME, target), { shownAs: `templates/${target}`, isOverride: false });
  const folder = overrides === null ? undefined : path.join(overrides, target);
  const replacing = folder === undefined ? [] : readFolder(folder, { shownAs: shown(root, folder), isOverride: true });
  const byPath = [...templates, ...replacing].map((template) => [withoutEnding(template.name), template] as const);
  return [...new Map(byPath).values()];
}

interface Origin {
  readonly shownAs: string;
  readonly isOverride: boolean;
}

function readFolder(folder: string, { shownAs, isOverride }: Origin): Template[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.parentPath.endsWith('__pycache__'))
    .map((entry) => {
      const full = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, full).split(path.sep).join('/');
      return {
        name,
        text: splitLines(fs.readFileSync(full, 'utf8')).join('\n'),
        file: `${shownAs}/${name}`,
        isOverride,
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

type Render = (template: Template) => string | undefined;

/** Strict: a name that the view does not have is an error, never an empty text. */
const SETTINGS = { strict: true, noEscape: true, knownHelpersOnly: true } as const;
/** Said out loud, or Handlebars warns about it on the terminal. */
const OWN_ONLY = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/** A template that can be run, or what is wrong with it. */
type Compiled = { readonly run: (context: object, options?: object) => string } | { readonly fault: Fault };

/** The templates of a target, compiled when they are needed. */
interface Compiler {
  readonly templates: readonly Template[];
  readonly compile: (template: Template) => Compiled;
  /** The template that an error came from first: one of a partial comes through the page that uses it. */
  readonly origins: WeakMap<object, Template>;
}

/** Compilers of the last run, for the next one in the same process: templates seldom change. */
const compilers = new Map<string, Compiler>();

function compilerFor(target: string, templates: readonly Template[]): Compiler {
  const known = compilers.get(target);
  if (known !== undefined && isDeepStrictEqual(known.templates, templates)) return known;
  const compiler = makeCompiler(templates);
  compilers.set(target, compiler);
  return compiler;
}

function makeCompiler(templates: readonly Template[]): Compiler {
  const handlebars = Handlebars.create();
  const partials = templates.filter(isPartial);
  const names = partials.map(partialName);
  const origins = new WeakMap<object, Template>();
  const known = new Map<string, Compiled>();
  const compile = (template: Template): Compiled => {
    const parsed = parseTemplate(template, names);
    if ('fault' in parsed) return parsed;
    const compiled = handlebars.compile<object>(parsed.tree, SETTINGS);
    const run = (context: object, options?: object): string => {
      try {
        return compiled(context, { ...options, ...OWN_ONLY });
      } catch (error) {
        const thrown = Object(error);
        if (!origins.has(thrown)) origins.set(thrown, template);
        throw error;
      }
    };
    return { run };
  };
  const compileOnce = (template: Template): Compiled => {
    const compiled = known.get(template.name) ?? compile(template);
    known.set(template.name, compiled);
    return compiled;
  };
  for (const partial of partials) {
    const compiled = compileOnce(partial);
    handlebars.registerPartial(partialName(partial), 'run' in compiled ? compiled.run : () => '');
  }
  return { templates, compile: compileOnce, origins };
}

function renderer(compiler: Compiler, view: object, report: Report): Render {
  const runOf = (template: Template): ((context: object) => string) | undefined => {
    const compiled = compiler.compile(template);
    if ('run' in compiled) return compiled.run;
    report.add('template/syntax', compiled.fault);
    return undefined;
  };
  for (const partial of compiler.templates.filter(isPartial)) runOf(partial);
  return (template) => {
    try {
      return runOf(template)?.(view);
    } catch (error) {
      report.add('template/unknown-name', {
        message: messageOf(error),
        at: placeOf(compiler.origins.get(Object(error)) ?? template, error),
        help: 'print a name of the view, or take it out',
      });
      return undefined;
    }
  };
}

const isPartial = ({ name }: Template): boolean => name.startsWith(PARTIALS);
const partialName = ({ name }: Template): string => withoutEnding(name.slice(PARTIALS.length));
const withoutEnding = (name: string): string => (name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : name);

interface Fault {
  readonly message: string;
  readonly at: Place;
  readonly help: string;
}

/** The template as a tree, or what is wrong with it before it is run: its syntax, or a partial that is not there. */
function parseTemplate(
  template: Template,
  partials: readonly string[],
): { readonly tree: hbs.AST.Program } | { readonly fault: Fault } {
  try {
    // White space is left to the compiler, which would else take it away twice.
    const tree = Handlebars.parseWithoutProcessing(template.text);
    const missing = findPartials(tree).find(({ name }) => !partials.includes(name));
    if (missing === undefined) return { tree };
    const meant = nearest(missing.name, partials);
    const fault = {
      message: `there is no partial ${missing.name}`,
      at: placeAt(template, missing.line, missing.column + 1),
      help: meant === undefined ? `add it as ${PARTIALS}${missing.name}${ENDING}` : `did you mean ${meant}?`,
    };
    return { fault };
  } catch (error) {
    return { fault: { message: messageOf(error), at: placeOf(template, error), help: 'repair the template' } };
  }
}

interface PartialUse {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

function findPartials(tree: hbs.AST.Program): PartialUse[] {
  const found: PartialUse[] = [];
  const visitor = new Handlebars.Visitor();
  visitor.PartialStatement = ({ name, loc }) => {
    if ('original' in name) found.push({ name: String(name.original), ...loc.start });
  };
  visitor.accept(tree);
  return found;
}

/** The first line of what Handlebars says, without the place, which stands beside it. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split('\n');
  const parse = /^Parse error on line \d+:/.test(text) ? lines.at(-1) : undefined;
  return (parse ?? lines[0] ?? '').replace(/ - \d+:\d+$/, '').replace(/ in \[object Object\]$/, '');
}

/** Handlebars counts lines from 1 and columns from 0; its parser names the line in the text only. */
function placeOf(template: Template, error: unknown): Place {
  const facts = Object(error) as { lineNumber?: unknown; column?: unknown; message?: unknown };
  const named = /^Parse error on line (\d+):/.exec(String(facts.message))?.[1];
  const line = typeof facts.lineNumber === 'number' ? facts.lineNumber : Number(named);
  if (!Number.isInteger(line)) return { file: template.file };
  return placeAt(template, line, typeof facts.column === 'number' ? facts.column + 1 : undefined);
}

function placeAt({ file, text }: Template, line: number, column: number | undefined): Place {
  const sourceLine = text.split('\n')[line - 1] ?? '';
  return { file, line, sourceLine, ...(column === undefined ? {} : { column }) };
}

const shown = (root: string, full: string): string => path.relative(root, full).split(path.sep).join('/') || '.';
