import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromData } from '#shared/shell/process.ts';
import { parentSecrets } from '#data/secrets.ts';
import type { ParentSecrets } from '#data/secrets.ts';
import { answerSecret, openSecretStore } from '#main/secret-store.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

/** The data process' secrets, answered by main's store over a line that takes its time. */
function connect(available = true): ParentSecrets {
  const silent = (): void => {};
  const store = openSecretStore({
    file: join(folder, 'secrets.json'),
    keyring: {
      isEncryptionAvailable: () => available,
      encryptString: (text) => Buffer.from(text).reverse(),
      decryptString: (encrypted) => Buffer.from(encrypted).reverse().toString(),
    },
    log: { info: silent, warn: silent, error: silent },
    platform: 'darwin',
  });
  const secrets: ParentSecrets = parentSecrets({
    postMessage(message: FromData) {
      if (message.kind !== 'readSecret' && message.kind !== 'writeSecret') throw new Error(message.kind);
      void answerSecret(store, message).then((answer) => secrets.receive(answer));
    },
  });
  return secrets;
}

describe('secrets of the data process', () => {
  it('are kept by main, also for the next process', async () => {
    const secrets = connect();
    await Promise.all([secrets.set('one', '1'), secrets.set('two', '2')]);
    expect(await Promise.all([secrets.get('two'), secrets.get('one'), secrets.get('three')])).toEqual([
      '2',
      '1',
      null,
    ]);
    expect(secrets.isPersistent).toBe(true);
    const next = connect();
    expect(await next.get('one')).toBe('1');
    await next.set('one', null);
    expect(await next.get('one')).toBeNull();
  });

  it('tell in the first answer that they do not outlive the program', async () => {
    const secrets = connect(false);
    await secrets.set('one', '1');
    expect(secrets.isPersistent).toBe(false);
    expect(await secrets.get('one')).toBe('1');
    expect(await connect(false).get('one')).toBeNull();
  });
});
