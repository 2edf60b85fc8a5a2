/** A run as SARIF 2.1.0, for code scanning. */
import { visibleJson } from '../text/visible.js';
import type { RunAnswer } from './answer.js';
import { type Code, CODES } from './codes.js';
import type { Diagnostic, Place } from './diagnostic.js';

/** Prints one SARIF log with one run in it. What has no place in a file is a notification of the run. */
export function printSarif({ diagnostics, files, ok }: RunAnswer): string {
  const changed = files.filter(({ state }) => state !== 'unchanged').map(({ path }): Place => ({ file: path }));
  const placed = diagnostics.map((found) => (found.code === 'output/drift' ? { ...found, places: changed } : found));
  const results = placed.filter(({ places }) => places.length > 0);
  const notifications = placed.filter(({ places }) => places.length === 0);
  const codes = [...new Set(diagnostics.map(({ code }) => code))].toSorted();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'gen-worker-client', rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The working directory.' } } },
        invocations: [
          {
            executionSuccessful: ok || diagnostics.every(({ code }) => code === 'output/drift'),
            toolExecutionNotifications: notifications.map(notificationOf),
          },
        ],
        results: results.map((found) => resultOf(found, codes)),
      },
    ],
  };
  return `${visibleJson(JSON.stringify(log, null, 2))}\n`;
}

const ruleOf = (code: Code): object => ({
  id: code,
  shortDescription: { text: CODES[code].meaning },
  defaultConfiguration: { level: CODES[code].severity },
});

const textOf = ({ message, details, help }: Diagnostic): string =>
  [message, ...(details ?? []), ...(help === undefined ? [] : [`help: ${help}`])].join('\n');

const notificationOf = (found: Diagnostic): object => ({
  descriptor: { id: found.code },
  level: found.severity,
  message: { text: textOf(found) },
});

function resultOf(found: Diagnostic, codes: readonly Code[]): object {
  const [first, ...others] = found.places;
  return {
    ruleId: found.code,
    ruleIndex: codes.indexOf(found.code),
    level: found.severity,
    message: { text: textOf(found) },
    locations: first === undefined ? [] : [locationOf(first)],
    ...(others.length === 0 ? {} : { relatedLocations: others.map(locationOf) }),
  };
}

const locationOf = ({ file, line, column, pointer, sourceLine }: Place): object => ({
  physicalLocation: {
    artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
    ...(line === undefined ? {} : { region: regionOf({ line, column, sourceLine }) }),
  },
  ...(pointer === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: pointer }] }),
});

interface Spot {
  readonly line: number;
  readonly column: number | undefined;
  readonly sourceLine: string | undefined;
}

const regionOf = ({ line, column, sourceLine }: Spot): object => ({
  startLine: line,
  ...(column === undefined ? {} : { startColumn: column }),
  ...(sourceLine === undefined ? {} : { snippet: { text: sourceLine } }),
});
