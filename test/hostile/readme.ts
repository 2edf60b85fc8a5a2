/** What a Markdown page shows besides text: headings, links, markup. */
import MarkdownIt from 'markdown-it';

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

/** Everything that a browser would be given but text and code; links and images with where they lead. */
export function structureOf(markdown: string): readonly string[] {
  const page = new MarkdownIt({ html: true, linkify: true });
  return page.parse(markdown, {}).flatMap(structureOfToken);
}

/** Text may have paragraphs. */
const TEXT = new Set([
  'paragraph_open',
  'paragraph_close',
  'text',
  'text_special',
  'softbreak',
  'hardbreak',
  'code_inline',
]);

function structureOfToken(token: Token): readonly string[] {
  const { type, tag, info, attrs, content, children } = token;
  if (TEXT.has(type)) return [];
  if (children !== null) return children.flatMap(structureOfToken);
  const said = [type, tag, info, ...(attrs ?? []).map((pair) => pair.join('='))];
  return [[...said, ...(type.startsWith('html') ? [content] : [])].filter((part) => part !== '').join(' ')];
}
