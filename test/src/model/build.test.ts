/** What the model says of messages: names, order, types, examples. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { readSchemas } from '../../../src/schemas/load.js';
import { Report } from '../../../src/report/report.js';
import { parseSchemas } from '../../../src/schemas/parse.js';
import { resolveSchemas } from '../../../src/schemas/resolve.js';
import { buildModel } from '../../../src/model/build.js';
import { buildFrom, modelOf, NO_NAMES } from '../../model-of.js';

const text = { type: 'string' };
const object = (properties: object, more: object = {}): object => ({ type: 'object', properties, ...more });

it('names the line of a schema that no example can be made of', () => {
  const { diagnostics } = buildFrom({ never: '\n  { "not": {} }' });
  expect(diagnostics.map(({ code, places }) => [code, places[0]?.line, places[0]?.column])).toEqual([
    ['schema/no-example', 2, 3],
  ]);
});

describe('the model of the eleven messages', () => {
  const root = process.cwd();
  const report = new Report();
  const files = parseSchemas(readSchemas({ root, folder: `${root}/schemas` }, report), report);
  const model = buildModel(resolveSchemas(files, report), NO_NAMES, report);

  it('is built without a finding', () => expect(report.diagnostics).toEqual([]));
  it('has the messages in code-point order', () => {
    const types = model.messages.map(({ type }) => type);
    expect(types).toHaveLength(11);
    expect(types).toEqual(types.toSorted());
  });
  it('has every shared type once', () => {
    expect(model.sharedTypes.map(({ name }) => name)).toEqual([
      'DiscoveredFile',
      'FolderSignature',
      'FolderStatistics',
      'StorageLocation',
    ]);
  });
  it('has schemas that stand alone and accept their examples', () => {
    for (const { schema, examples } of model.messages) {
      const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
    }
  });
});

describe('names', () => {
  it('come from the file name', () => {
    const [message] = modelOf({ 'file-download-request': object({}) }).messages;
    expect(message).toMatchObject({
      type: 'file-download-request',
      words: ['file', 'download', 'request'],
      payloadType: 'FileDownloadRequestMessage',
      constant: 'FILE_DOWNLOAD_REQUEST',
    });
  });

  it('of definitions have their message in front, in the order of the file', () => {
    const [message] = modelOf({
      'scan-request': object(
        { z: { $ref: '#/$defs/options' }, a: { $ref: '#/$defs/file-kind' }, b: { $ref: '#/properties/a' } },
        { $defs: { unused: text, options: text, 'file-kind': text } },
      ),
    }).messages;
    expect(message?.types.map(({ name }) => name)).toEqual([
      'ScanRequestMessageA',
      'ScanRequestMessageOptions',
      'ScanRequestMessageFileKind',
    ]);
  });

  it('of definitions of a shared file have that file in front', () => {
    const model = modelOf({
      'a-request': object({ a: { $ref: 'shared/geo/point.schema.json#/$defs/unit' } }),
      'shared/geo/point': { $defs: { unit: text, other: text } },
    });
    expect(model.sharedTypes.map(({ name }) => name)).toEqual(['PointUnit']);
  });

  it('of two definitions that differ only in their signs are told apart by their own keys', () => {
    const keys = (defs: Record<string, object>): string[] => {
      const properties = Object.fromEntries(Object.keys(defs).map((key) => [key, { $ref: `#/$defs/${key}` }]));
      return modelOf({ a: object(properties, { $defs: defs }) }).messages[0]?.types.map(({ name }) => name) ?? [];
    };
    const both = keys({ 'foo-bar': text, fooBar: { type: 'null' } });
    expect(both).toEqual(keys({ fooBar: { type: 'null' }, 'foo-bar': text }).toReversed());
    expect(both.every((name) => /^AMessageFooBar_[0-9a-f]{8}$/.test(name))).toBe(true);
    expect(new Set(both).size).toBe(2);
  });

  it('of one message are never those of another', () => {
    const of = (key: string): object => object({ x: { $ref: `#/$defs/${key}` } }, { $defs: { [key]: text } });
    const { model, diagnostics } = buildFrom({ a: of('b-message'), 'a-message-b': of('c'), b: of('b') });
    expect(diagnostics).toEqual([]);
    expect(model.messages.flatMap(({ payloadType, types }) => [payloadType, ...types.map(({ name }) => name)])).toEqual(
      ['AMessage', 'AMessageBMsg', 'AMessageBMessage', 'AMessageBMessageC', 'BMessage', 'BMessageB'],
    );
  });
});

describe('collisions', () => {
  const findings = (...of: Parameters<typeof buildFrom>): string[] =>
    buildFrom(...of).diagnostics.map(({ code, message }) => `${code} ${message}`);

  it('of two messages are reported once', () => {
    expect(findings({ 'model-v-2-request': true, 'model-v2-request': true })).toEqual([
      'message/name-collision two schemas share the type name ModelV2RequestMessage',
    ]);
  });
  it('of a shared type and a message are reported', () => {
    const $ref = 'shared/a-message.schema.json';
    expect(findings({ a: { properties: { x: { $ref } } }, 'shared/a-message': object({ x: text }) })).toEqual([
      'message/name-collision two schemas share the type name AMessage',
    ]);
  });
  it('of a reserved method with its suffix and another message are reported', () => {
    expect(findings({ close: true, 'close-message': true }, { reservedMethods: new Set(['close']) })).toEqual([
      'message/name-collision two schemas share the method name closeMessage',
    ]);
  });
  it('of a type and the client are reported', () => {
    const $ref = 'shared/job-response.schema.json';
    const schemas = { a: { properties: { x: { $ref } } }, 'shared/job-response': object({}) };
    expect(findings(schemas, { reservedTypes: new Set(['JobResponse']) })).toEqual([
      'message/reserved-name the type name JobResponse belongs to the client itself',
    ]);
  });
  it('of x-result and the config with no message are reported', () => {
    expect(
      findings(
        { 'scan-request': { 'x-result': 'scan-complete' }, 'scan-completed': true },
        { readmeExample: 'scan-requests', directions: { '*-event': 'both', '*-completed': 'both' } },
      ),
    ).toEqual([
      'message/unknown-result x-result names scan-complete, which is no message',
      'config/unknown-message directions names *-event, which fits no message',
      'config/unknown-message readmeExample names scan-requests, which is no message',
    ]);
  });
});

describe('shapes', () => {
  it('do not depend on the order in which a recursion is read', () => {
    const shared = {
      'shared/x': object({ y: { $ref: 'y.schema.json' } }, { required: ['y'] }),
      'shared/y': { allOf: [{ $ref: 'x.schema.json' }, object({ z: text })] },
    };
    const by = (first: string) => modelOf({ a: object({ v: { $ref: `shared/${first}.schema.json` } }), ...shared });
    expect(by('x').sharedTypes).toEqual(by('y').sharedTypes);
  });

  it('of a place that a reference leads to stand under its name, there too', () => {
    const [message] = modelOf({ a: object({ x: object({ s: text }), y: { $ref: '#/properties/x' } }) }).messages;
    const shapes = message?.payload.kind === 'object' ? message.payload.fields.map(({ shape }) => shape) : [];
    expect(shapes).toEqual([
      { kind: 'reference', name: 'AMessageX' },
      { kind: 'reference', name: 'AMessageX' },
    ]);
  });
});

describe('examples', () => {
  it('that are not valid are reported and left out', () => {
    const schema = object({ n: { type: 'number' } }, { required: ['n'], examples: [{ n: 'one' }, { n: 1 }] });
    const { model, diagnostics } = buildFrom({ a: schema });
    expect(model.messages[0]?.examples).toEqual([{ n: 1 }]);
    expect(diagnostics.map(({ code, places }) => `${code} ${places[0]?.pointer}`)).toEqual([
      'schema/invalid-example #/examples/0/n',
    ]);
  });
  it('are made where there are none', () => {
    const schema = object(
      { n: { type: 'number', default: 3 }, kind: { enum: ['x', 'y'] }, o: text },
      { required: ['n', 'kind'] },
    );
    expect(modelOf({ a: schema }).messages[0]?.examples).toEqual([{ n: 3, kind: 'x' }]);
  });
});

describe('schemas', () => {
  it('hold all that they refer to, each once', () => {
    const { messages } = modelOf({
      a: object(
        { x: { $ref: 'shared/s.schema.json' }, y: { $ref: '#/$defs/own' }, z: { $ref: '#' } },
        { $defs: { own: { $ref: 'shared/s.schema.json#/$defs/inner' } } },
      ),
      'shared/s': object({ i: { $ref: '#/$defs/inner' } }, { $id: 'urn:s', $defs: { inner: { const: 1 } } }),
    });
    expect(messages[0]?.schema).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { x: { $ref: '#/$defs/S' }, y: { $ref: '#/$defs/AMessageOwn' }, z: { $ref: '#' } },
      $defs: {
        AMessageOwn: { $ref: '#/$defs/SInner' },
        S: { type: 'object', properties: { i: { $ref: '#/$defs/SInner' } } },
        SInner: { const: 1 },
      },
    });
  });

  it('speak 2020-12 where a draft-07 file is part of them', () => {
    const draft07 = { $schema: 'http://json-schema.org/draft-07/schema#' };
    const { messages } = modelOf({
      a: { $ref: 'shared/s.schema.json' },
      b: { ...draft07, $ref: 'shared/s.schema.json', title: 'ignored' },
      'shared/s': {
        ...draft07,
        items: [text],
        additionalItems: false,
        dependencies: { p: ['q'], r: { type: 'object' } },
      },
    });
    expect(messages[0]?.schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $defs: {
        S: {
          prefixItems: [text],
          items: false,
          dependentRequired: { p: ['q'] },
          dependentSchemas: { r: { type: 'object' } },
        },
      },
    });
    expect(messages[1]?.schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      $ref: '#/definitions/S',
      definitions: { S: { items: [text], additionalItems: false } },
    });
  });
});

describe('a root that is a reference', () => {
  it('has the documentation of what it stands for', () => {
    const scan = { description: 'Scans.', deprecated: true, ...object({}) };
    const [own, other] = modelOf({
      a: { $ref: '#/$defs/scan', $defs: { scan: { $ref: 'shared/scan.schema.json' } } },
      b: { $ref: 'shared/scan.schema.json', description: 'Its own words.' },
      'shared/scan': scan,
    }).messages;
    expect(own).toMatchObject({ doc: 'Scans.', deprecated: true });
    expect(other).toMatchObject({ doc: 'Its own words.' });
  });
});
