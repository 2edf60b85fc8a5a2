/** What a language says of the types of a case, and the figures that come of it. */
import type { FidelityCase } from './corpus.js';

export interface Verdict {
  /** Why nothing was generated, or `null`. */
  readonly failure: string | null;
  /** What the language finds wrong with the types themselves. */
  readonly errors: readonly string[];
  /** Whether the type accepts each instance, in the order of the case. */
  readonly accepted: readonly boolean[];
  /** The payload type as source text. */
  readonly type: string;
}

export interface Figures {
  readonly keyword: string;
  readonly schemas: number;
  readonly failed: number;
  readonly wrong: number;
  /** Types that say nothing although the schema does. */
  readonly degenerate: number;
  readonly valid: number;
  readonly sound: number;
  readonly expressible: number;
  readonly tight: number;
}

export type Judged = readonly [FidelityCase, Verdict];

/** Each case with its verdict. */
export const pairUp = (cases: readonly FidelityCase[], verdicts: readonly Verdict[]): readonly Judged[] =>
  cases.flatMap((each, index): readonly Judged[] => {
    const verdict = verdicts[index];
    return verdict === undefined ? [] : [[each, verdict]];
  });

/** Figures of some cases under one name. */
export function figuresOf(keyword: string, judged: readonly Judged[]): Figures {
  const count = (isCounted: (pair: Judged) => boolean): number => judged.filter(isCounted).length;
  const instances = judged.flatMap(([{ instances }, { accepted }]) =>
    instances.map((instance, index) => ({ ...instance, isAccepted: accepted[index] === true })),
  );
  const valid = instances.filter((instance) => instance.valid);
  const expressible = instances.filter(({ isExpressible }) => isExpressible);
  return {
    keyword,
    schemas: judged.length,
    failed: count(([, { failure }]) => failure !== null),
    wrong: count(([, { errors }]) => errors.length > 0),
    degenerate: count(isDegenerate),
    valid: valid.length,
    sound: valid.filter(({ isAccepted }) => isAccepted).length,
    expressible: expressible.length,
    tight: expressible.filter(({ isAccepted }) => !isAccepted).length,
  };
}

const isDegenerate = ([{ instances }, { type }]: Judged): boolean =>
  /= (unknown|any|object|Any);?$/.test(type.trim()) && instances.some(({ isExpressible }) => isExpressible);

/** The sum of all keyword files. */
export function totalOf(rows: readonly Figures[]): Figures {
  const sum = (of: (row: Figures) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    keyword: 'all',
    schemas: sum(({ schemas }) => schemas),
    failed: sum(({ failed }) => failed),
    wrong: sum(({ wrong }) => wrong),
    degenerate: sum(({ degenerate }) => degenerate),
    valid: sum(({ valid }) => valid),
    sound: sum(({ sound }) => sound),
    expressible: sum(({ expressible }) => expressible),
    tight: sum(({ tight }) => tight),
  };
}

/** Every instance that the types get wrong, one line each. */
export function missesOf([{ keyword, description, instances }, verdict]: Judged): string[] {
  const where = `${keyword}: ${description}`;
  return [
    ...(verdict.failure === null ? [] : [`failed   ${where}: ${verdict.failure}`]),
    ...verdict.errors.map((error) => `wrong    ${where}: ${error}`),
    ...instances.flatMap(({ description: what, data, valid, isExpressible }, index) => {
      const isAccepted = verdict.accepted[index] === true;
      if (valid && !isAccepted) return [`unsound  ${where}: ${what}: ${JSON.stringify(data)}`];
      return isExpressible && isAccepted ? [`loose    ${where}: ${what}: ${JSON.stringify(data)}`] : [];
    }),
  ];
}
