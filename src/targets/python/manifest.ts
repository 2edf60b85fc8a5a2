/** What `pyproject.toml` says of the package, in TOML. */
import type { PackageOptions } from '../../options/options.js';
import { rowOf } from '../../text/table.js';
import { tomlString } from './print.js';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  /** `''` when unsaid, as the ones below. */
  readonly author: string;
  readonly homepage: string;
  readonly repository: string;
  /** The folder of the module, as a string. */
  readonly module: string;
}

export const manifestOf = (about: PackageOptions): Manifest => ({
  name: tomlString(about.pypi),
  version: tomlString(pythonVersion(about.version)),
  description: tomlString(about.description),
  license: tomlString(about.license),
  author: said(about.author),
  homepage: said(about.homepage),
  repository: said(repositoryUrl(about)),
  module: tomlString(about.pythonModule),
});

const said = (text: string): string => (text === '' ? '' : tomlString(text));

/** Where people and `git clone` find the repository; `''` when it is unsaid. */
export const repositoryUrl = ({ repository }: PackageOptions): string =>
  repository === '' || repository.startsWith('https:') ? repository : `https://github.com/${repository}`;

const PHASES: Readonly<Record<string, string>> = {
  a: 'a',
  alpha: 'a',
  b: 'b',
  beta: 'b',
  c: 'rc',
  pre: 'rc',
  preview: 'rc',
  rc: 'rc',
  dev: '.dev',
};

/**
 * A semantic version as Python writes it: `1.2.3-rc.1` gives `1.2.3rc1`. A prerelease that Python has no word for
 * becomes a development release, which comes before the release as well. Build metadata stays out: no index takes it.
 */
export function pythonVersion(version: string): string {
  const [, release = '', prerelease = ''] = /^([\d.]+)(?:-([^+]+))?/.exec(version) ?? [];
  if (prerelease === '') return release;
  const [, word = '', number = '0'] = /^([a-z]+)[.-]?(\d*)$/i.exec(prerelease) ?? [];
  const phase = rowOf(PHASES, word.toLowerCase());
  if (phase !== undefined) return `${release}${phase}${Number(number)}`;
  return `${release}.dev${Number(/\d+$/.exec(prerelease)?.[0] ?? 0)}`;
}
