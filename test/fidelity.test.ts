/** The bars of fidelity: what `npm run fidelity` measures never gets worse than this. */
import { describe, expect, it } from 'vitest';
import { type FidelityCase, readCorpus } from './fidelity/corpus.js';
import { PROBES } from './fidelity/probes.js';
import { judgePython } from './fidelity/python.js';
import { judgeTypeScript } from './fidelity/typescript.js';
import { type Figures, figuresOf, missesOf, pairUp, type Verdict } from './fidelity/verdict.js';
import { findPython } from './python/environment.js';

/** Every schema has a type of its own, and every valid instance fits. */
const SUITES = {
  'draft2020-12': { schemas: 359, valid: 739, expressible: 223 },
  draft7: { schemas: 241, valid: 526, expressible: 208 },
};

const WHOLE = { failed: 0, wrong: 0, degenerate: 0 };

function measure(cases: readonly FidelityCase[], verdicts: readonly Verdict[]): { figures: Figures; misses: string } {
  const judged = pairUp(cases, verdicts);
  return { figures: figuresOf('all', judged), misses: judged.flatMap(missesOf).join('\n') };
}

describe.each(['draft2020-12', 'draft7'] as const)('of the public test suite, %s', (draft) => {
  const corpus = readCorpus(draft);
  const whole = { ...WHOLE, ...SUITES[draft], sound: SUITES[draft].valid };

  it('the TypeScript types accept what is valid, and refuse what types can refuse', async () => {
    const { figures, misses } = measure(corpus, await judgeTypeScript(corpus));
    expect(figures, misses).toMatchObject(whole);
    expect(figures.tight / figures.expressible, misses).toBeGreaterThanOrEqual(0.99);
  });

  // A bool is an int, a list has one type for all its items, and no object has some keys of one type, others of another.
  it.runIf(findPython() !== null)('the Python types do so, but for what their language lets through', async () => {
    const { figures, misses } = measure(corpus, (await judgePython(corpus)) ?? []);
    expect(figures, misses).toMatchObject(whole);
    expect(figures.tight / figures.expressible, misses).toBeGreaterThanOrEqual(0.96);
  });
});

describe('of messages, and of what draft-07 reads in its own way', () => {
  const valid = PROBES.flatMap(({ instances }) => instances).filter((instance) => instance.valid).length;

  it('the TypeScript types accept what is valid, and refuse what types can refuse', async () => {
    const { figures, misses } = measure(PROBES, await judgeTypeScript(PROBES));
    expect(figures, misses).toMatchObject({ ...WHOLE, sound: valid });
    expect(figures.tight / figures.expressible, misses).toBeGreaterThanOrEqual(0.99);
  });

  it.runIf(findPython() !== null)('the Python types do so, but for lists of several types', async () => {
    const { figures, misses } = measure(PROBES, (await judgePython(PROBES)) ?? []);
    expect(figures, misses).toMatchObject({ ...WHOLE, sound: valid });
    expect(figures.tight / figures.expressible, misses).toBeGreaterThanOrEqual(0.95);
  });
});
