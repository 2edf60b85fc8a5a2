/** Which redirects are followed: to the same host, with the same method and body, and not many. */
import type { TransportAnswer, TransportRequest } from './transport.js';

export const MOST_REDIRECTS = 3;

/** Where to ask again, or `undefined` when the redirect would lose the job or give the key away. */
export function findRedirect(answer: TransportAnswer, { method, origin, path }: TransportRequest): URL | undefined {
  const { status, headers } = answer;
  const keepsMethod = status === 307 || status === 308;
  if (!keepsMethod && !(method === 'GET' && (status === 301 || status === 302))) return undefined;
  const location = headers['location'];
  const from = new URL(path, origin);
  if (location === undefined || !URL.canParse(location, from.href)) return undefined;
  const target = new URL(location, from);
  const upgrades = from.protocol === 'http:' && target.protocol === 'https:' && target.hostname === from.hostname;
  const stays = target.origin === from.origin && target.username === '' && target.password === '';
  return upgrades || stays ? target : undefined;
}
