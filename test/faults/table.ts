/** The fault table: every case, by a name that no other has. */
import type { Case } from './case.js';
import { answerCases } from './cases/answers.js';
import { configCases } from './cases/configs.js';
import { connectionCases } from './cases/connections.js';
import { deadlineCases } from './cases/deadline.js';
import { errorCases } from './cases/errors.js';
import { redirectCases } from './cases/redirects.js';
import { requestCases } from './cases/requests.js';
import { retryCases } from './cases/retries.js';
import { type FaultServer, startFaultServer } from './server.js';

export const cases: readonly Case[] = [
  ...deadlineCases,
  ...errorCases,
  ...answerCases,
  ...connectionCases,
  ...redirectCases,
  ...retryCases,
  ...requestCases,
  ...configCases,
];

/** A server that knows the scripts of all cases. */
export const startTableServer = (): Promise<FaultServer> =>
  startFaultServer(new Map(cases.map(({ name, script }) => [name, script])));
