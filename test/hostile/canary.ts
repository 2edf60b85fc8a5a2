/** Loads generated packages as their users would, and looks for what an attack would have left behind. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFiles } from '../temp-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Outcome {
  readonly status: number | null;
  readonly text: string;
}

function run(program: string, args: readonly string[], cwd: string): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status, text: `${stdout}${stderr}` };
}

/** Writes the packages below a folder, and compiles the one for TypeScript. */
export function installPackages(files: Readonly<Record<string, string>>, folder: string): Outcome {
  writeFiles(folder, files);
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  return run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'typescript'], folder);
}

const JAVASCRIPT = `
  const entries = Object.keys(JSON.parse(fs.readFileSync('typescript/package.json', 'utf8')).exports);
  const loaded = await Promise.all(
    ['dist', 'validators'].flatMap((folder) =>
      fs.readdirSync('typescript/' + folder, { recursive: true })
        .filter((file) => file.endsWith('.js'))
        .map((file) => import(path.resolve('typescript', folder, file))),
    ),
  );
  // What a schema says is read when the first payload comes.
  const { validators } = await import(path.resolve('typescript/validators.js'));
  await Promise.all(Object.values(validators).map((one) => one['~standard'].validate({})));
  console.log(loaded.length > 0, globalThis.canary, {}.polluted, fs.existsSync('canary'), entries.length > 0);
`;

/** Imports every module of the TypeScript package, and asks every validator. */
export const importTypescript = (folder: string): Outcome =>
  run(
    process.execPath,
    ['--input-type=module', '-e', `import fs from 'node:fs'; import path from 'node:path'; ${JAVASCRIPT}`],
    folder,
  );

const PYTHON = `
import importlib, os, pkgutil, sys, typing
sys.path.insert(0, "python")
import worker_client, worker_client.types as types
names = [module.name for module in pkgutil.walk_packages(worker_client.__path__, "worker_client.")]
modules = [importlib.import_module(name) for name in names]
# Annotations that are text are evaluated here.
hints = [typing.get_type_hints(value, include_extras=True) for value in vars(types).values() if typing.is_typeddict(value)]
print(len(modules) > 0, len(hints) > 0, os.environ.get("CANARY"), os.path.exists("canary"))
`;

/**
 * Imports every module of the Python package, and evaluates every annotation.
 *
 * @param python - an interpreter that has what the package needs
 */
export const importPython = (python: string, folder: string): Outcome => run(python, ['-B', '-c', PYTHON], folder);
