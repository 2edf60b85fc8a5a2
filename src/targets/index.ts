/** The list of targets, one line each. */
import type { Target } from './target.js';
import { typescript } from './typescript/index.js';

export const targets: readonly Target[] = [typescript];
