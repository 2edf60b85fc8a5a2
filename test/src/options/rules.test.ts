/** Holds each rule to what npm, PyPI, Python and SPDX take, and its JSON Schema to the same answers. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as rules from '../../../src/options/rules.js';
import type { JsonValue } from '../../../src/text/json.js';

interface RuleCase {
  readonly name: string;
  readonly rule: rules.Rule;
  readonly right: readonly JsonValue[];
  readonly wrong: readonly JsonValue[];
  /** Wrong, though a pattern cannot tell. */
  readonly subtle?: readonly JsonValue[];
}

const CASES: readonly RuleCase[] = [
  { name: 'path', rule: rules.path, right: ['schemas', '../a b', '/x'], wrong: ['', 3, 'a\0b', null] },
  { name: 'oneLine', rule: rules.oneLine, right: ['', 'Ein Größe "quoted" */'], wrong: ['a\nb', '\u2028', 1] },
  {
    name: 'npmName',
    rule: rules.npmName,
    right: ['worker-client', '@mesh-sync/worker-backend-client', 'a.b_c'],
    wrong: ['', 'Worker', ' a', '@scope', '@scope/', '../a', '.a', '_a', 'a/b', '@a/b/c', 'a"', 'x'.repeat(215)],
  },
  { name: 'pypiName', rule: rules.pypiName, right: ['a', 'Mesh_Sync.x-1'], wrong: ['', '-a', 'a-', 'a b', '@a/b'] },
  {
    name: 'pythonModule',
    rule: rules.pythonModule,
    right: ['worker_client', '_a1'],
    wrong: ['1a', 'worker-client', 'Worker', 'a.b', ''],
    subtle: ['class', 'import'],
  },
  {
    name: 'version',
    rule: rules.version,
    right: ['0.0.0', '1.2.3-rc.1+build.5', '10.20.30'],
    wrong: ['1', '1.2', 'v1.2.3', '01.2.3', '1.2.3-', '1.2.3-01', '', 5],
  },
  {
    name: 'license',
    rule: rules.license,
    right: ['ISC', 'MIT OR Apache-2.0', '(MIT AND GPL-2.0-only WITH Classpath-exception-2.0) OR ISC', 'GPL-2.0+'],
    wrong: ['', 'MIT/ISC', 5],
    subtle: ['MITT', 'Apache 2.0', 'MIT OR', '(MIT', 'MIT)', 'MIT ISC', 'mit', 'MIT WITH nothing', 'UNLICENSED'],
  },
  {
    name: 'httpsUrl',
    rule: rules.httpsUrl,
    right: ['', 'https://example.com', 'https://example.com:8443/a?b=c#d'],
    wrong: ['http://example.com', 'https://user:secret@example.com', 'https://', 'javascript:alert(1)', 'https://a b'],
    subtle: ['https://a:b:c'],
  },
  {
    name: 'repository',
    rule: rules.repository,
    right: ['', 'Mesh-Sync/worker-backend', 'https://example.com/a/b.git'],
    wrong: ['a', 'a/b/c', 'git@github.com:a/b.git', '-a/b', 'a/b c'],
  },
  { name: 'messageTypeOrNull', rule: rules.messageTypeOrNull, right: [null, 'scan-request'], wrong: ['Scan', '', 1] },
  { name: 'choice', rule: rules.choice(['auto', 'server']), right: ['auto'], wrong: ['Auto', '', null] },
  {
    name: 'choices',
    rule: rules.choices(['typescript', 'python']),
    right: [['python'], ['typescript', 'python']],
    wrong: [[], ['go'], ['python', 'python'], 'python'],
  },
  {
    name: 'patternMap',
    rule: rules.patternMap(['send', 'receive']),
    right: [{}, { '*-completed': 'receive', 'scan-request': 'send' }],
    wrong: [[], { '*-completed': 'got' }, { 'A B': 'send' }],
  },
  { name: 'yesOrNo', rule: rules.yesOrNo, right: [true, false], wrong: ['true', 1] },
];

describe.each(CASES)('the rule $name', ({ rule, right, wrong, subtle = [] }) => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(rule.schema);

  it('accepts what is right', () => {
    expect(right.filter((value) => rule.fault(value) !== undefined)).toEqual([]);
    expect(right.filter((value) => !validate(value))).toEqual([]);
  });

  it('refuses what is wrong', () => {
    expect([...wrong, ...subtle].filter((value) => rule.fault(value) === undefined)).toEqual([]);
    expect(wrong.filter((value) => validate(value))).toEqual([]);
  });
});

describe('the help of a rule', () => {
  it.each([
    [rules.npmName, 'My Client', 'did you mean my-client?'],
    [rules.pypiName, '@mesh-sync/client', 'did you mean mesh-sync-client?'],
    [rules.pythonModule, 'Worker-Client', 'did you mean worker_client?'],
    [rules.pythonModule, 'class', 'did you mean class_?'],
    [rules.license, 'Apache 2.0', 'did you mean Apache-2.0?'],
    [rules.license, 'mit', 'did you mean MIT?'],
    [rules.license, 'proprietary', 'say MIT, Apache-2.0, or LicenseRef-Proprietary for one of your own'],
    [rules.httpsUrl, 'http://example.com', 'did you mean https://example.com?'],
    [rules.repository, 'git@github.com:a/b.git', 'did you mean a/b?'],
    [rules.repository, 'git+https://github.com/a/b.git', 'did you mean a/b?'],
    [rules.messageTypeOrNull, 'ScanRequest', 'did you mean scan-request?'],
    [rules.choice(['auto', 'server']), 'sever', 'did you mean server?'],
  ])('of %# leads to a value that is right', (rule, value, help) => {
    expect(rule.fault(value)?.help).toBe(help);
    const better = /^did you mean (.*)\?$/.exec(help)?.[1];
    expect(better === undefined ? undefined : rule.fault(better)).toBeUndefined();
  });
});
