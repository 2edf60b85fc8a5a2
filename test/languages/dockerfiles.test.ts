/** The Dockerfiles of the packages: valid, small, and not run by root. */
import { validate } from 'dockerfile-utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderRepository } from '../repository.js';

describe.each(['python', 'typescript'])('the Dockerfile of %s', (target) => {
  let lines: readonly string[] = [];
  let text = '';
  beforeAll(async () => {
    text = (await renderRepository(target)).get(`${target}/Dockerfile`) ?? '';
    lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  });

  it('is to the liking of a linter', () => {
    const findings = validate(text).map(({ message, range }) => `${range.start.line + 1} ${message}`);
    expect(findings).toEqual([]);
  });

  it('starts from slim images of a named version', () => {
    const images = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1] ?? '');
    expect(images.filter((image) => !/^\w+:\d+(\.\d+)?-slim$/.test(image))).toEqual([]);
    expect(images.length).toBeGreaterThan(0);
  });

  it('runs as a user of its own', () => {
    const user = lines.findLastIndex((line) => /^USER (?!root)/.test(line));
    expect(user).toBeGreaterThan(lines.findLastIndex((line) => line.startsWith('RUN ')));
    expect(lines.findLastIndex((line) => line.startsWith('CMD '))).toBeGreaterThan(user);
  });

  it('keeps what was built elsewhere out of the build', async () => {
    expect((await renderRepository(target)).get(`${target}/.dockerignore`)).toMatch(/^dist\/?$/m);
  });
});
