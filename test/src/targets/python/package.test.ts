/** A model in, the files of the pip package out. */
import { describe, expect, it } from 'vitest';
import { renderFolder } from '../../../../src/render/engine.js';
import { Report } from '../../../../src/report/report.js';
import { python } from '../../../../src/targets/python/index.js';
import { buildView } from '../../../../src/targets/python/view.js';
import type { JsonObject } from '../../../../src/text/json.js';
import { modelOf } from '../../../model-of.js';
import { optionsOf } from '../../../render-of.js';

const SCHEMAS = {
  close: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], 'x-result': 'class' },
  class: { type: 'array', items: { type: 'string' }, deprecated: true, description: 'Names.\nMany.' },
  'send-later': { type: 'object', 'x-queue': 'slow' },
};

async function render(schemas: Readonly<Record<string, unknown>> = SCHEMAS, config: JsonObject = {}) {
  const { reservedMethods, reservedTypes } = python;
  const report = new Report();
  const files = await python.render(modelOf(schemas, { reservedMethods, reservedTypes }), optionsOf(config), report);
  expect(report.diagnostics).toEqual([]);
  return { files, text: (path: string) => files.find((file) => file.path === `python/${path}`)?.text ?? '' };
}

/** Throws for what a view does not have: an empty `{{#if typo}}` is no error of Handlebars. */
const strict = <T extends object>(view: T): T =>
  new Proxy(view, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'string' && !Object.hasOwn(target, key)) throw new Error(`the view has no ${key}`);
      return typeof value === 'object' && value !== null && key !== 'length' ? strict(value) : value;
    },
  });

describe('the package', () => {
  it('has its files in code-point order, each with LF line ends and one at its end', async () => {
    const { files } = await render();
    const paths = files.map((file) => file.path);
    expect(paths).toEqual(paths.toSorted());
    const odd = files.filter(({ path, text }) => !path.endsWith('/py.typed') && /\r|\n\n$|[^\n]$/.test(text));
    expect(odd.map((file) => file.path)).toEqual([]);
  });

  it('prints only what its view has', () => {
    const model = modelOf(SCHEMAS);
    const { root, ...options } = optionsOf();
    const view = strict(buildView(model, { root, ...options }));
    const report = new Report();
    expect(renderFolder({ target: 'python', overrides: null, root, view }, report).length).toBeGreaterThan(20);
    expect(report.diagnostics).toEqual([]);
  });

  it('has the name, the module and the idempotency of the config', async () => {
    const about = { pypi: 'acme-jobs', pythonModule: 'acme_jobs', version: '1.2.3-rc.1', repository: 'acme/jobs' };
    const { files, text } = await render(SCHEMAS, { package: about, idempotency: 'server' });
    expect(text('acme_jobs/client.py')).toContain('_ABOUT = About(package="acme-jobs", idempotency="server")');
    expect(text('pyproject.toml')).toContain('name = "acme-jobs"\nversion = "1.2.3rc1"\n');
    expect(text('pyproject.toml')).toContain('[project.urls]\nRepository = "https://github.com/acme/jobs"\n');
    expect(text('pyproject.toml')).toContain('packages = ["acme_jobs"]');
    expect(text('README.md')).toContain('from acme_jobs import WorkerClient');
    expect(text('README.md')).toContain(
      'pip install "git+https://github.com/acme/jobs.git#subdirectory=generated/python"',
    );
    expect(files.filter(({ path }) => path.includes('worker_client'))).toEqual([]);
  });

  it('takes job options where the config says that the backend does', async () => {
    const { text: off } = await render();
    expect(off('worker_client/client.py')).not.toContain('job_options');
    expect(off('README.md')).toContain('`job_options`; the last is a `ConfigurationError` here');
    const { text: on } = await render(SCHEMAS, { jobOptions: true });
    expect(on('worker_client/client.py').match(/_ABOUT = About\(.*, job_options=True\)/g)?.length).toBe(2);
    expect(on('README.md')).toContain('job_options={"delay": 60_000, "priority": 2})');
  });

  it('says nothing of a repository that there is not', async () => {
    const { text } = await render();
    expect(text('pyproject.toml')).not.toContain('[project.urls]');
    expect(text('README.md')).not.toContain('git+');
    expect(
      (await render(SCHEMAS, { package: { repository: 'https://git.example.com/a' } })).text('README.md'),
    ).toContain('### From the repository\n');
  });

  it('carries the schema of each message', async () => {
    const { files, text } = await render();
    const schemas = files.filter(({ path }) => path.includes('/_schemas/')).map(({ path }) => path);
    expect(schemas).toEqual(
      ['class', 'close', 'send-later'].map((type) => `python/worker_client/_schemas/${type}.json`),
    );
    expect(JSON.parse(text('worker_client/_schemas/class.json'))).toMatchObject({ type: 'array', deprecated: true });
  });
});

describe('the client', () => {
  it('has a method for each message; one that is taken, or a keyword, has a word more', async () => {
    const { text } = await render();
    const methods = [...text('worker_client/client.py').matchAll(/^ {4}(?:async )?def (\w+)\(\n? *self/gm)].map(
      ([, name]) => name,
    );
    const own = ['class_message', 'close_message', 'send_later', ...Array<string>(4).fill('send_to_queue')];
    expect(methods).toEqual([...own, ...own]);
    expect(text('README.md')).toContain('**Method:** `client.class_message(data)`');
  });

  it('marks a deprecated message for type checkers and readers', async () => {
    const { text } = await render();
    const client = text('worker_client/client.py');
    expect(client.match(/@deprecated\("class is deprecated"\)\n {4}(async )?def class_message\(/g)?.length).toBe(2);
    expect(client).toContain('        Names.\n        Many.\n\n        Enqueues `class`.\n\n        Deprecated.\n');
    expect(text('worker_client/types.py')).toContain('    CLASS: Final = "class"\n    """Deprecated."""\n');
    expect(text('README.md')).toContain('### class\n\n**Deprecated.**\n');
    const { 'send-later': plain } = SCHEMAS;
    expect((await render({ plain })).text('worker_client/client.py')).not.toContain('deprecated');
  });

  it('has no overload where there is one message only', async () => {
    const { text } = await render({ 'send-later': SCHEMAS['send-later'] });
    expect(text('worker_client/client.py')).not.toContain('overload');
    expect(text('worker_client/types.py')).toContain('MessageType: TypeAlias = Literal["send-later"]\n');
  });
});

describe('the README', () => {
  it('says where a message goes, and what comes of it', async () => {
    const { text } = await render();
    expect(text('README.md')).toContain('**Queue:** `slow`');
    expect(text('README.md')).toContain('**Result:** `ClassMessage`');
  });

  it('says how open objects are typed', async () => {
    expect((await render()).text('README.md')).toContain('has a type of the declared fields only');
    expect((await render(SCHEMAS, { openObjects: 'index-signature' })).text('README.md')).toContain(
      'An object that may have other fields is accepted as a plain mapping as well.',
    );
  });
});
