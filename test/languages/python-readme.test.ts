/** The generated README against the seed document: the same structure, the same facts. */
import MarkdownIt from 'markdown-it';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks } from '../markdown.js';
import { renderRepository } from '../repository.js';
import { SEED } from '../seed.js';

/** Every heading of the seed document but those of the messages, in its order. */
const HEADINGS: readonly string[] = [
  '# Worker Backend Client (Python)',
  '## Installation',
  '### From PyPI (public registry)',
  '### From source (development)',
  '### From TestPyPI (testing)',
  '### From GitHub Packages (Recommended for Private Access)',
  '### From a private PyPI registry',
  '## Usage',
  '### Basic Example',
  '### Using Context Manager',
  '### Using Message Type Constants',
  '## Available Message Types',
  ...Object.keys(SEED).map((type) => `### ${type}`),
  '## Configuration',
  '### Environment Variables',
  '### Client Options',
  '## API Reference',
  '### `WorkerClient`',
  '#### Methods',
  '#### Context Manager Support',
  '### Response Types',
  '#### `JobResponse`',
  '#### `JobStatus`',
  '## Docker Usage',
  '## License',
];

const ENVIRONMENT = [
  '- `WORKER_BACKEND_URL`: Base URL of the worker backend',
  '- `WORKER_BACKEND_API_KEY`: Optional API key for authentication',
  '- `WORKER_BACKEND_TIMEOUT`: Request timeout in seconds',
];

const RESPONSES = [
  'class JobResponse:\n    success: bool\n    job_id: str\n    message_name: str\n    queue: str\n',
  `class JobStatus:
    job_id: str
    name: str
    queue: str
    state: str  # 'waiting' | 'active' | 'completed' | 'failed' | 'delayed'
    data: Any
    returnvalue: Optional[Any]
    progress: Optional[int]
    timestamp: int
`,
];

const snake = (type: string): string => type.replaceAll('-', '_');
const payloadType = (type: string): string =>
  `${type.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}Message`;

let page = '';
beforeAll(async () => {
  page = (await renderRepository('python')).get('python/README.md') ?? '';
});

/** The lines from a heading to the next one. */
const sectionOf = (heading: string): readonly string[] => {
  const lines = page.split('\n');
  const start = lines.indexOf(heading);
  const end = lines.findIndex((line, index) => index > start && line.startsWith('#'));
  return start === -1 ? [] : lines.slice(start + 1, end);
};

/** The methods that the seed document lists, with what it says of each. */
const METHODS: readonly (readonly string[])[] = [
  [
    '- `send_to_queue(message_type: str, payload: Dict[str, Any]) -> JobResponse`',
    '  - Send a job to the queue with the specified message type',
  ],
  ['- `get_job_status(job_id: str) -> JobStatus`', '  - Get the current status of a job'],
  ...Object.entries(SEED).map(([type, { description }]) => [
    `- \`${snake(type)}(data: ${payloadType(type)}) -> JobResponse\``,
    `  - ${description}`,
  ]),
  ['- `close() -> None`', '  - Close the HTTP session'],
];

describe('the README', () => {
  it('has every heading of the seed document, in its order', () => {
    const known = new Set(HEADINGS);
    const blocks = codeBlocks(page).map(({ text }) => text);
    const prose = blocks.reduce((rest, block) => rest.replace(block, ''), page);
    expect(prose.split('\n').filter((line) => known.has(line))).toEqual(HEADINGS);
  });

  it.each(Object.entries(SEED))('says of %s what the seed document says', (type, { description, fields }) => {
    const lines = sectionOf(`### ${type}`).filter((line) => line !== '');
    expect(lines).toEqual([
      `**Description:** ${description}`,
      `**Method:** \`client.${snake(type)}(data)\``,
      `**Payload Type:** \`${payloadType(type)}\``,
      '**Fields:**',
      ...fields.map(([name, json, mark, text]) => `- \`${name}\` (${json}) [${mark}]: ${text}`),
    ]);
  });

  it('lists the environment variables', () =>
    expect(sectionOf('### Environment Variables').filter((line) => line.startsWith('- '))).toEqual(ENVIRONMENT));

  it.each(METHODS)('lists the method %s', (signature, about) => {
    const lines = sectionOf('#### Methods');
    expect(lines[lines.indexOf(signature) + 1]).toBe(about);
  });

  it.each(RESPONSES)('shows the response type: %s', (type) => expect(page).toContain(type));

  it('shows how to build and run the image, and names the licence', () => {
    const commands = sectionOf('## Docker Usage').filter((line) => /^(cd|docker) /.test(line));
    expect(commands).toEqual([
      'cd generated/python',
      'docker build -t worker-client-python .',
      'docker run -it --rm worker-client-python python',
    ]);
    expect(page.trimEnd().split('\n').slice(-3)).toEqual(['## License', '', 'ISC']);
  });

  it('has no address of a public index, and no token in a command', () => {
    const addresses = [...page.matchAll(/https?:\/\/[^\s"'`)]+/g)].map(([address]) => new URL(address).host);
    expect(new Set(addresses)).toEqual(new Set(['github.com', 'localhost:3000', 'your-registry.example.com']));
    const commands = codeBlocks(page).filter(({ language }) => language === 'bash');
    expect(commands.filter(({ text }) => /pip install .*(token|ghp_|:\/\/[^"]*@)/i.test(text))).toEqual([]);
  });

  it('is Markdown without HTML but its first line', () => {
    const html = new MarkdownIt({ html: true }).parse(page, {}).filter(({ type }) => type === 'html_block');
    expect(html.map(({ map }) => map?.[0])).toEqual([0]);
  });
});
