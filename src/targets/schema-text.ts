/** The schema of a message as text that more than one package carries. */
import type { Message } from '../model/model.js';
import { visibleJson } from '../text/visible.js';
import { keep } from './keep.js';

/** Self-contained, indented, without a line end behind it. */
export const schemaText = keep(({ schema }: Message) => visibleJson(JSON.stringify(schema, null, 2)));
