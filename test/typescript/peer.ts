/** The 68 messages of the published peer: its types, read back into the schemas that they came from. */
import { fileURLToPath } from 'node:url';
import { type InterfaceDeclaration, Node, Project, type PropertySignature, SyntaxKind, type TypeNode } from 'ts-morph';

export const PEER = '@mesh-sync/worker-backend-client';

type Schema = Readonly<Record<string, unknown>>;

export interface PeerMessage {
  readonly type: string;
  readonly method: string;
  readonly payloadType: string;
  readonly schema: Schema;
}

/** All messages of the peer, in the order of its package. */
export function readPeer(): readonly PeerMessage[] {
  const file = fileURLToPath(new URL(`../../node_modules/${PEER}/dist/types.d.ts`, import.meta.url));
  const source = new Project({ useInMemoryFileSystem: false }).addSourceFileAtPath(file);
  const types = source
    .getVariableDeclarationOrThrow('MessageTypes')
    .getDescendantsOfKind(SyntaxKind.StringLiteral)
    .map((literal) => literal.getLiteralValue());
  return types.map((type) => {
    const words = type.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    const payloadType = `${words.join('')}Message`;
    const method = words.join('').replace(/^./, (sign) => sign.toLowerCase());
    return { type, method, payloadType, schema: schemaOf(source.getInterfaceOrThrow(payloadType)) };
  });
}

const schemaOf = (declaration: InterfaceDeclaration): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...descriptionOf(declaration),
  ...objectOf(declaration.getProperties()),
});

function objectOf(properties: readonly PropertySignature[]): Schema {
  const required = properties.filter((property) => !property.hasQuestionToken()).map((property) => property.getName());
  return {
    type: 'object',
    properties: Object.fromEntries(
      properties.map((property) => [
        property.getName(),
        { ...typeOf(property.getTypeNodeOrThrow()), ...descriptionOf(property) },
      ]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
}

function typeOf(node: TypeNode): Schema {
  if (Node.isTypeLiteral(node)) return objectOf(node.getProperties());
  if (Node.isArrayTypeNode(node)) return { type: 'array', items: typeOf(node.getElementTypeNode()) };
  if (Node.isTypeReference(node)) {
    const [first, second] = node.getTypeArguments();
    if (node.getTypeName().getText() === 'Array' && first) return { type: 'array', items: typeOf(first) };
    if (second !== undefined) return { type: 'object', additionalProperties: typeOf(second) };
  }
  const text = node.getText();
  if (text === 'unknown') return {};
  if (['string', 'number', 'boolean'].includes(text)) return { type: text };
  throw new Error(`the peer has a type that this does not read: ${text}`);
}

function descriptionOf(node: InterfaceDeclaration | PropertySignature): Schema {
  const description = node
    .getJsDocs()
    .map((doc) => doc.getDescription().trim())
    .join('\n');
  return description === '' ? {} : { description };
}
