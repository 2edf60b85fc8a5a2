/** What `pyproject.toml` says of the package. */
import { describe, expect, it } from 'vitest';
import { manifestOf, pythonVersion, repositoryUrl } from '../../../../src/targets/python/manifest.js';
import { optionsOf } from '../../../render-of.js';

describe('a version', () => {
  it.each([
    ['1.2.3', '1.2.3'],
    ['1.2.3-rc.1', '1.2.3rc1'],
    ['1.2.3-alpha', '1.2.3a0'],
    ['1.2.3-Beta.2', '1.2.3b2'],
    ['1.2.3-beta2', '1.2.3b2'],
    ['1.2.3-pre.1', '1.2.3rc1'],
    ['1.2.3-dev.4', '1.2.3.dev4'],
    ['1.2.3-canary.5', '1.2.3.dev5'],
    ['1.2.3-alpha.beta', '1.2.3.dev0'],
    ['1.2.3-0.3.7', '1.2.3.dev7'],
    ['1.2.3+build.5', '1.2.3'],
    ['1.2.3-rc.1+build.5', '1.2.3rc1'],
  ])('%s is %s to Python', (version, expected) => expect(pythonVersion(version)).toBe(expected));
});

describe('the manifest', () => {
  const about = (repository: string) => optionsOf({ package: { repository, author: 'A "B"', pypi: 'x' } }).package;

  it('quotes what is said, and leaves out what is not', () =>
    expect(manifestOf(about(''))).toMatchObject({ name: '"x"', author: '"A \\"B\\""', repository: '', homepage: '' }));

  it.each([
    ['', ''],
    ['a/b', 'https://github.com/a/b'],
    ['https://git.example.com/a.git', 'https://git.example.com/a.git'],
  ])('knows where the repository %j is', (repository, url) => expect(repositoryUrl(about(repository))).toBe(url));
});
