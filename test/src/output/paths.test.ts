import { describe, expect, it } from 'vitest';
import { foldedPath, parentFolders, pathFault } from '../../../src/output/paths.js';

describe('pathFault', () => {
  it.each(['README.md', 'typescript/src/types.ts', '.gitattributes', 'a b/ü.md', 'console/com10.ts', 'a/nul-value.ts'])(
    'allows %s',
    (path) => expect(pathFault(path)).toBeUndefined(),
  );

  it.each([
    ['', 'is empty'],
    ['/etc/passwd', 'is absolute'],
    ['../outside', 'leads out of the output folder'],
    ['a/../../outside', 'leads out of the output folder'],
    ['a//b', 'has an empty step'],
    ['./a', 'has an empty step'],
    ['a/', 'has an empty step'],
    ['a\\..\\b', 'has a sign that file names cannot have everywhere'],
    ['C:/a', 'has a sign that file names cannot have everywhere'],
    ['a\0b', 'has a sign that file names cannot have everywhere'],
    ['a\nb', 'has a sign that file names cannot have everywhere'],
    ['a\ud800', 'has a sign that file names cannot have everywhere'],
    ['what?.md', 'has a sign that file names cannot have everywhere'],
    ['a.', 'has a name that ends in a dot or a blank'],
    ['a /b', 'has a name that ends in a dot or a blank'],
    ['src/NUL', 'has the name of a device of Windows'],
    ['src/con.ts', 'has the name of a device of Windows'],
    ['com1/index.ts', 'has the name of a device of Windows'],
    ['lpt³.ts', 'has the name of a device of Windows'],
    ['.git/hooks/post-checkout', 'belongs to git'],
    ['a/.GIT/config', 'belongs to git'],
    ['git~1/config', 'belongs to git'],
    ['x'.repeat(201), 'has a name that is too long'],
  ])('refuses %j', (path, fault) => expect(pathFault(path)).toBe(fault));
});

describe('foldedPath', () => {
  it('is the same for names that some systems cannot tell apart', () => {
    expect(foldedPath('Src/README.md')).toBe(foldedPath('src/readme.MD'));
    expect(foldedPath('e\u0301.md')).toBe(foldedPath('\u00c9.md'));
    expect(foldedPath('a.md')).not.toBe(foldedPath('b.md'));
  });
});

describe('parentFolders', () => {
  it('names the innermost folder first', () => {
    expect(parentFolders('a/b/c')).toEqual(['a/b', 'a']);
    expect(parentFolders('c')).toEqual([]);
  });
});
