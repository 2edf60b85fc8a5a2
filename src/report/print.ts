/** Diagnostics as text for a terminal. */
import { styleText } from 'node:util';
import { visible, visibleSource } from '../text/visible.js';
import type { Diagnostic, Place } from './diagnostic.js';

export interface PrintSettings {
  readonly color: boolean;
}

/** Longer source lines are cut around the column. */
const FRAME_WIDTH = 100;
/** How much of a cut line stands in front of the column. */
const FRAME_LEAD = 40;

/**
 * Prints diagnostics as the terminal shows them, one blank line between two.
 *
 * @param diagnostics - sorted already
 * @returns text that ends in a newline, or `''` when there is nothing to say
 */
export const printDiagnostics = (diagnostics: readonly Diagnostic[], settings: PrintSettings): string =>
  diagnostics.map((diagnostic) => printDiagnostic(diagnostic, settings)).join('\n');

function printDiagnostic(
  { severity, code, message, places, details, help }: Diagnostic,
  settings: PrintSettings,
): string {
  const paint = painter(settings);
  const head = `${paint(severity === 'error' ? 'red' : 'yellow', severity)} ${paint('bold', code)}  ${visible(message)}`;
  const lines = [
    head,
    ...places.flatMap((place) => printPlace(place, paint)),
    ...(details ?? []).map((line) => `  ${visible(line)}`),
    ...(help === undefined ? [] : [`  ${paint('green', 'help:')} ${visible(help)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function printPlace({ file, line, column, pointer, sourceLine }: Place, paint: Paint): string[] {
  const position = [file, line, column].filter((part) => part !== undefined).join(':');
  const where = `  ${paint('cyan', visible(position))}${pointer === undefined ? '' : `  ${visible(pointer)}`}`;
  if (line === undefined || sourceLine === undefined) return [where];
  return [where, `    ${paint('dim', `${line} |`)} ${visibleSource(cutAround(sourceLine, column ?? 1))}`.trimEnd()];
}

/** The part of a long line that holds the column. */
function cutAround(line: string, column: number): string {
  if (line.length <= FRAME_WIDTH) return line;
  const latest = line.length - FRAME_WIDTH;
  const start = wholeSign(line, Math.max(0, Math.min(column - 1 - FRAME_LEAD, latest)));
  const end = wholeSign(line, start + FRAME_WIDTH);
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

/** An offset that does not split a surrogate pair. */
const wholeSign = (line: string, offset: number): number =>
  /^[\udc00-\udfff]/.test(line.slice(offset, offset + 1)) ? offset - 1 : offset;

type Style = 'red' | 'yellow' | 'green' | 'cyan' | 'bold' | 'dim';
type Paint = (style: Style, text: string) => string;

// The caller has looked at the stream already; styleText is not asked to look again.
const painter = ({ color }: PrintSettings): Paint =>
  color ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
