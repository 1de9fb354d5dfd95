import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { useCheapKeys } from '#test/support/cheap-keys.ts';
import { exportTo, stateOf, addFrom } from '#test/support/backup-file.ts';
import { flipBit } from '#test/support/damage.ts';
import { makeFolder, removeFolder, testFolder } from '#test/support/folder.ts';
import { season } from '#test/support/prune.ts';
import { refusalIn, refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const passphrase = 'correct horse battery stäple';

/** A backup, and its file without and with the passphrase: deriving a key takes most of a second. */
let id = '';
let [plainBytes, encrypted] = [Buffer.alloc(0), Buffer.alloc(0)];
const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const [backup] = await season(workspace, [1]);
  id = backup?.id ?? '';
  const folder = makeFolder();
  const [one, two] = [join(folder, 'plain.frames'), join(folder, 'one.frames')];
  await exportTo(workspace, id, one);
  await exportTo(workspace, id, two, { passphrase });
  [plainBytes, encrypted] = [readFileSync(one), readFileSync(two)];
  removeFolder(folder);
});

/** The backup as the programs of age encrypt it, with a key that takes little work. */
async function encryptCheaply(): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(8);
  encrypter.setPassphrase(passphrase);
  return encrypter.encrypt(plainBytes);
}

async function open(bytes: Uint8Array = encrypted) {
  const workspace = await testWorkspace({ template });
  const plain = join(testFolder(), 'plain.frames');
  writeFileSync(plain, plainBytes);
  const file = join(testFolder(), 'one.frames');
  writeFileSync(file, bytes);
  const before = stateOf(workspace);
  const refusalOf = async (path: string, given?: string) => {
    const refusal = await addFrom(workspace, path, { passphrase: given }).then(() => null, refusalIn);
    expect(stateOf(workspace)).toEqual(before);
    return refusal;
  };
  return { workspace, id, file, plain, refusalOf };
}

describe('a backup as an encrypted file', () => {
  test('shows nothing of its content, and is added with its passphrase', async () => {
    const { workspace, id, file } = await open();
    const bytes = readFileSync(file);
    expect(bytes.toString('latin1', 0, 22)).toBe('age-encryption.org/v1\n');
    for (const told of [id, 'FRAMES', workspace.files.folder]) expect(bytes.includes(told)).toBe(false);
    expect(await addFrom(workspace, file, { passphrase })).toMatchObject({ id, already: true });
  });

  test('is compatible with age', async () => {
    const { workspace, id, file, plain } = await open();
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    const inside = await decrypter.decrypt(readFileSync(file));
    expect(inside.length).toBe(readFileSync(plain).length);
    writeFileSync(file, await encryptCheaply());
    expect(await addFrom(workspace, file, { passphrase })).toMatchObject({ id, already: true });
  });

  test('encrypted for a key, or with too much work, is refused', async () => {
    const { file, plain, refusalOf } = await open();
    const text = readFileSync(file, 'latin1');
    const work = (logN: string): void =>
      writeFileSync(file, text.replace(/^(-> scrypt \S+) 18$/m, `$1 ${logN}`), 'latin1');
    for (const logN of ['19', '62', '99', '018', '1e1']) {
      work(logN);
      expect(await refusalOf(file, passphrase), logN).toMatchObject({ data: { reason: 'damaged' } });
    }
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(await generateIdentity()));
    writeFileSync(file, await encrypter.encrypt(readFileSync(plain)));
    expect(await refusalOf(file, passphrase)).toMatchObject({ data: { reason: 'other_kind' } });
  });
});

describe('one encrypted with little work', () => {
  useCheapKeys();

  test('with another passphrase, or none, is refused', async () => {
    const { file, plain, workspace, id, refusalOf } = await open(await encryptCheaply());
    for (const wrong of ['correct horse battery staple', `${passphrase} `, 'x']) {
      const refusal = await refusalOf(file, wrong);
      expect(refusal).toMatchObject({ code: 'BAD_FILE', data: { reason: 'wrong_passphrase' } });
      expect(refusal?.message).not.toContain(wrong.length > 1 ? wrong : passphrase);
    }
    expect(await refusalOf(file)).toMatchObject({ data: { reason: 'passphrase_needed' } });
    // One that needs none is not refused for having been given one.
    expect(await addFrom(workspace, plain, { passphrase })).toMatchObject({ id, already: true });
  });

  test('that was changed, cut off or added to is refused', { timeout: 120_000 }, async () => {
    const { file, refusalOf } = await open(await encryptCheaply());
    const other = `${file}.bad`;
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (where) => {
        copyFileSync(file, other);
        flipBit(other, where);
        expect((await refusalOf(other, passphrase))?.code).toBe('BAD_FILE');
      }),
      { numRuns: 30, examples: [[0], [0.001], [0.002], [1]] },
    );
    const { length } = readFileSync(file);
    for (const keep of [10, 22, 60, 150, length / 2, length - 1]) {
      copyFileSync(file, other);
      truncateSync(other, Math.floor(keep));
      expect((await refusalOf(other, passphrase))?.code, `${keep} bytes`).toBe('BAD_FILE');
    }
    copyFileSync(file, other);
    appendFileSync(other, 'x');
    expect((await refusalOf(other, passphrase))?.code).toBe('BAD_FILE');
  });

  test('cancelled does not exist, neither written nor added', async () => {
    const { workspace, id, file, refusalOf } = await open(await encryptCheaply());
    const away = join(testFolder(), 'two.frames');
    const stop = new AbortController();
    const writing = exportTo(workspace, id, away, {
      passphrase,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await refused('CANCELLED', writing);
    expect(readdirSync(dirname(away))).toEqual([]);
    const late = new AbortController();
    const before = stateOf(workspace);
    const taking = addFrom(workspace, file, {
      passphrase,
      signal: late.signal,
      onProgress: () => late.abort(),
    });
    await refused('CANCELLED', taking);
    expect(stateOf(workspace)).toEqual(before);
    expect(await refusalOf(file, 'wrong')).toMatchObject({ code: 'BAD_FILE' });
  });

  test('works through the contract, with a long enough passphrase', async () => {
    const { workspace, id, file } = await open(await encryptCheaply());
    const { grants } = workspace.core.services;
    const { backups } = workspace.as();
    const short = backups.exportFile({ id, grant: grants.issue(file, 'write'), passphrase: 'short' });
    await refused('INVALID', short.then(resultOf));
    await resultOf(await backups.exportFile({ id, grant: grants.issue(file, 'write'), passphrase }));
    const wrong = backups.importFile({ grant: grants.issue(file, 'read'), passphrase: 'wrong' });
    await refused('BAD_FILE', wrong.then(resultOf));
    const taken = await resultOf(await backups.importFile({ grant: grants.issue(file, 'read'), passphrase }));
    expect(taken).toMatchObject({ id, already: true });
  });
});
