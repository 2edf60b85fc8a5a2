/** Measures a watching run: from the save of one message to the moment when its types stand in the output. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface WatchedSet {
  /** Working directory, with `schemas/` in it. */
  readonly cwd: string;
  /** The built command line. */
  readonly cli: string;
  /** Schema file that is saved. */
  readonly file: string;
  readonly rounds: number;
}

const PATIENCE_MS = 60_000;

/** Milliseconds of each save. */
export async function measureWatch({ cwd, cli, file, rounds }: WatchedSet): Promise<readonly number[]> {
  const child = spawn(process.execPath, [cli, '--watch'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await said(child.stdout.setEncoding('utf8'), 'waiting for changes');
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await wait(300);
      times.push(await saveAndWait({ cwd, file, mark: `Saved ${round} times.` }));
    }
    return times;
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await ended;
  }
}

async function said(stream: AsyncIterable<string>, words: string): Promise<void> {
  let text = '';
  for await (const part of stream) {
    text += part;
    if (text.includes(words)) return;
  }
  throw new Error(`the watching run ended: ${text}`);
}

interface Save {
  readonly cwd: string;
  readonly file: string;
  readonly mark: string;
}

/** Every file of the set is written when the lock is gone again; the types are among the last. */
async function saveAndWait({ cwd, file, mark }: Save): Promise<number> {
  const schema = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
  const types = path.join(cwd, 'generated/typescript/src/types.ts');
  const before = fs.statSync(types).ino;
  const text = `${JSON.stringify({ ...schema, description: mark }, null, 2)}\n`;
  const started = performance.now();
  fs.writeFileSync(file, text);
  for (;;) {
    const isWritten =
      fs.statSync(types).ino !== before && !fs.existsSync(path.join(cwd, 'generated/.gen-worker-client.lock'));
    const milliseconds = performance.now() - started;
    if (isWritten) {
      if (!fs.readFileSync(types, 'utf8').includes(mark)) throw new Error('the types do not hold what was saved');
      return milliseconds;
    }
    if (milliseconds > PATIENCE_MS) throw new Error('nothing was written after a save');
    await wait(1);
  }
}
