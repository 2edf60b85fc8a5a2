/** Errors: their names, their tree, and what they never show. */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as errors from '../../../../templates/typescript/src/runtime/errors.js';

const { HttpError, isWorkerClientError, NotFoundError, JobNotFoundError, TimeoutError, TransportError } = errors;

const classes = Object.entries(errors).filter(
  (entry): entry is [string, typeof errors.WorkerClientError] =>
    entry[0].endsWith('Error') && entry[0] !== 'isWorkerClientError',
);

describe('errors', () => {
  it.each(classes)('%s has its name, its code, and the brand', (name, Class) => {
    const error = new Class('broken');
    expect(error.name).toBe(name);
    expect(error.code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(error.stack).toMatch(new RegExp(`^${name}: broken`));
    expect(Object.keys(error)).toContain('code');
    expect(error).toBeInstanceOf(Error);
    expect(isWorkerClientError(error)).toBe(true);
  });

  it('have codes of their own', () => {
    const codes = classes.map(([, Class]) => new Class('').code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('stand in a tree', () => {
    const notFound = new JobNotFoundError('', { status: 404, headers: {}, body: null });
    expect(notFound).toBeInstanceOf(NotFoundError);
    expect(notFound).toBeInstanceOf(HttpError);
    expect(new TimeoutError('', { phase: 'body', timeoutMs: 1 })).toBeInstanceOf(TransportError);
  });

  it('are known across copies of the package, and nothing else is', () => {
    const brand = Symbol.for('gen-worker-client.error');
    expect(isWorkerClientError({ [brand]: true })).toBe(true);
    for (const value of [new Error('a'), null, undefined, 'a', { name: 'HttpError' }]) {
      expect(isWorkerClientError(value)).toBe(false);
    }
  });

  it('print as JSON without headers, bodies and jobs', () => {
    const cause = new Error('cause');
    const error = new HttpError('HTTP 500: broken', {
      status: 500,
      headers: { 'set-cookie': 'hunter2' },
      body: { payload: 'hunter2' },
      problem: { detail: 'hunter2' },
      requestId: 'r',
      retryAfter: 3,
    });
    Object.defineProperty(error, 'cause', { value: cause, enumerable: false });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'HttpError',
      message: 'HTTP 500: broken',
      code: 'HTTP',
      status: 500,
      requestId: 'r',
      retryAfter: 3,
      maybeEnqueued: false,
    });
    expect(error.body).toEqual({ payload: 'hunter2' });
    expect(inspect(error)).not.toContain('hunter2');
  });

  it('keep their fields in a copy', () => {
    const error = new TransportError('reset', { phase: 'send', errno: 'ECONNRESET', maybeEnqueued: true });
    expect({ ...error }).toEqual({ code: 'TRANSPORT', phase: 'send', errno: 'ECONNRESET', maybeEnqueued: true });
  });
});
