/** What a config file may say, as a type for editors. */

/** What is said of the generated packages. */
export interface PackageConfig {
  /** Name of the npm package: `@mesh-sync/worker-backend-client`. */
  readonly npm?: string;
  /** Name of the PyPI package. */
  readonly pypi?: string;
  /** Name that Python code imports: `worker_client`. */
  readonly pythonModule?: string;
  /** Semantic version of the packages. */
  readonly version?: string;
  /** One line about the packages. */
  readonly description?: string;
  /** SPDX licence expression: `MIT OR Apache-2.0`. */
  readonly license?: string;
  readonly author?: string;
  /** `owner/name` on GitHub, or an https URL. */
  readonly repository?: string;
  /** https URL of a home page. */
  readonly homepage?: string;
  /** https URL of the npm registry to publish to; npm's own default when left out. */
  readonly registry?: string;
}

/** The config of gen-worker-client. Every key may be left out. */
export interface Config {
  /** Folder of the message schemas, relative to the config file. Default: `schemas`. */
  readonly schemas?: string;
  /** Folder that is generated, relative to the config file. Default: `generated`. */
  readonly out?: string;
  /** Output languages. Default: all that there are. */
  readonly targets?: readonly ('typescript' | 'python')[];
  /** Folder whose files override the templates path by path, relative to the config file. */
  readonly templates?: string;
  /** What is said of the generated packages. */
  readonly package?: PackageConfig;
  /**
   * Type of an object that says nothing of other keys: only what is declared, or with an index signature.
   * Default: `declared`.
   */
  readonly openObjects?: 'declared' | 'index-signature';
  /** Message types or patterns (`*-completed`) to a direction; what is not named is `send`. */
  readonly directions?: Readonly<Record<string, 'send' | 'receive' | 'both'>>;
  /** `server` where the backend honours `Idempotency-Key`: clients then repeat a send that may have arrived. Default: `auto`. */
  readonly idempotency?: 'auto' | 'server';
  /** The backend takes delay, priority and other job options beside a payload, as the header `X-Job-Options`. Default: `false`. */
  readonly jobOptions?: boolean;
  /** Makes a validator for each message, at the subpath `./validators` of the npm package. Default: `true`. */
  readonly validators?: boolean;
  /** Message type whose example opens the READMEs. Default: the first message. */
  readonly readmeExample?: string | null;
}

/**
 * Gives a config file its type; returns what it is given.
 *
 * @example
 * import { defineConfig } from 'gen-worker-client';
 *
 * export default defineConfig({ package: { npm: '@acme/jobs-client', version: '1.4.0' } });
 */
export const defineConfig = (config: Config): Config => config;
