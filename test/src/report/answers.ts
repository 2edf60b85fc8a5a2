/** Answers that hold everything an answer can hold, with text that means something in every form. */
import type { RunAnswer } from '../../../src/report/answer.js';
import { diagnostic } from '../../../src/report/report.js';

/** Text that would break out of a workflow command, of Markdown, or of a terminal. */
export const HOSTILE = '::error::owned ##[error]%0A`*_<b>|$x$ @team #1 [a](b)\u001b[2J\u202e';

/** A check that found drift, and wrong schemas beside it. */
export const DRIFT: RunAnswer = {
  command: 'check',
  ok: false,
  files: [
    { path: 'generated/typescript/src/types.ts', state: 'updated' },
    { path: 'generated/a|b.ts', state: 'missing' },
    { path: 'generated/README.md', state: 'unchanged' },
  ],
  diagnostics: [
    diagnostic('schema/unknown-keyword', {
      message: 'the keyword descriptionn is not known',
      at: { file: 'schemas/a,b:c.schema.json', line: 3, column: 5, pointer: '#/descriptionn', sourceLine: '  "x": 1' },
      help: 'did you mean description?',
    }),
    diagnostic('message/name-collision', {
      message: HOSTILE,
      at: [{ file: 'schemas/a.schema.json' }, { file: 'schemas/b c.schema.json', line: 2 }],
    }),
    diagnostic('output/drift', {
      message: 'generated/ is not what the schemas say',
      details: ['update  generated/typescript/src/types.ts', 'create  generated/a|b.ts'],
      help: 'run npx gen-worker-client and commit the result',
    }),
  ],
  patch: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-```\n+ ::set-output name=a::b\n',
  out: 'generated',
};

/** A run that changed two files. */
export const GENERATED: RunAnswer = {
  command: 'generate',
  ok: true,
  files: [
    { path: 'generated/a.ts', state: 'created' },
    { path: 'generated/b.ts', state: 'unchanged' },
  ],
  diagnostics: [],
  patch: '',
  out: 'generated',
};
