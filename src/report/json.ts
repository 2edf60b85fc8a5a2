/** A run as one JSON document, the answer of `--format json`; `report.schema.json` describes it. */
import { visibleJson } from '../text/visible.js';
import type { Diagnostic, Place } from './diagnostic.js';

/** What a run did to a file of the output, or would do. */
export interface FileReport {
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  readonly state: 'created' | 'updated' | 'deleted' | 'unchanged' | 'orphan' | 'missing';
}

export interface RunReport {
  /** `null` when the command line named none that exists. */
  readonly command: 'generate' | 'check' | null;
  /** Whether the exit code is 0. */
  readonly ok: boolean;
  readonly files: readonly FileReport[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Prints a run as JSON. What a diagnostic does not have is `null`, or an empty list. */
export const printRunReport = (report: RunReport): string =>
  `${visibleJson(JSON.stringify(documentOf(report), null, 2))}\n`;

/** The same in one line, for a run that has many documents. */
export const printRunReportLine = (report: RunReport): string => `${visibleJson(JSON.stringify(documentOf(report)))}\n`;

const documentOf = ({ command, ok, files, diagnostics }: RunReport): object => ({
  command,
  ok,
  files,
  diagnostics: diagnostics.map(diagnosticJson),
});

function diagnosticJson({ severity, code, message, places, details, help }: Diagnostic): object {
  return {
    severity,
    code,
    message,
    ...placeJson(places[0]),
    help: help ?? null,
    details: details ?? [],
    otherPlaces: places.slice(1).map(placeJson),
  };
}

const placeJson = (place: Place | undefined): object => ({
  file: place?.file ?? null,
  line: place?.line ?? null,
  column: place?.column ?? null,
  pointer: place?.pointer ?? null,
});
