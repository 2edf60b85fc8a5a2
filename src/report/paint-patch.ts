/** A unified diff as a terminal shows it. */
import { styleText } from 'node:util';
import { visibleSource } from '../text/visible.js';

export interface PatchSettings {
  readonly color: boolean;
  /** Show what a terminal would hide or obey; what is read by programs stays as it is. */
  readonly terminal: boolean;
}

/** A diff as it is shown. */
export function paintPatch(patch: string, { color, terminal }: PatchSettings): string {
  const paint = (line: string): string => {
    const shown = terminal ? visibleSource(line) : line;
    const style = color ? styleOf(line) : undefined;
    return style === undefined ? shown : styleText(style, shown, { validateStream: false });
  };
  return patch.split('\n').map(paint).join('\n');
}

function styleOf(line: string): 'bold' | 'cyan' | 'green' | 'red' | undefined {
  if (/^(---|\+\+\+) /.test(line)) return 'bold';
  if (line.startsWith('@@')) return 'cyan';
  if (line.startsWith('+')) return 'green';
  return line.startsWith('-') ? 'red' : undefined;
}
