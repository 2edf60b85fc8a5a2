/** A process that writes one version of a set after the other into a folder, until somebody kills it. Runs what was built. */
import path from 'node:path';
import process from 'node:process';
import { readOutput, writePlan } from '../../../dist/output/disk.js';
import { planOutput } from '../../../dist/output/plan.js';
import { Report } from '../../../dist/report/report.js';

const [out, json, turns = 'Infinity'] = process.argv.slice(2);
const versions = JSON.parse(json).map((files) =>
  files.map(([name, line]) => ({ path: name, text: line.repeat(2_000) })),
);
const place = { out, root: path.dirname(out) };
for (let turn = 0; turn < Number(turns); turn += 1) {
  const report = new Report();
  const rendered = versions[turn % versions.length];
  const paths = rendered.map((file) => file.path);
  const onDisk = await readOutput(place, paths, report);
  await writePlan(
    planOutput({ rendered, onDisk, otherTargets: [], reviewed: [], force: false }, report),
    place,
    report,
  );
  report.throwIfErrors();
  if (turn === 0) process.stdout.write('writing\n');
}
