/** Validators as the generator writes them, loaded with the code that they import. */
import * as support from '../../../../templates/typescript/src/validators/support.js';
import { renderTypeScript } from '../../../render-of.js';

export type Validator = support.Validator<unknown>;

const IMPORT = "import { standard } from '../dist/validators/support.js';";

/** Runs the text of a validator. */
export function loadValidator(text: string): Validator {
  if (!text.includes(IMPORT)) throw new Error(`this is no validator:\n${text}`);
  const body = text.replace(IMPORT, '').replace('export default', 'return');
  const make = new Function('standard', body) as (standard: typeof support.standard) => Validator;
  return make(support.standard);
}

/** The validators of schemas, by message type. */
export async function validatorsOf(
  schemas: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, Validator>>> {
  const { text } = await renderTypeScript(schemas);
  return Object.fromEntries(Object.keys(schemas).map((type) => [type, loadValidator(text(`validators/${type}.js`))]));
}

/** `/name minLength: must NOT have fewer than 2 characters` */
export function issuesOf(validator: Validator, value: unknown): readonly string[] {
  const { issues = [] } = validator['~standard'].validate(value);
  return issues.map(({ path = [], keyword, message }) => `${['', ...path].join('/') || '/'} ${keyword}: ${message}`);
}
