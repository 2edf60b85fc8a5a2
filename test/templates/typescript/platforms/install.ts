/** JavaScript platforms beside the one that runs the tests: npm packages of their own, and Debian's Chromium. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** Kept between runs; half a gigabyte. */
const folder = fileURLToPath(new URL('../../../../node_modules/.cache/platforms', import.meta.url));

export interface Platform {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

interface Source {
  readonly package: string;
  readonly file: string;
  readonly args?: readonly string[];
}

const { platform, arch } = process;

const SOURCES: Readonly<Record<string, Source>> = {
  node22: { package: `npm:node-${platform}-${arch}@22`, file: 'bin/node' },
  node24: { package: `npm:node-${platform}-${arch}@24`, file: 'bin/node' },
  bun: { package: `npm:@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}@1`, file: 'bin/bun' },
  deno: {
    package: `npm:@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}@2`,
    file: 'deno',
    args: ['run', '--allow-all', '--node-modules-dir=manual'],
  },
};

export const platformNames = Object.keys(SOURCES);

/** The platform, if it is here; where tests must not be left out, it is installed first. */
export function findPlatform(name: string): Platform | undefined {
  const source = SOURCES[name];
  if (!source) throw new Error(`no platform ${name}`);
  const command = path.join(folder, 'node_modules', name, source.file);
  if (!existsSync(command)) {
    if (!process.env['CI']) return undefined;
    install();
  }
  return { name, command, args: source.args ?? [] };
}

/** The browser, if it is here; `.ci/run` sees to it that it is. */
export function findChromium(): string | undefined {
  const found = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`).find(existsSync);
  if (found === undefined && process.env['CI']) throw new Error('chromium is not installed');
  return found;
}

function install(): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const packages = Object.entries(SOURCES).map(([name, source]) => `${name}@${source.package}`);
  const flags = ['--no-audit', '--no-fund', '--no-save', '--silent', '--ignore-scripts'];
  execFileSync('npm', ['install', ...flags, ...packages], { cwd: folder, stdio: 'inherit' });
}
