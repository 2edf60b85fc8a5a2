/** One message in, the names and strings that templates print of it out. */
import type { Message, Shape } from '../../model/model.js';
import { markdownBlock, markdownCode, markdownText } from '../../text/markdown.js';
import { type Ask, keep } from '../keep.js';
import { type FieldView, fieldViews } from '../readme.js';
import { assignment, bracketed, dictEntry, exploded, name, parameter, subscript } from './layout.js';
import { methodName } from './names.js';
import { docLines, docstring, stringLiteral } from './print.js';

export interface MessageView {
  readonly type: string;
  /** The type as a string. */
  readonly literal: string;
  readonly method: string;
  readonly payloadType: string;
  /** `FILE_DOWNLOAD_REQUEST: Final = "file-download-request"` */
  readonly constant: string;
  readonly doc: string;
  readonly blocking: MethodView;
  readonly async: MethodView;
  /** `"file-download-request": Callable[…],` */
  readonly handler: string;
  readonly deprecated: boolean;
  /** What a type checker says of it, as a string. */
  readonly deprecation: string;
  readonly fields: readonly FieldView[];
  /** Payload type of the result, or `''`. */
  readonly resultType: string;
  readonly markdown: { readonly doc: string; readonly line: string; readonly queue: string };
}

/** A method of one of the two clients, laid out for the body of a class. */
export interface MethodView {
  /** `def file_download_request(…) -> JobResponse:` */
  readonly signature: string;
  /** `return self.send_to_queue(…)` */
  readonly body: string;
  /** `def send_to_queue(…) -> JobResponse:`, for this message only. */
  readonly queue: string;
}

const STEP = '    ';

/** Everything but what depends on other messages. */
export const messageView = keep(
  (message: Message, lookup: Ask<Shape | undefined>): Omit<MessageView, 'resultType'> => ({
    type: message.type,
    literal: stringLiteral(message.type),
    method: methodName(message.words),
    payloadType: message.payloadType,
    constant: constantText(message),
    doc: docstring(methodDoc(message), STEP + STEP),
    blocking: methodView(message, false),
    async: methodView(message, true),
    handler: handlerText(message),
    deprecated: message.deprecated,
    deprecation: stringLiteral(`${message.type} is deprecated`),
    fields: fieldViews(message.payload, lookup),
    markdown: {
      doc: markdownBlock(message.doc),
      line: markdownText(message.doc),
      queue: message.queue === null ? '' : markdownCode(message.queue),
    },
  }),
);

const constantText = ({ constant, type, deprecated }: Message): string =>
  assignment(`${constant}: Final`, name(stringLiteral(type)), STEP) +
  (deprecated ? docstring(['Deprecated.'], STEP) : '');

function methodView({ words, type, payloadType, constant }: Message, isAsync: boolean): MethodView {
  const [def, wait] = isAsync ? ['async def', 'await '] : ['def', ''];
  const options = '**options: Unpack[SendOptions]';
  const body = {
    before: `return ${wait}self.send_to_queue(`,
    parts: [`MessageTypes.${constant}`, 'data', '**options'],
    after: ')',
  };
  const messageType = parameter('message_type', subscript('Literal', [name(stringLiteral(type))]), STEP + STEP);
  const queue = ['self', messageType, `payload: ${payloadType}`, options];
  const signature = ['self', `data: ${payloadType}`, options];
  const after = ') -> JobResponse:';
  return {
    signature: bracketed({ before: `${def} ${methodName(words)}(`, parts: signature, after }, STEP),
    body: bracketed(body, STEP + STEP),
    queue: exploded({ before: `${def} send_to_queue(`, parts: queue, after }, STEP),
  };
}

/** What a worker does with a message. */
function handlerText({ type, payloadType }: Message): string {
  const parameters = subscript('', [name(payloadType), name('Job')]);
  return dictEntry(stringLiteral(type), subscript('Callable', [parameters, name('object')]), STEP + STEP);
}

function methodDoc({ doc, type, deprecated }: Message): readonly string[] {
  const paragraphs = [docLines(doc), [`Enqueues \`${type}\`.`], deprecated ? ['Deprecated.'] : []];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}
