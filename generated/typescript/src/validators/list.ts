/** An entry of the list of validators: loads its validator when it is needed first. */
import type { StandardSchema } from '../runtime/validate.js';
import type { Validator } from './support.js';

/** Called, it gives the validator itself; as a Standard Schema, it answers when that is loaded. */
export interface ListedValidator<Payload> extends StandardSchema {
  (): Promise<Validator<Payload>>;
}

interface ValidatorFile<Payload> {
  readonly default: Validator<Payload>;
}

export function listed<Payload>(load: () => Promise<ValidatorFile<Payload>>): ListedValidator<Payload> {
  const find = async (...given: readonly unknown[]): Promise<Validator<Payload>> => {
    // A promise is true, whatever it comes to: it must not be taken for the answer of a type guard.
    if (given.length > 0)
      throw new TypeError('load the validator before it is asked: (await validators[type]())(value)');
    return (await load()).default;
  };
  return Object.assign(find, {
    '~standard': {
      version: 1 as const,
      vendor: 'gen-worker-client',
      validate: async (value: unknown) => (await find())['~standard'].validate(value),
    },
  });
}
