/** Which files of a folder are read, and what is said of the others. */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Report } from '../../../src/report/report.js';
import { readSchemas } from '../../../src/schemas/load.js';
import { makeFolder, writeFiles } from '../../temp-folder.js';

function load(root: string): { names: string[]; findings: string[] } {
  const report = new Report();
  const texts = readSchemas({ root, folder: path.join(root, 'schemas') }, report);
  const findings = report.diagnostics.map(({ code, message, places }) =>
    [code, places[0]?.file, message].filter((part) => part !== undefined).join(' '),
  );
  return { names: texts.map(({ name }) => name), findings };
}

describe('a schemas folder', () => {
  it('gives messages from the top and definitions from anywhere under shared/, in code-point order', () => {
    const root = makeFolder({
      'schemas/b.schema.json': '{}',
      'schemas/a-b.schema.json': '{}',
      'schemas/a.schema.json': '{}',
      'schemas/shared/x.schema.json': '{}',
      'schemas/shared/geo/y.schema.json': '{}',
      'schemas/.hidden.schema.json': '{}',
    });
    expect(load(root)).toEqual({
      names: ['a-b.schema.json', 'a.schema.json', 'b.schema.json', 'shared/geo/y.schema.json', 'shared/x.schema.json'],
      findings: [],
    });
  });

  it('follows links that stay in it, once', () => {
    const root = makeFolder({ 'schemas/a.schema.json': '{}', 'schemas/shared/x.schema.json': '{}' });
    fs.symlinkSync('a.schema.json', path.join(root, 'schemas/b.schema.json'));
    fs.symlinkSync('.', path.join(root, 'schemas/shared/again'));
    expect(load(root)).toEqual({
      names: ['a.schema.json', 'b.schema.json', 'shared/x.schema.json'],
      findings: [],
    });
  });

  it('is not left through a link to a file, a folder or a folder with the same beginning', () => {
    const root = makeFolder({ 'schemas/a.schema.json': '{}', 'schemas-old/b.schema.json': '{}', 'c.json': '{}' });
    fs.symlinkSync('../c.json', path.join(root, 'schemas/c.schema.json'));
    fs.symlinkSync('../schemas-old', path.join(root, 'schemas/shared'));
    fs.symlinkSync(path.join(root, 'schemas-old/b.schema.json'), path.join(root, 'schemas/b.schema.json'));
    const words = 'a symbolic link that leads out of the schemas folder';
    expect(load(root)).toEqual({
      names: ['a.schema.json'],
      findings: [
        `input/outside-folder schemas/b.schema.json ${words}`,
        `input/outside-folder schemas/c.schema.json ${words}`,
        `input/outside-folder schemas/shared ${words}`,
      ],
    });
  });

  it('may be a link itself', () => {
    const root = makeFolder({ 'elsewhere/a.schema.json': '{}' });
    fs.symlinkSync('elsewhere', path.join(root, 'schemas'));
    expect(load(root)).toEqual({ names: ['a.schema.json'], findings: [] });
  });

  it('names what cannot be read and reads the rest', async () => {
    const root = makeFolder({ 'schemas/a.schema.json': '{}' });
    fs.symlinkSync('nowhere', path.join(root, 'schemas/b.schema.json'));
    fs.symlinkSync('c.schema.json', path.join(root, 'schemas/c.schema.json'));
    // A socket is a file that nobody can read.
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(path.join(root, 'schemas/d.schema.json'), resolve));
    onTestFinished(() => void server.close());
    expect(load(root)).toEqual({
      names: ['a.schema.json'],
      findings: [
        'input/unreadable schemas/b.schema.json a symbolic link that leads nowhere',
        'input/unreadable schemas/c.schema.json a symbolic link that leads nowhere',
        'input/unreadable schemas/d.schema.json the file cannot be read: it is no ordinary file',
      ],
    });
  });

  it('holds files of a bearable size only', () => {
    const root = makeFolder({ 'schemas/a.schema.json': '{}' });
    writeFiles(root, { 'schemas/b.schema.json': ' '.repeat(6 * 1024 * 1024 + 1) });
    expect(load(root)).toEqual({
      names: ['a.schema.json'],
      findings: ['input/too-large schemas/b.schema.json the file has 6291457 bytes; 6291456 is the limit'],
    });
  });
});
