import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerSecret, openSecretStore } from '#main/secret-store.ts';
import type { Keyring, SecretStore } from '#main/secret-store.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

let folder: string;
let file: string;
let warnings: string[];
beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'secrets.json');
  warnings = [];
});
afterEach(() => removeFolder(folder));

/** Stands for the system's keyring, which no unit test has: what it encrypts only itself can decrypt. */
function keyring({ key = 7, available = true, backend = 'gnome_libsecret' } = {}): Keyring {
  const turn = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ key));
  return {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => Buffer.concat([Buffer.from([key]), turn(Buffer.from(text))]),
    decryptString(encrypted) {
      if (encrypted[0] !== key) throw new Error('another key');
      return turn(encrypted.subarray(1)).toString();
    },
  };
}

function open(of: Keyring = keyring(), platform: NodeJS.Platform = 'linux'): SecretStore {
  const silent = (): void => {};
  const note = (message: string): void => void warnings.push(message);
  return openSecretStore({ file, keyring: of, log: { info: silent, warn: note, error: note }, platform });
}

describe('secrets kept by main', () => {
  it('are there at the next start, and never on disk in plain text', async () => {
    const store = open();
    await store.set('server', 'a refresh token');
    await store.set('other', 'another');
    expect(store.isLasting).toBe(true);
    expect(readFileSync(file, 'utf8')).not.toContain('refresh');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const next = open();
    expect(next.get('server')).toBe('a refresh token');
    await next.set('server', null);
    expect(next.get('server')).toBeNull();
    expect(open().get('server')).toBeNull();
    expect(open().get('other')).toBe('another');
  });

  it.each([
    ['no encryption', keyring({ available: false })],
    ['a keyring that is none', keyring({ backend: 'basic_text' })],
  ])('with %s last until the program ends', async (_, none) => {
    const store = open(none);
    await store.set('server', 'a refresh token');
    expect(store.get('server')).toBe('a refresh token');
    expect(store.isLasting).toBe(false);
    expect(existsSync(file)).toBe(false);
    expect(open(none).get('server')).toBeNull();
  });

  it('ask only Linux which keyring it is', () => {
    const mac: Keyring = { ...keyring() };
    delete mac.getSelectedStorageBackend;
    expect(open(mac, 'darwin').isLasting).toBe(true);
    expect(open(mac, 'linux').isLasting).toBe(false);
  });

  it('that another keyring encrypted count as not there', async () => {
    await open().set('server', 'a refresh token');
    const store = open(keyring({ key: 9 }));
    expect(store.get('server')).toBeNull();
    await store.set('server', 'a newer one');
    expect(open(keyring({ key: 9 })).get('server')).toBe('a newer one');
  });

  it('leave nothing old in the file when the keyring is gone', async () => {
    await open().set('server', 'a refresh token');
    await open(keyring({ available: false })).set('server', 'a newer one');
    expect(open().get('server')).toBeNull();
  });

  it('start empty after a damaged file, which is set aside', async () => {
    writeFileSync(file, '{"secrets":');
    const store = open();
    expect(store.get('server')).toBeNull();
    expect(existsSync(`${file}.damaged`)).toBe(true);
    await store.set('server', 'a refresh token');
    expect(open().get('server')).toBe('a refresh token');
  });

  it('are kept beside a value that is not a text', async () => {
    await open().set('server', 'a refresh token');
    const stored = JSON.parse(readFileSync(file, 'utf8')) as { secrets: object };
    writeFileSync(file, JSON.stringify({ ...stored, secrets: { ...stored.secrets, other: 7 } }));
    expect(open().get('server')).toBe('a refresh token');
    expect(open().get('other')).toBeNull();
  });

  it('stay in memory if the file cannot be written, which is reported', async () => {
    mkdirSync(file);
    const store = open();
    await store.set('server', 'a refresh token');
    expect(store.get('server')).toBe('a refresh token');
    expect(store.isLasting).toBe(false);
    expect(warnings).toContain('secrets not written');
  });

  it('are answered by the id of the question', async () => {
    const store = open();
    const written = { kind: 'writeSecret' as const, id: 3, key: 'server', value: 'a refresh token' };
    expect(await answerSecret(store, written)).toEqual({
      kind: 'secret',
      id: 3,
      value: null,
      lasting: true,
    });
    const answer = await answerSecret(store, { kind: 'readSecret', id: 4, key: 'server' });
    expect(answer).toMatchObject({ id: 4, value: 'a refresh token' });
  });
});
