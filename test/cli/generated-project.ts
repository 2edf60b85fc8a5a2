/** A project whose output is up to date: made once for each test file, and copied for each test. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { makeFolder, writeFiles } from '../temp-folder.js';
import { runCli, schemaText } from './run-cli.js';

export const SCHEMA = 'schemas/scan-request.schema.json';
export const TYPES = 'generated/typescript/src/types.ts';

let original: string | undefined;
afterAll(() => {
  if (original !== undefined) fs.rmSync(original, { recursive: true, force: true });
});

/** Copies the project into a folder of its own. It has a `node_modules`, so the CLI remembers what it made. */
export function generatedProject(): string {
  original ??= generate();
  const folder = makeFolder();
  fs.cpSync(original, folder, { recursive: true });
  return folder;
}

function generate(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'gen-worker-client-')));
  writeFiles(folder, { [SCHEMA]: schemaText(), 'node_modules/.keep': '' });
  const { code, stderr } = runCli([], { cwd: folder });
  if (code !== 0) throw new Error(stderr);
  return folder;
}
