/** Templates in, files and findings out. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOverrides, type RenderedFile, renderFolder } from '../../../src/render/engine.js';
import { printDiagnostics } from '../../../src/report/print.js';
import { Report } from '../../../src/report/report.js';
import { makeFolder } from '../../temp-folder.js';

/** A target of no templates of ours, so that the folder of overrides is all there is. */
const TARGET = 'esperanto';

function render(
  files: Readonly<Record<string, string>>,
  view: object = {},
): { files: readonly RenderedFile[]; findings: string } {
  const root = makeFolder(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`t/${TARGET}/${name}`, text])),
  );
  const report = new Report();
  const rendered = renderFolder({ target: TARGET, overrides: path.join(root, 't'), root, view }, report);
  return { files: rendered, findings: printDiagnostics(report.diagnostics, { color: false }) };
}

describe('renderFolder', () => {
  it('renders .hbs files, copies the others, and never writes partials', () => {
    const { files, findings } = render(
      { 'b.txt': '{{plain}}\r\n', 'a/c.txt.hbs': 'Hello {{> who}}!\n', '_partials/who.hbs': '{{name}}' },
      { name: '<World> & {{co}}' },
    );
    expect(findings).toBe('');
    expect(files).toEqual([
      { path: `${TARGET}/a/c.txt`, text: 'Hello <World> & {{co}}!\n', origin: 'override' },
      { path: `${TARGET}/b.txt`, text: '{{plain}}\n', origin: 'override' },
    ]);
  });

  it('writes a file where rename says', () => {
    const root = makeFolder({ 't/esperanto/module/a.txt': 'a\n' });
    const request = { target: TARGET, overrides: path.join(root, 't'), root, view: {} };
    const files = renderFolder({ ...request, rename: (file) => file.replace('module/', 'other/') }, new Report());
    expect(files).toEqual([{ path: 'esperanto/other/a.txt', text: 'a\n', origin: 'override' }]);
  });

  it('replaces ours path by path, whatever the ending', () => {
    const root = makeFolder({ 't/typescript/tsconfig.json.hbs': '{ "a": {{a}} }\n' });
    const request = { target: 'typescript', overrides: path.join(root, 't'), root, view: { a: 1 } };
    const files = renderFolder(request, new Report());
    expect(files.filter(({ path: file }) => file.endsWith('tsconfig.json'))).toEqual([
      { path: 'typescript/tsconfig.json', text: '{ "a": 1 }\n', origin: 'override' },
    ]);
  });

  it.each([
    ['a\n  {{typo}}\n', 'error template/unknown-name  "typo" not defined', ':2:5'],
    ['{{#each list}}{{typo}}{{/each}}', 'error template/unknown-name  "typo" not defined', ':1:17'],
    ['{{#upper name}}{{/upper}}', 'error template/unknown-name', ':1:1'],
    ['\n{{#if list}}\n', 'error template/syntax  Expecting', ':3'],
    ['{{#if list}}{{/each}}', "error template/syntax  if doesn't match each", ':1:4'],
    ['x\n{{> whoo}}', 'error template/syntax  there is no partial whoo', ':2:1'],
    ['x\n{{> who}}', 'error template/unknown-name  "surname" not defined', '_partials/who.hbs:1:3'],
  ])('names the place of what is wrong in %j', (text, message, place) => {
    const { files, findings } = render({ 'a.txt.hbs': text, '_partials/who.hbs': '{{surname}}' }, { list: [{}] });
    expect(files).toEqual([]);
    expect(findings).toContain(message);
    expect(findings).toContain(place);
  });

  it('offers the nearest partial', () => {
    expect(render({ 'a.txt.hbs': '{{> whoo}}', '_partials/who.hbs': '' }).findings).toContain(
      'help: did you mean who?',
    );
  });

  it('does not let a template reach what a view inherits', () => {
    expect(render({ 'a.txt.hbs': '{{constructor}}{{toString}}{{__proto__}}' }).files[0]?.text ?? '').not.toContain(
      'native',
    );
  });
});

describe('checkOverrides', () => {
  const check = (files: Readonly<Record<string, string>>, folder = 't'): string => {
    const root = makeFolder(files);
    const report = new Report();
    checkOverrides({ overrides: path.join(root, folder), root }, report);
    return printDiagnostics(report.diagnostics, { color: false });
  };

  it('reports a folder that is not there', () =>
    expect(check({}, 'nowhere')).toContain(
      'error template/missing-folder  the templates folder is not there\n  nowhere',
    ));
  it('reports what belongs to no target', () =>
    expect(check({ 't/typescrpt/a.txt': '' })).toContain('help: did you mean typescript?'));
  it('finds nothing where nothing is wrong', () => expect(check({ 't/typescript/a.txt': '' })).toBe(''));
});
