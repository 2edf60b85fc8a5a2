/** A rendered npm package on the disk, built by the real compiler, and programs that use it. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RenderedFile } from '../../src/targets/target.js';
import { makeFolder, writeFiles } from '../temp-folder.js';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const ours = path.join(modules, 'typescript/bin/tsc');

/** As strict as a caller's compiler can be. */
const STRICT = {
  target: 'es2022',
  lib: ['es2022', 'dom'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: [],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noUnusedLocals: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  skipLibCheck: false,
};

/**
 * Runs the compiler of a project: ours, or the one that is named.
 *
 * @returns the lines that it prints; none when nothing is wrong
 */
export function compile(folder: string, { compiler = ours } = {}): readonly string[] {
  try {
    execFileSync(process.execPath, [compiler, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
    return [];
  } catch (error) {
    const { stdout } = error as { readonly stdout: string };
    return stdout.split('\n').filter((line) => line !== '');
  }
}

/** Puts packages of this repository's own into a folder. */
export function linkModules(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const link = path.join(folder, 'node_modules', name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(path.join(modules, name), link);
  }
}

/**
 * Writes and builds a package; it is gone after the test.
 *
 * @param files - what the TypeScript target rendered
 * @returns its folder
 */
export function buildPackage(files: readonly RenderedFile[]): string {
  const texts = files.map((file) => [file.path.replace(/^typescript\//, ''), file.text]);
  const folder = makeFolder(Object.fromEntries(texts));
  linkModules(folder, ['@types/node', 'undici-types']);
  const lines = compile(folder);
  if (lines.length > 0) throw new Error(lines.join('\n'));
  return folder;
}

/**
 * Compiles a program against a built package.
 *
 * @param folder - of the package
 * @param program - the text of one module; it imports the package by the name in its manifest
 * @returns the lines that the compiler prints
 */
export function compileProgram(folder: string, program: string, linked: readonly string[] = []): readonly string[] {
  const { name } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { name: string };
  const project = makeFolder();
  writeFiles(project, {
    'package.json': JSON.stringify({ name: 'program', private: true, type: 'module' }),
    'tsconfig.json': JSON.stringify({ compilerOptions: STRICT, files: ['program.ts'] }),
    'program.ts': program,
  });
  linkModules(project, linked);
  const link = path.join(project, 'node_modules', name);
  fs.mkdirSync(path.dirname(link), { recursive: true });
  fs.symlinkSync(folder, link);
  return compile(project);
}

/** Compiles modules that need nothing else, under every strict flag. */
export function compileFiles(files: Readonly<Record<string, string>>): readonly string[] {
  const config = { compilerOptions: { ...STRICT, noUnusedLocals: false }, files: Object.keys(files) };
  const manifest = JSON.stringify({ private: true, type: 'module' });
  return compile(makeFolder({ ...files, 'package.json': manifest, 'tsconfig.json': JSON.stringify(config) }));
}
