/** The list of targets, one line each. */
import type { Target } from './target.js';

export const targets: readonly Target[] = [];
