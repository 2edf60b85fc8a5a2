/** SARIF: what code scanning asks of a log. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { CODES } from '../../../src/report/codes.js';
import { printSarif } from '../../../src/report/sarif.js';
import { diagnostic } from '../../../src/report/report.js';
import { DRIFT, GENERATED } from './answers.js';

const message = {
  type: 'object',
  required: ['text'],
  additionalProperties: false,
  properties: { text: { type: 'string', minLength: 1 } },
};
const position = { type: 'integer', minimum: 1 };
const closed = (properties: object, required: readonly string[] = Object.keys(properties)): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

const location = closed(
  {
    physicalLocation: closed(
      {
        artifactLocation: closed({
          uri: { type: 'string', pattern: '^[^\\s<>"{}|\\\\^`]+$' },
          uriBaseId: { const: '%SRCROOT%' },
        }),
        region: closed({ startLine: position, startColumn: position, snippet: message }, ['startLine']),
      },
      ['artifactLocation'],
    ),
    logicalLocations: { type: 'array', items: closed({ fullyQualifiedName: { type: 'string' } }) },
  },
  ['physicalLocation'],
);

/** The part of the SARIF 2.1.0 schema that our logs use; nothing else may be in them. */
const SCHEMA = closed({
  $schema: { type: 'string', pattern: 'sarif-2\\.1\\.0\\.json$' },
  version: { const: '2.1.0' },
  runs: {
    type: 'array',
    minItems: 1,
    maxItems: 1,
    items: closed({
      tool: closed({
        driver: closed({
          name: { type: 'string' },
          rules: {
            type: 'array',
            uniqueItems: true,
            items: closed({
              id: { enum: Object.keys(CODES) },
              shortDescription: message,
              defaultConfiguration: closed({ level: { enum: ['error', 'warning'] } }),
            }),
          },
        }),
      }),
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      originalUriBaseIds: { type: 'object', additionalProperties: closed({ description: message }) },
      invocations: {
        type: 'array',
        items: closed({
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: {
            type: 'array',
            items: closed({
              descriptor: closed({ id: { type: 'string' } }),
              level: { enum: ['error', 'warning'] },
              message,
            }),
          },
        }),
      },
      results: {
        type: 'array',
        items: closed(
          {
            ruleId: { type: 'string' },
            ruleIndex: { type: 'integer', minimum: 0 },
            level: { enum: ['error', 'warning'] },
            message,
            locations: { type: 'array', minItems: 1, items: location },
            relatedLocations: { type: 'array', items: location },
          },
          ['ruleId', 'ruleIndex', 'level', 'message', 'locations'],
        ),
      },
    }),
  },
});

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly object[];
    }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly locations: readonly object[];
    }[];
  }[];
}

function log(answer: typeof DRIFT): Log['runs'][number] {
  const document = JSON.parse(printSarif(answer)) as Log;
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(SCHEMA);
  validate(document);
  expect(validate.errors).toBeNull();
  const [run] = document.runs;
  if (run === undefined) throw new Error('the log has no run');
  return run;
}

describe('a SARIF log', () => {
  it('has a result at each place, and rules that results point to', () => {
    const { tool, results } = log(DRIFT);
    expect(results.map(({ ruleId, ruleIndex }) => [ruleId, tool.driver.rules[ruleIndex]?.id])).toEqual([
      ['schema/unknown-keyword', 'schema/unknown-keyword'],
      ['message/name-collision', 'message/name-collision'],
      ['output/drift', 'output/drift'],
    ]);
    expect(results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'schemas/a%2Cb%3Ac.schema.json', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 5, snippet: { text: '  "x": 1' } },
        },
        logicalLocations: [{ fullyQualifiedName: '#/descriptionn' }],
      },
    ]);
  });

  it('places a drift at the files that are out of date', () => {
    expect(JSON.stringify(log(DRIFT).results[2]?.locations)).toContain('generated/typescript/src/types.ts');
  });

  it('tells of what has no place as of the run', () => {
    const found = diagnostic('usage/unknown-option', { message: 'there is no flag --x', help: 'leave it out' });
    const { results, invocations } = log({ ...GENERATED, ok: false, diagnostics: [found] });
    expect(results).toEqual([]);
    expect(invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            descriptor: { id: 'usage/unknown-option' },
            level: 'error',
            message: { text: 'there is no flag --x\nhelp: leave it out' },
          },
        ],
      },
    ]);
  });

  it('calls a check that found drift a success of the tool, and a failed one none', () => {
    const drift = { ...DRIFT, diagnostics: DRIFT.diagnostics.slice(2) };
    expect(log(drift).invocations[0]?.executionSuccessful).toBe(true);
    expect(log(DRIFT).invocations[0]?.executionSuccessful).toBe(false);
  });
});
