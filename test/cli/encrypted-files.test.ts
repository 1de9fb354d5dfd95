import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { useCheapKeys } from '#test/support/cheap-keys.ts';
import { inFolder, runHere } from './frames.ts';
import type { Ended } from './frames.ts';

const { at, folder, json, refused, seed } = inFolder();
const passphrase = 'a long passphrase';
useCheapKeys();

/** Runs a command line with the passphrase in the environment. */
const withPassphrase = (line: string, given = passphrase): Promise<Ended> =>
  runHere(folder, [...line.split(' '), '--passphrase', 'env', '--json'], { FRAMES_PASSPHRASE: given });

beforeAll(async () => {
  await seed();
});

describe('an encrypted export', () => {
  test.each(['frames', 'gexf'])('of records as %s is read back with its passphrase alone', async (ending) => {
    const file = `${ending}.${ending}.age`;
    expect(await withPassphrase(`export --workspace w --out ${file}`)).toMatchObject({ code: 0 });
    expect(readFileSync(at(file)).toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/);
    const into = `import ${file} --workspace ${ending}`;
    const without = await refused(...into.split(' '));
    expect([without.code, without.error]).toMatchObject([1, { details: { reason: 'encrypted' } }]);
    const wrong = await withPassphrase(into, 'not the passphrase');
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('wrong_passphrase')]);
    expect(await withPassphrase(into)).toMatchObject({ code: 0 });
    expect(await json('verify', '--workspace', ending)).toMatchObject({ counts: { teams: 64 } });
  });

  test('can be written to standard output, and replaces only allowed files', async () => {
    const { stdout } = await runHere(folder, 'export --workspace w --passphrase env'.split(' '), {
      FRAMES_PASSPHRASE: passphrase,
    });
    expect(stdout).toMatch(/^age-encryption\.org\/v1\n/);
    await withPassphrase('export --workspace w --out kept.json.age');
    // What is not encrypted never takes the place of what is.
    const plain = await refused('export', '--workspace', 'w', '--out', 'kept.json.age', '--replace');
    expect(plain.error.details).toMatchObject({ reason: 'encrypted_there' });
    expect(await withPassphrase('export --workspace w --out kept.json.age --replace')).toMatchObject({
      code: 0,
    });
  });

  test.each(['json', 'xlsx'])('of %s is read from standard input', async (ending) => {
    const file = `piped.${ending}.age`;
    await withPassphrase(`export --workspace w --out ${file}`);
    const line = ['import', '-', '--workspace', `piped-${ending}`, '--passphrase', 'env', '--json'];
    const input = () => Promise.resolve(readFileSync(at(file)));
    expect(await runHere(folder, line, { FRAMES_PASSPHRASE: passphrase }, input)).toMatchObject({ code: 0 });
    expect(await json('verify', '--workspace', `piped-${ending}`)).toMatchObject({ counts: { teams: 64 } });
  });

  test('wants a passphrase that is long enough', async () => {
    expect(await withPassphrase('export --workspace w --out short.json.age', 'short')).toMatchObject({
      code: 2,
    });
  });

  test('of which a byte was changed is refused', async () => {
    await withPassphrase('export --workspace w --out cut.json.age');
    const bytes = readFileSync(at('cut.json.age'));
    bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1;
    writeFileSync(at('cut.json.age'), bytes);
    const { code, stderr } = await withPassphrase('import cut.json.age --workspace none');
    expect([code, stderr]).toEqual([1, expect.stringContaining('"damaged"')]);
  });
});
