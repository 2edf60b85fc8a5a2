/** The engine everywhere else: a bundler makes a chunk of its own of it, which comes right behind the entry. */
import type { Engine } from './engine.js';

export const loadEngine = (): Promise<{ readonly Engine: typeof Engine }> => import('./engine.js');

// Whoever calls before it is there waits for it; whoever calls after it failed has it loaded again.
loadEngine().catch(() => undefined);
