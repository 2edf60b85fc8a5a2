/** `npm run fidelity`: how faithful the types of each language are, keyword file by keyword file. */
import { readCorpus } from './corpus.js';
import { judgeTypeScript } from './typescript.js';
import { type Figures, figuresOf, missesOf, totalOf } from './verdict.js';

const JUDGES = { typescript: judgeTypeScript };

const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(part === whole ? 0 : 1)}%`;

const row = ({ keyword, schemas, failed, wrong, degenerate, valid, sound, expressible, tight }: Figures): string =>
  [
    keyword.padEnd(24),
    ...[schemas, failed, wrong, degenerate].map((count) => String(count).padStart(7)),
    `${percent(sound, valid)} of ${valid}`.padStart(16),
    `${percent(tight, expressible)} of ${expressible}`.padStart(16),
  ].join('');

const HEAD = `${'keyword file'.padEnd(24)}schemas failed  wrong degener           sound           tight`;

for (const [language, judgeAll] of Object.entries(JUDGES)) {
  const cases = readCorpus();
  const verdicts = await judgeAll(cases);
  const judged = cases.flatMap((each, index) => {
    const verdict = verdicts[index];
    return verdict === undefined ? [] : [[each, verdict] as const];
  });
  const keywords = [...new Set(cases.map(({ keyword }) => keyword))];
  const rows = keywords.map((keyword) =>
    figuresOf(
      keyword,
      judged.filter(([each]) => each.keyword === keyword),
    ),
  );
  console.log([`\n${language}`, HEAD, ...rows.map(row), row(totalOf(rows))].join('\n'));
  const misses = judged.flatMap(missesOf);
  if (misses.length > 0) console.log(['', ...misses].join('\n'));
}
