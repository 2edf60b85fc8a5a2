/** What a target promises: an output language that turns the model into files and has its language judge them. */
import type { Model } from '../model/model.js';
import type { Options } from '../options/options.js';
import type { RenderedFile } from '../render/engine.js';
import type { Report } from '../report/report.js';

export type { RenderedFile };

export interface Target {
  readonly name: string;
  /** Message types (kebab-case) whose method name belongs to the client or the language; they get the word `message` behind. */
  readonly reservedMethods: ReadonlySet<string>;
  /** Type names (PascalCase) that the client or the language uses itself; a shared type cannot have one. */
  readonly reservedTypes: ReadonlySet<string>;
  /** Paths of files that a pull request shows open: they are what its reviewer came for. */
  reviewed(options: Options): readonly string[];
  /** Pure: same model and options, same bytes. Files in code-point order of their paths. */
  render(model: Model, options: Options, report: Report): Promise<readonly RenderedFile[]>;
  /** Asks the language, not ourselves; findings are `output/invalid-code`. */
  verify(files: readonly RenderedFile[], report: Report): Promise<void>;
}
