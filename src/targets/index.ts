/** The list of targets, one line each. */
import { python } from './python/index.js';
import type { Target } from './target.js';
import { typescript } from './typescript/index.js';

export const targets: readonly Target[] = [typescript, python];
