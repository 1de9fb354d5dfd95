import { z } from 'zod';
import { replaceFile } from '#files/replace-file.ts';
import type { FromData, ToData } from '#shared/shell/process.ts';
import { errorFields } from './log.ts';
import type { MainLog } from './log.ts';
import { readStored } from './stored-file.ts';

/** The subset of Electron's `safeStorage` used here. It stores its key in the system keyring. */
export interface Keyring {
  isEncryptionAvailable(): boolean;
  /** Linux only. `basic_text` means that there is no keyring. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

export interface SecretStore {
  /** Whether secrets survive a restart. The first access can make the system prompt for the keyring. */
  readonly isLasting: boolean;
  get(key: string): string | null;
  /** Null deletes the secret. Resolves after the write, or at once if kept in memory. Never rejects. */
  set(key: string, value: string | null): Promise<void>;
  flush(): Promise<void>;
}

export interface SecretStoreOptions {
  file: string;
  keyring: Keyring;
  log: MainLog;
  platform?: NodeJS.Platform | undefined;
}

/** Leaves out values that are not strings, so that one of them does not lose the others. */
const storedSecrets = z.object({
  secrets: z
    .record(z.string(), z.unknown())
    .default({})
    .transform((secrets) =>
      Object.fromEntries(
        Object.entries(secrets).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ),
    ),
});

/** Stores secrets encrypted, or in memory without a keyring; never plain text on disk. A corrupt file is renamed. */
export function openSecretStore(options: SecretStoreOptions): SecretStore {
  const { file, keyring, log, platform = process.platform } = options;
  const memory = new Map<string, string>();
  let encryptedSecrets: Record<string, string> | undefined;
  let hasKeyring: boolean | undefined;
  let isWritable = true;
  let lastWrite: Promise<void> = Promise.resolve();

  const loadSecrets = (): Record<string, string> =>
    (encryptedSecrets ??= readStored(file, storedSecrets).secrets);
  function canEncrypt(): boolean {
    hasKeyring ??= isUsableKeyring(keyring, platform);
    return hasKeyring;
  }

  function write(): Promise<void> {
    const text = `${JSON.stringify({ version: 1, secrets: loadSecrets() })}\n`;
    lastWrite = lastWrite
      .then(() => replaceFile(file, text, { mode: 0o600 }))
      .then(
        () => void (isWritable = true),
        (error: unknown) => {
          isWritable = false;
          log.error('secrets not written', errorFields(error));
        },
      );
    return lastWrite;
  }

  function encrypt(value: string): string | null {
    if (!canEncrypt()) return null;
    try {
      return keyring.encryptString(value).toString('base64');
    } catch (error) {
      hasKeyring = false;
      log.warn('the keyring does not encrypt', errorFields(error));
      return null;
    }
  }

  return {
    get isLasting() {
      return canEncrypt() && isWritable;
    },
    get(key) {
      const cached = memory.get(key);
      if (cached !== undefined) return cached;
      const stored = loadSecrets()[key];
      if (stored === undefined || !canEncrypt()) return null;
      try {
        return keyring.decryptString(Buffer.from(stored, 'base64'));
      } catch (error) {
        log.warn('a secret cannot be decrypted', errorFields(error));
        return null;
      }
    },
    async set(key, value) {
      if (value === null) memory.delete(key);
      else memory.set(key, value);
      const encryptedValue = value === null ? null : encrypt(value);
      const { [key]: previous, ...others } = loadSecrets();
      // Without a keyring, the file is written only to delete an outdated secret.
      if (encryptedValue === null && previous === undefined) return;
      encryptedSecrets = encryptedValue === null ? others : { ...others, [key]: encryptedValue };
      await write();
    },
    flush: () => lastWrite,
  };
}

export async function answerSecret(
  store: SecretStore,
  message: Extract<FromData, { kind: 'readSecret' | 'writeSecret' }>,
): Promise<Extract<ToData, { kind: 'secret' }>> {
  const { id, key } = message;
  if (message.kind === 'writeSecret') await store.set(key, message.value);
  const value = message.kind === 'readSecret' ? store.get(key) : null;
  return { kind: 'secret', id, value, lasting: store.isLasting };
}

/** False on Linux without a keyring, where Electron encrypts with a publicly known key. */
function isUsableKeyring(keyring: Keyring, platform: NodeJS.Platform): boolean {
  if (!keyring.isEncryptionAvailable()) return false;
  if (platform !== 'linux') return true;
  const backend = keyring.getSelectedStorageBackend?.() ?? 'unknown';
  return backend !== 'basic_text' && backend !== 'unknown';
}
