/** The option table: name, flag, config key, default and help text of every option, and what they come to. */
import type { JsonValue } from '../text/json.js';
import { type CommandName, FORMATS } from './commands.js';
import * as rules from './rules.js';

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

/** Names of the targets; `targets/index.ts` has one for each. Known here, so that a flag is checked before any target is loaded. */
export const TARGET_NAMES = ['typescript', 'python'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

/** Everything a run depends on besides the files it reads. Checked once, frozen. */
export interface Options {
  /** Absolute working directory; paths in diagnostics are relative to it. */
  readonly root: string;
  /** Absolute path of the schemas folder. */
  readonly schemas: string;
  /** Absolute path of the output folder. */
  readonly out: string;
  readonly targets: readonly TargetName[];
  /** Targets of the config that this run alone leaves out: what they own stays as it is. */
  readonly keptTargets: readonly TargetName[];
  /** Absolute path of a folder whose files override ours path by path, or `null`. */
  readonly templates: string | null;
  readonly package: PackageOptions;
  /** How an object that says nothing of additional properties prints: without an index signature, or with one. */
  readonly openObjects: 'declared' | 'index-signature';
  /** Message type pattern (`*-completed`) to direction; what is not named is `send`. */
  readonly directions: Readonly<Record<string, 'send' | 'receive' | 'both'>>;
  readonly idempotency: 'auto' | 'server';
  /** The backend takes `X-Job-Options`. */
  readonly jobOptions: boolean;
  /** Whether the npm package has a validator for each message. */
  readonly validators: boolean;
  /** Message type whose example opens the READMEs; `null`: the first message. */
  readonly readmeExample: string | null;
}

/** A row of the option table. */
export interface OptionRow {
  /** Config key, with a dot into `package`; of a row that is only a flag, its name in camelCase. */
  readonly name: string;
  /** As the help shows it: `--schemas <dir>`. */
  readonly flag?: string;
  readonly default: JsonValue;
  /** For the help, the editor and the README. */
  readonly help: string;
  readonly rule: rules.Rule;
  /** Relative to the config file, or to the working directory when it is a flag. */
  readonly isPath?: true;
}

/** Options that a config can hold; those with a flag can be given on the command line, too. */
export const OPTIONS: readonly OptionRow[] = [
  {
    name: 'schemas',
    flag: '--schemas <dir>',
    default: 'schemas',
    help: 'folder of the message schemas',
    rule: rules.path,
    isPath: true,
  },
  {
    name: 'out',
    flag: '--out <dir>',
    default: 'generated',
    help: 'folder that is generated',
    rule: rules.path,
    isPath: true,
  },
  {
    name: 'targets',
    flag: '--target <names>',
    default: [...TARGET_NAMES],
    help: `output languages, with a comma between them: ${TARGET_NAMES.join(', ')}`,
    rule: rules.choices(TARGET_NAMES),
  },
  {
    name: 'templates',
    default: null,
    help: 'folder whose files override the templates path by path',
    rule: rules.path,
    isPath: true,
  },
  { name: 'package.npm', default: 'worker-client', help: 'name of the npm package', rule: rules.npmName },
  { name: 'package.pypi', default: 'worker-client', help: 'name of the PyPI package', rule: rules.pypiName },
  {
    name: 'package.pythonModule',
    default: 'worker_client',
    help: 'name that Python code imports',
    rule: rules.pythonModule,
  },
  { name: 'package.version', default: '0.0.0', help: 'semantic version of the packages', rule: rules.version },
  {
    name: 'package.description',
    default: 'Typed client of a worker backend: one method per job message.',
    help: 'one line about the packages',
    rule: rules.oneLine,
  },
  { name: 'package.license', default: 'ISC', help: 'SPDX licence expression', rule: rules.license },
  { name: 'package.author', default: '', help: 'author of the packages', rule: rules.oneLine },
  {
    name: 'package.repository',
    default: '',
    help: 'owner/name on GitHub, or an https URL',
    rule: rules.repository,
  },
  { name: 'package.homepage', default: '', help: 'https URL of a home page', rule: rules.httpsUrl },
  {
    name: 'package.registry',
    default: '',
    help: "https URL of the npm registry to publish to; empty for npm's own default",
    rule: rules.httpsUrl,
  },
  {
    name: 'openObjects',
    default: 'declared',
    help: 'type of an object that says nothing of other keys: only what is declared, or with an index signature',
    rule: rules.choice(['declared', 'index-signature']),
  },
  {
    name: 'directions',
    default: {},
    help: 'message types or patterns (*-completed) to send, receive or both; what is not named is send',
    rule: rules.patternMap(['send', 'receive', 'both']),
  },
  {
    name: 'idempotency',
    default: 'auto',
    help: 'server where the backend honours Idempotency-Key: clients then repeat a send that may have arrived',
    rule: rules.choice(['auto', 'server']),
  },
  {
    name: 'jobOptions',
    default: false,
    help: 'the backend takes delay, priority and other job options beside a payload, as the header X-Job-Options',
    rule: rules.yesOrNo,
  },
  {
    name: 'validators',
    default: true,
    help: 'the npm package has a validator for each message, at the subpath ./validators',
    rule: rules.yesOrNo,
  },
  {
    name: 'readmeExample',
    default: null,
    help: 'message type whose example opens the READMEs; the first message when there is none',
    rule: rules.messageTypeOrNull,
  },
];

/** A row of a flag that no config can hold, because it is about one run. */
export interface RunFlagRow extends OptionRow {
  readonly flag: string;
  /** The commands that have it; left out: all. */
  readonly commands?: readonly CommandName[];
}

export const RUN_FLAGS: readonly RunFlagRow[] = [
  {
    name: 'config',
    flag: '--config <file>',
    default: null,
    help: 'config file, in place of the one that is looked for',
    rule: rules.path,
  },
  {
    name: 'format',
    flag: '--format <kind>',
    default: 'text',
    help: 'form of the answer: text, json, github (annotations of a workflow), markdown, sarif',
    rule: rules.choice(FORMATS),
  },
  { name: 'quiet', flag: '--quiet', default: false, help: 'print errors only', rule: rules.yesOrNo },
  { name: 'color', flag: '--no-color', default: true, help: 'print without colours', rule: rules.yesOrNo },
  {
    name: 'watch',
    flag: '--watch',
    default: false,
    help: 'go on, and generate again when a schema, the config or a template changes',
    rule: rules.yesOrNo,
    commands: ['generate'],
  },
  {
    name: 'dryRun',
    flag: '--dry-run',
    default: false,
    help: 'only say what would be written',
    rule: rules.yesOrNo,
    commands: ['generate'],
  },
  {
    name: 'force',
    flag: '--force',
    default: false,
    help: 'write over files that the generator does not own',
    rule: rules.yesOrNo,
    commands: ['generate'],
  },
  { name: 'version', flag: '-v, --version', default: false, help: 'print the version', rule: rules.yesOrNo },
  { name: 'help', flag: '-h, --help', default: false, help: 'print this help', rule: rules.yesOrNo },
];
