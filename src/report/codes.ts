/** Every diagnostic code, its severity and its meaning. A new diagnostic is a new row here. */
import type { Severity } from './diagnostic.js';

interface CodeRow {
  readonly severity: Severity;
  /** One sentence for the reference in the README. */
  readonly meaning: string;
}

const error = (meaning: string): CodeRow => ({ severity: 'error', meaning });
const warning = (meaning: string): CodeRow => ({ severity: 'warning', meaning });

export const CODES = {
  'input/no-folder': error('The schemas folder is not there, or is not a folder.'),
  'input/no-schemas': error('The schemas folder holds no message schema.'),
  'input/unreadable': error('A file or folder of the input cannot be read.'),
  'input/outside-folder': error('A symbolic link in the schemas folder leads out of it.'),
  'input/file-name': error('A schema file name is not a message type in kebab-case.'),
  'input/stray-file': warning(
    'A file in the schemas folder is not read, because its name does not end in .schema.json.',
  ),
  'input/unwatchable': error('Changes of the input cannot be noticed.'),
  'input/too-large': error('The input is larger than the limits allow.'),
  'input/too-many-findings': error('So much is wrong with a schema file that the rest of it is not looked at.'),

  'json/encoding': error('A schema file is not valid UTF-8.'),
  'json/byte-order-mark': error('A schema file starts with a byte order mark.'),
  'json/empty': error('A schema file is empty.'),
  'json/syntax': error('A schema file is not valid JSON.'),
  'json/number': error('A number in a schema is larger than any that JSON parsers hold.'),
  'json/rounded-number': warning('A number in a schema has more digits than JSON parsers keep.'),
  'json/duplicate-key': error('An object of a schema file has the same key twice.'),
  'json/line-break-in-name': warning('A name in a schema holds a tab or a line break.'),
  'json/control-character': error('A name in a schema holds a control character or a lone surrogate.'),

  'schema/not-a-schema': error('A schema is neither an object nor a boolean.'),
  'schema/dialect': error('$schema names a dialect that is not supported.'),
  'schema/keyword-value': error('A keyword has a value that its meta-schema does not allow.'),
  'schema/unknown-type': error('type names something that is no JSON type.'),
  'schema/bad-pattern': warning('A pattern is not a valid regular expression.'),
  'schema/unknown-keyword': warning('A keyword is neither in the dialect nor an x-* extension.'),
  'schema/other-dialect-keyword': warning('A keyword belongs to another draft and has no effect in this one.'),
  'schema/no-effect': warning('A keyword stands where it has no effect.'),
  'schema/forbidden-keyword': error('A keyword would put code into the output.'),
  'schema/annotation-value': warning('An annotation has a value of the wrong type and is left out.'),
  'schema/invalid-example': warning('An example or a default is not valid under its schema.'),
  'schema/no-example': warning('A message has no example, and no valid one could be made.'),
  'schema/required-not-declared': warning('required names a property that looks like a misspelt one.'),
  'schema/empty-enum': warning('enum lists no value, so nothing is valid.'),
  'schema/duplicate-value': warning('enum lists a value twice.'),

  'schema/unresolved-ref': error('$ref leads to something that is not there.'),
  'schema/ref-outside-folder': error('$ref leads out of the schemas folder.'),
  'schema/ref-to-network': error('$ref leads to the network, which is never touched.'),
  'schema/ref-cycle': error('$ref only leads to itself.'),
  'schema/duplicate-id': error('Two schemas have the same $id.'),
  'schema/duplicate-anchor': error('Two subschemas of one resource have the same $anchor.'),
  'schema/unsupported-ref': error('A reference cannot be resolved statically.'),

  'message/name-collision': error('Two messages or types would share one name in the output.'),
  'message/reserved-name': error('A type name belongs to the client itself.'),
  'message/unknown-result': error('x-result names a message that is not there.'),

  'config/not-found': error('The config file is not there.'),
  'config/unreadable': error('The config file cannot be read or run.'),
  'config/unknown-key': error('The config has a key that does not exist.'),
  'config/value': error('A config value is not allowed.'),
  'config/ambiguous': error('There is more than one config.'),
  'config/unknown-message': warning('The config names a message that no schema describes.'),

  'usage/unknown-option': error('A flag does not exist.'),
  'usage/unknown-command': error('A command does not exist.'),
  'usage/value': error('A flag has a value that is not allowed, or none where it needs one.'),
  'usage/extra-argument': error('A command is given a word that it does not take.'),

  'template/missing-folder': error('The templates folder is not there.'),
  'template/syntax': error('A template is not valid Handlebars.'),
  'template/unknown-name': error('A template prints a name that its view does not have.'),
  'template/unused': warning('A file of the templates folder overrides nothing and adds nothing.'),

  'output/not-a-folder': error('The output path is not a folder.'),
  'output/not-writable': error('A file of the output cannot be read, written or deleted.'),
  'output/unsafe-path': error('A file of the output has a path that not every system can have.'),
  'output/not-owned': error('A file that the generator does not own stands where it would write.'),
  'output/symbolic-link': error('A symbolic link in the output leads out of it.'),
  'output/healed': warning('An earlier run did not finish; this one finished its work.'),
  'output/busy': error('Another run holds the output folder.'),
  'output/ownership': error('The ownership list of the output is damaged.'),
  'output/drift': error('The output is not what the schemas say.'),
  'output/invalid-code': error('The rendered code is not valid in its language; nothing was written.'),

  'internal/bug': error('The generator itself failed; its stack is on stderr.'),
} as const satisfies Record<string, CodeRow>;

export type Code = keyof typeof CODES;
