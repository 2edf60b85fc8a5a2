/** The part of the platform's `fetch` that the client uses: types that hold on every platform. */
import type { AbortSignalLike } from './deadline.js';

/** `AbortSignal`, where the platform's types have one. */
type PlatformSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } } ? Signal : AbortSignalLike;

export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: 'manual';
  signal: PlatformSignal;
}

/** The part of a `Response` that the client uses; a mock does with `status` and `json`. */
export interface FetchResponse {
  readonly status: number;
  readonly statusText?: string;
  readonly type?: string;
  readonly headers?: { forEach(callback: (value: string, name: string) => void): void };
  readonly body?: { getReader(): BodyReader } | null;
  text?(): Promise<string>;
  json?(): Promise<unknown>;
}

interface BodyReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(): Promise<unknown>;
}

export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
