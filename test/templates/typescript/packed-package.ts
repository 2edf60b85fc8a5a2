/** The generated npm package as its users get it: built, packed, and installed in a project of its own. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const modules = path.join(root, 'node_modules');

export const PACKAGE = '@mesh-sync/worker-backend-client';

export interface Project {
  readonly folder: string;
  remove(): void;
}

/** Packs the package of this repository, and installs it; nothing else is in the project. */
export function installPackedPackage(): Project {
  const folder = mkdtempSync(path.join(tmpdir(), 'worker-client-'));
  const source = path.join(folder, 'source');
  cpSync(path.join(root, 'generated/typescript'), source, { recursive: true });
  linkModules(source, ['@types/node', 'undici-types', 'typescript', '@typescript']);
  run(source, process.execPath, [path.join(modules, 'typescript/bin/tsc')]);
  const [tarball = ''] = run(source, 'npm', ['pack', '--ignore-scripts', '--silent']).trim().split('\n').slice(-1);
  const project = path.join(folder, 'project');
  mkdirSync(project);
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  const flags = ['--offline', '--no-audit', '--no-fund', '--no-save', '--silent'];
  run(project, 'npm', ['install', ...flags, path.join(source, tarball)]);
  return { folder: project, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Puts packages of this repository's own into a folder. */
export function linkModules(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const link = path.join(folder, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(modules, name), link);
  }
}

const run = (cwd: string, command: string, args: readonly string[]): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8' });
