/** The option table: name, flag, config key, default and help text of every option, and what they come to. */

/** What is said of the generated packages. Every value is checked before it reaches an output. */
export interface PackageOptions {
  /** npm name, `@mesh-sync/worker-backend-client`. */
  readonly npm: string;
  /** PyPI name, `mesh-sync-worker-backend-client`. */
  readonly pypi: string;
  /** Python import name. */
  readonly pythonModule: string;
  /** Semantic version of both packages. */
  readonly version: string;
  readonly description: string;
  /** SPDX expression. */
  readonly license: string;
  readonly author: string;
  /** `owner/name` on GitHub, or an https URL; `''` when there is none. */
  readonly repository: string;
  /** https URL, or `''`. */
  readonly homepage: string;
  /** npm registry URL for `publishConfig.registry`, or `''` for the tool's default. */
  readonly registry: string;
}

export type TargetName = 'typescript';

/** Everything a run depends on besides the files it reads. Checked once, frozen. */
export interface Options {
  /** Absolute working directory; paths in diagnostics are relative to it. */
  readonly root: string;
  /** Absolute path of the schemas folder. */
  readonly schemas: string;
  /** Absolute path of the output folder. */
  readonly out: string;
  readonly targets: readonly TargetName[];
  /** Absolute path of a folder whose files override ours path by path, or `null`. */
  readonly templates: string | null;
  readonly package: PackageOptions;
  /** How an object that says nothing of additional properties prints: without an index signature, or with one. */
  readonly openObjects: 'declared' | 'index-signature';
  /** Message type pattern (`*-completed`) to direction; what is not named is `send`. */
  readonly directions: Readonly<Record<string, 'send' | 'receive' | 'both'>>;
  readonly idempotency: 'auto' | 'server';
  /** Message type whose example opens the READMEs; `null`: the first message. */
  readonly readmeExample: string | null;
}
