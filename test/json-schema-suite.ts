/** The public JSON-Schema-Test-Suite, as it stands beside its licence in `test/json-schema-test-suite/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isObject, type JsonValue } from '../src/text/json.js';

export interface SuiteTest {
  readonly description: string;
  readonly data: JsonValue;
  readonly valid: boolean;
}

export interface SuiteCase {
  /** Keyword file, `allOf`. */
  readonly keyword: string;
  readonly description: string;
  readonly schema: JsonValue;
  readonly tests: readonly SuiteTest[];
}

const folder = fileURLToPath(new URL('json-schema-test-suite/', import.meta.url));

/** The drafts, and what their schemas say of themselves. */
const DRAFTS = {
  'draft2020-12': 'https://json-schema.org/draft/2020-12/schema',
  draft7: 'http://json-schema.org/draft-07/schema#',
};

/** Every case of a draft but those that need a document from the network. */
export function readSuite(draft: keyof typeof DRAFTS = 'draft2020-12'): readonly SuiteCase[] {
  return readdirSync(folder + draft)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .flatMap((file) => {
      const cases = JSON.parse(readFileSync(`${folder}${draft}/${file}`, 'utf8')) as readonly Omit<
        SuiteCase,
        'keyword'
      >[];
      return cases.map((each) => ({
        ...each,
        keyword: file.replace(/\.json$/, ''),
        schema: isObject(each.schema) ? { $schema: DRAFTS[draft], ...each.schema } : each.schema,
      }));
    })
    .filter(({ keyword, schema }) => !needsNetwork(keyword, schema));
}

/** The documents that the suite keeps on a server of its own, and the meta-schema. */
const REMOTE = [
  /"\$ref":"https?:\/\/json-schema\.org\//,
  /"\$schema":"http:\/\/localhost:1234\//,
  /"\$ref":"(http:\/\/localhost:1234\/draft2020-12\/)?(detached-(dynamic)?ref|extendible-dynamic-ref|tree)\.json/,
];

const needsNetwork = (keyword: string, schema: JsonValue): boolean =>
  keyword === 'refRemote' || REMOTE.some((pattern) => pattern.test(JSON.stringify(schema)));
