/** Holds the option table together: names, flags, defaults, the published schema, the type of a config. */
import fs from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Config, PackageConfig } from '../../../src/options/config.js';
import { configSchema } from '../../../src/options/config-schema.js';
import { OPTIONS, type Options, type PackageOptions, RUN_FLAGS, TARGET_NAMES } from '../../../src/options/options.js';

describe('the option table', () => {
  it('names no option and no flag twice', () => {
    const rows = [...OPTIONS, ...RUN_FLAGS];
    const flags = rows.flatMap(({ flag }) => (flag === undefined ? [] : [flag]));
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(new Set(flags).size).toBe(flags.length);
  });

  it('has a default that its own rule accepts, or none', () => {
    const refused = [...OPTIONS, ...RUN_FLAGS].filter(
      ({ default: standard, rule }) => standard !== null && rule.fault(standard) !== undefined,
    );
    expect(refused).toEqual([]);
  });

  it('says help without a full stop, for the help and the README put it in their own way', () => {
    expect([...OPTIONS, ...RUN_FLAGS].filter(({ help }) => help.endsWith('.') || help.includes('\n'))).toEqual([]);
  });

  it('knows the targets that there are', async () => {
    const { targets } = await import('../../../src/targets/index.js');
    expect(targets.map(({ name }) => name)).toEqual(TARGET_NAMES);
  });

  it('has a key for each key of a config', () => {
    expectTypeOf<keyof Config>().toEqualTypeOf<Exclude<keyof Options, 'root' | 'keptTargets'>>();
    expectTypeOf<keyof PackageConfig>().toEqualTypeOf<keyof PackageOptions>();
  });
});

describe('config.schema.json', () => {
  it('is what the option table says', async () => {
    const json = `${JSON.stringify(configSchema(), null, 2)}\n`;
    await expect(json).toMatchFileSnapshot('../../../src/options/config.schema.json');
  });

  it("accepts this repository's own config", () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(configSchema());
    const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    validate(manifest['gen-worker-client']);
    expect(validate.errors).toBeNull();
  });
});
