/** The option table as JSON Schema, for editors; `config.schema.json` is its published copy. */
import type { JsonObject } from '../text/json.js';
import { type OptionRow, OPTIONS } from './options.js';

/** Makes the schema of a config file. */
export function configSchema(): JsonObject {
  const inner = OPTIONS.filter(({ name }) => name.startsWith('package.'));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The config of gen-worker-client',
    type: 'object',
    properties: {
      $schema: { description: 'Address of this schema, for the editor.', type: 'string' },
      ...propertiesOf(OPTIONS.filter(({ name }) => !name.includes('.'))),
      package: {
        description: 'What is said of the generated packages.',
        type: 'object',
        properties: propertiesOf(inner),
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
}

const propertiesOf = (rows: readonly OptionRow[]): JsonObject =>
  Object.fromEntries(
    rows.map(({ name, help, rule, default: standard }) => [
      name.replace('package.', ''),
      { description: `${help.charAt(0).toUpperCase()}${help.slice(1)}.`, ...rule.schema, ...defaultOf(standard) },
    ]),
  );

const defaultOf = (standard: OptionRow['default']): JsonObject => (standard === null ? {} : { default: standard });
