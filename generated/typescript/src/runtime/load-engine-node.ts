/** The engine on Node.js: a part of the entry, because its files are at hand. */
import { Engine } from './engine.js';

export const loadEngine = (): { readonly Engine: typeof Engine } => ({ Engine });
