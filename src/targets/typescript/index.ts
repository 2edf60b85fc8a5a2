/** The TypeScript target: an npm package with one typed method for each message. */
import type { Target } from '../target.js';
import { RESERVED_METHODS, RESERVED_TYPES } from './names.js';

/** What is heavy is loaded when it is needed: a run with nothing to do never comes here. */
export const typescript: Target = {
  name: 'typescript',
  reservedMethods: RESERVED_METHODS,
  reservedTypes: RESERVED_TYPES,
  reviewed: () => ['typescript/src/types.ts'],

  async render(model, options, report) {
    const { renderPackage } = await import('./package.js');
    return renderPackage(model, options, report);
  },

  async verify(files, report) {
    const { verifyPackage } = await import('./verify.js');
    verifyPackage(files, report);
  },
};
