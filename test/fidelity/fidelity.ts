/** `npm run fidelity`: how faithful the types of each language are, keyword file by keyword file. */
import { readCorpus } from './corpus.js';
import { PROBES } from './probes.js';
import { judgePython } from './python.js';
import { judgeTypeScript } from './typescript.js';
import { type Figures, figuresOf, type Judged, missesOf, pairUp, totalOf } from './verdict.js';

const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(part === whole ? 0 : 1)}%`;

const HEAD = `${'keyword file'.padEnd(24)}schemas failed  wrong degener           sound           tight`;

const row = ({ keyword, schemas, failed, wrong, degenerate, valid, sound, expressible, tight }: Figures): string =>
  [
    keyword.padEnd(24),
    ...[schemas, failed, wrong, degenerate].map((count) => String(count).padStart(7)),
    `${percent(sound, valid)} of ${valid}`.padStart(16),
    `${percent(tight, expressible)} of ${expressible}`.padStart(16),
  ].join('');

function print(language: string, judged: readonly Judged[]): void {
  const keywords = [...new Set(judged.map(([{ keyword }]) => keyword))];
  const rows = keywords.map((keyword) =>
    figuresOf(
      keyword,
      judged.filter(([each]) => each.keyword === keyword),
    ),
  );
  console.log([`\n${language}`, HEAD, ...rows.map(row), row(totalOf(rows)), ''].join('\n'));
  console.log(judged.flatMap(missesOf).join('\n'));
}

for (const draft of ['draft2020-12', 'draft7'] as const) {
  const corpus = [...readCorpus(draft), ...(draft === 'draft7' ? PROBES : [])];
  print(`${draft}, typescript`, pairUp(corpus, await judgeTypeScript(corpus)));
  const python = await judgePython(corpus);
  if (python !== undefined) print(`${draft}, python`, pairUp(corpus, python));
}
