/** Workflow commands: annotations where they belong, and text that no runner obeys. */
import { describe, expect, it } from 'vitest';
import { printGitHub } from '../../../src/report/github.js';
import { DRIFT, GENERATED } from './answers.js';

/** What a runner takes for a command: a line that begins with `::`, or holds `##[`, unless commands are stopped. */
function obeyed(log: string): readonly string[] {
  let token: string | undefined;
  return log.split('\n').filter((line) => {
    const text = line.trimStart();
    if (token !== undefined) {
      if (text === `::${token}::`) token = undefined;
      return false;
    }
    token = /^::stop-commands::(.+)$/.exec(text)?.[1];
    return token === undefined && (text.startsWith('::') || text.includes('##['));
  });
}

describe('the log of a workflow', () => {
  it('has an annotation for each finding, at its place', () => {
    expect(printGitHub(DRIFT, { dryRun: false, folder: '' })).toMatchInlineSnapshot(`
      "::warning file=schemas/a%2Cb%3Ac.schema.json,line=3,col=5,title=schema/unknown-keyword::the keyword descriptionn is not known%0Ahelp: did you mean description?
      ::error file=schemas/a.schema.json,title=message/name-collision::::error::owned ##[error]%250A\`*_<b>|$x$ @team #1 [a](b)\\u001b[2J\\u202e%0Aschemas/b c.schema.json:2
      ::error title=output/drift::generated/ is not what the schemas say%0Aupdate  generated/typescript/src/types.ts%0Acreate  generated/a|b.ts%0Ahelp: run npx gen-worker-client and commit the result
      missing  generated/a|b.ts
      ::group::diff
      ::stop-commands::acead3347f3c71db981599f47dc816a91775e86bad362534b09bc6d35dedb44a
      --- a/x
      +++ b/x
      @@ -1 +1 @@
      -\`\`\`
      + ::set-output name=a::b
      ::acead3347f3c71db981599f47dc816a91775e86bad362534b09bc6d35dedb44a::
      ::endgroup::
      "
    `);
  });

  it('obeys our commands, and no text', () => {
    const commands = obeyed(printGitHub(DRIFT, { dryRun: false, folder: '' })).map(
      (line) => /^::[a-z-]+/.exec(line)?.[0],
    );
    expect(commands).toEqual(['::warning', '::error', '::error', '::group', '::endgroup']);
  });

  it('obeys no path', () => {
    const files = [
      { path: '::error::x', state: 'created' as const },
      { path: 'a ##[error]x', state: 'created' as const },
    ];
    expect(obeyed(printGitHub({ ...GENERATED, files }, { dryRun: false, folder: '' }))).toEqual([]);
  });

  it('counts paths from the checkout, wherever it runs', () => {
    const log = printGitHub(DRIFT, { dryRun: false, folder: 'packages/jobs' });
    expect(log).toMatch(/^::warning file=packages\/jobs\/schemas\/a%2Cb/);
  });

  it('names what changed when nothing is wrong', () => {
    expect(printGitHub(GENERATED, { dryRun: false, folder: '' })).toBe(
      'created  generated/a.ts\ngenerated: 1 created, 1 unchanged\n',
    );
  });
});
