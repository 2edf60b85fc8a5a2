/** Collects the diagnostics of a run, sorts them, and stops it when there are errors. */
import { CODES, type Code } from './codes.js';
import type { Diagnostic, Place, Severity } from './diagnostic.js';

/** Bad flags or config: the run never started. Carries its diagnostics. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
    this.diagnostics = diagnostics;
  }
}

/** Stops a run whose diagnostics are listed in the report already. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError';
}

/** The parts of a diagnostic that its code does not give. */
export interface DiagnosticFacts {
  readonly message: string;
  /** One place, or several where the finding is about more than one. */
  readonly at?: Place | readonly Place[];
  readonly details?: readonly string[];
  readonly help?: string | undefined;
}

/**
 * Makes one diagnostic; the severity comes from the table of codes.
 *
 * @param code - a row of `CODES`
 * @param facts - what is wrong, where, and what to do
 */
export function diagnostic(code: Code, facts: DiagnosticFacts): Diagnostic {
  const { message, at, details, help } = facts;
  return {
    severity: CODES[code].severity,
    code,
    message,
    places: at === undefined ? [] : isPlaces(at) ? at : [at],
    ...(details === undefined ? {} : { details }),
    ...(help === undefined ? {} : { help }),
  };
}

const isPlaces = (at: Place | readonly Place[]): at is readonly Place[] => Array.isArray(at);

/** So many findings in one run are more than anybody reads. */
const MAX_FINDINGS = 10_000;

export class Report {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #limit: number;
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0 };

  constructor(limit: number = MAX_FINDINGS) {
    this.#limit = limit;
  }

  /** Records one finding and goes on. */
  add(code: Code, facts: DiagnosticFacts): void {
    this.addAll([diagnostic(code, facts)]);
  }

  /** Records findings that were made elsewhere. */
  addAll(diagnostics: readonly Diagnostic[]): void {
    for (const found of diagnostics) {
      this.#counts[found.severity] += 1;
      if (this.#counts[found.severity] <= this.#limit) this.#diagnostics.push(found);
    }
  }

  /** How many findings there are so far. */
  get count(): number {
    return this.#diagnostics.length;
  }

  get hasErrors(): boolean {
    return this.#counts.error > 0;
  }

  /** Whether there are as many errors as are kept. Of warnings no more are kept either, but they stop nothing. */
  get isFull(): boolean {
    return this.#counts.error >= this.#limit;
  }

  /** All findings, sorted by file, line, column and code; those without a file come last. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics.toSorted(byPlaceAndCode);
  }

  /** @throws ReportedError when at least one finding is an error */
  throwIfErrors(): void {
    if (this.hasErrors) throw new ReportedError('the run stopped because of reported errors');
  }
}

function byPlaceAndCode(a: Diagnostic, b: Diagnostic): number {
  const [placeA, placeB] = [a.places[0], b.places[0]];
  return (
    Number(placeA === undefined) - Number(placeB === undefined) ||
    compareText(placeA?.file ?? '', placeB?.file ?? '') ||
    (placeA?.line ?? 0) - (placeB?.line ?? 0) ||
    (placeA?.column ?? 0) - (placeB?.column ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
