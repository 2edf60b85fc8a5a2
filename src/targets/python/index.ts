/** The Python target: a pip package with one typed method for each message. */
import type { Target } from '../target.js';
import { RESERVED_METHODS, RESERVED_TYPES } from './names.js';

/** What is heavy is loaded when it is needed: a run with nothing to do never comes here. */
export const python: Target = {
  name: 'python',
  reservedMethods: RESERVED_METHODS,
  reservedTypes: RESERVED_TYPES,
  reviewed: ({ package: { pythonModule } }) => [`python/${pythonModule}/types.py`],

  async render(model, options, report) {
    const { renderPackage } = await import('./package.js');
    return renderPackage(model, options, report);
  },

  async verify(files, report) {
    const { verifyOverrides } = await import('./verify.js');
    verifyOverrides(files, report);
  },
};
