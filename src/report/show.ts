/** What a run says on which stream: answers on stdout, diagnostics on stderr; a document holds both. */
import type { Severity } from './diagnostic.js';
import type { PatchSettings } from './paint-patch.js';
import { type BuildFacts, printAnswer, printBuildLine, type RunAnswer } from './answer.js';

export interface Display {
  readonly format: 'text' | 'json' | 'github' | 'markdown' | 'sarif';
  /** Errors only; a document is an answer that was asked for, and stays. */
  readonly quiet: boolean;
  readonly dryRun: boolean;
  /** Which streams take colours. */
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  /** Whether stdout is a terminal, which must not see control characters. */
  readonly terminal: boolean;
  /** The working directory, relative to the checkout of a workflow, with `/`. */
  readonly folder: string;
}

export interface Said {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Warnings stand before the answer, errors behind it: what is to be done comes last. */
export async function showRun(answer: RunAnswer, display: Display): Promise<readonly Said[]> {
  const { quiet, dryRun, color, terminal } = display;
  const document = await printDocument(answer, display);
  if (document !== undefined) return [{ stream: 'stdout', text: document }];
  const errors = await complaints(answer, { severity: 'error', color: color.stderr });
  if (quiet) return errors;
  return [
    ...(await complaints(answer, { severity: 'warning', color: color.stderr })),
    { stream: 'stdout', text: printAnswer(answer, { dryRun, color: color.stdout }) },
    ...(await patchOf(answer, { terminal, color: color.stdout })),
    ...errors,
  ];
}

async function patchOf({ patch }: RunAnswer, settings: PatchSettings): Promise<readonly Said[]> {
  if (patch === '') return [];
  const { paintPatch } = await import('./paint-patch.js');
  return [{ stream: 'stdout', text: paintPatch(patch, settings) }];
}

async function printDocument(answer: RunAnswer, { format, dryRun, folder }: Display): Promise<string | undefined> {
  switch (format) {
    case 'text':
      return undefined;
    case 'json':
      return (await import('./json.js')).printRunReport(answer);
    case 'github':
      return (await import('./github.js')).printGitHub(answer, { dryRun, folder });
    case 'markdown':
      return (await import('./markdown.js')).printMarkdown(answer);
    case 'sarif':
      return (await import('./sarif.js')).printSarif(answer);
    default:
      return format satisfies never;
  }
}

/** One line for a build that followed a change; as JSON, one document a line. */
export async function showBuild(answer: RunAnswer, facts: BuildFacts, display: Display): Promise<readonly Said[]> {
  if (display.format === 'json') {
    const { printRunReportLine } = await import('./json.js');
    return [{ stream: 'stdout', text: printRunReportLine(answer) }];
  }
  const { color, quiet } = display;
  if (facts.isFirst) return showRun(answer, display);
  const line: Said = { stream: 'stdout', text: printBuildLine(answer, facts) };
  if (facts.isRepeated) return quiet ? [] : [line];
  const errors = await complaints(answer, { severity: 'error', color: color.stderr });
  if (quiet) return errors;
  return [...(await complaints(answer, { severity: 'warning', color: color.stderr })), ...errors, line];
}

interface Complaint {
  readonly severity: Severity;
  readonly color: boolean;
}

async function complaints({ diagnostics }: RunAnswer, { severity, color }: Complaint): Promise<readonly Said[]> {
  const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  if (found.length === 0) return [];
  const { printDiagnostics } = await import('./print.js');
  return [{ stream: 'stderr', text: printDiagnostics(found, { color }) }];
}

/** Said once, when changes are noticed from now on. */
export const showReady = ({ format, quiet }: Display): readonly Said[] =>
  format !== 'text' || quiet ? [] : [{ stream: 'stdout', text: 'waiting for changes; Ctrl-C ends it\n' }];
