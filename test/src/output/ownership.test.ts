import { describe, expect, it } from 'vitest';
import { parseOwnership, printGitAttributes, printOwnership } from '../../../src/output/ownership.js';

describe('the ownership list', () => {
  it('has the paths in order, and nothing else', () => {
    expect(printOwnership(['b', 'a/c', 'B'])).toBe('B\na/c\nb\n');
  });

  it('reads what it prints, whatever the line ends are', () => {
    const text = printOwnership(['typescript/src/types.ts', '.gen-worker-client']);
    expect(parseOwnership(text)).toEqual(['.gen-worker-client', 'typescript/src/types.ts']);
    expect(parseOwnership(text.replaceAll('\n', '\r\n'))).toEqual(['.gen-worker-client', 'typescript/src/types.ts']);
  });

  it('is the union of both sides of a merge conflict', () => {
    const sides = '<<<<<<< HEAD\nours.ts\n||||||| base\n=======\ntheirs.ts\n>>>>>>> branch\n';
    expect(parseOwnership(`.gen-worker-client\na.ts\n${sides}`)).toEqual([
      '.gen-worker-client',
      'a.ts',
      'ours.ts',
      'theirs.ts',
    ]);
  });

  it.each([
    ['../../etc/passwd', 'a path in the list leads out of the output folder'],
    ['/etc/passwd', 'a path in the list is absolute'],
    ['.git/config', 'a path in the list belongs to git'],
    ['\u0000\u0001', 'a path in the list has a sign that file names cannot have everywhere'],
  ])('is not trusted when it holds %j', (path, message) => {
    expect(parseOwnership(`.gen-worker-client\na.ts\n${path}\n`)).toEqual({ line: 3, sourceLine: path, message });
  });

  it.each(['', 'a.ts\n', 'not a list'])('is not trusted when it is %j', (text) => {
    expect(parseOwnership(text)).toMatchObject({ line: 1, message: expect.stringContaining('does not name itself') });
  });
});

describe('the attributes for git', () => {
  it('fold every file but the reviewed ones', () => {
    expect(printGitAttributes(['typescript/src/types.ts', 'python/worker_client/types.py'])).toBe(
      [
        '* text=auto eol=lf',
        '* linguist-generated',
        'python/worker_client/types.py -linguist-generated',
        'typescript/src/types.ts -linguist-generated',
        '',
      ].join('\n'),
    );
  });
});
