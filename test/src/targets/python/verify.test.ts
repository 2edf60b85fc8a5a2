/** What Python says of the files of a user's templates. */
import { describe, expect, it } from 'vitest';
import { Report } from '../../../../src/report/report.js';
import type { RenderedFile } from '../../../../src/targets/target.js';
import { verifyOverrides } from '../../../../src/targets/python/verify.js';
import { findPython } from '../../../python/environment.js';

function findings(files: readonly RenderedFile[]): readonly string[] {
  const report = new Report();
  verifyOverrides(files, report);
  return report.diagnostics.map(({ code, message, places }) => `${code} ${places[0]?.line ?? ''} ${message}`);
}

describe.skipIf(findPython() === null)('verifyOverrides', () => {
  it('finds a fault where it stands', () => {
    const file: RenderedFile = { path: 'python/worker_client/extra.py', text: 'a = 1\nb = = 2\n', origin: 'override' };
    expect(findings([file])).toEqual([
      'output/invalid-code 2 python/worker_client/extra.py is no Python: invalid syntax',
    ]);
  });

  it('runs nothing, and finds nothing in what is right', () => {
    const text = 'raise SystemExit(3)\n';
    expect(findings([{ path: 'python/a.py', text, origin: 'override' }])).toEqual([]);
  });
});

it('asks nothing of files of ours', () => {
  const files: readonly RenderedFile[] = [
    { path: 'python/a.py', text: '=', origin: 'copy' },
    { path: 'python/b.py', text: '=' },
    { path: 'python/README.md', text: '=', origin: 'override' },
    { path: 'typescript/a.py', text: '=', origin: 'override' },
  ];
  expect(findings(files)).toEqual([]);
});
