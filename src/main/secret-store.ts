import { readFileSync, renameSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { FromData, ToData } from '#shared/shell/process.ts';
import { errorFields } from './log.ts';
import type { MainLog } from './log.ts';

/** What is needed of Electron's `safeStorage`, which keeps its key in the keyring of the system. */
export interface Keyring {
  isEncryptionAvailable(): boolean;
  /** On Linux, which keyring it is: `basic_text` is none. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

/** What the data process has main keep for it. */
export interface SecretStore {
  /** Whether what is kept outlives the program. Asks the keyring at its first use, as the system may then ask the person. */
  readonly isLasting: boolean;
  get(key: string): string | null;
  /** Null forgets it. Resolves when it is on disk, or is known to be in memory only. Never rejects. */
  set(key: string, value: string | null): Promise<void>;
  /** Resolves when everything is on disk. */
  flush(): Promise<void>;
}

export interface SecretStoreOptions {
  file: string;
  keyring: Keyring;
  log: MainLog;
  platform?: NodeJS.Platform | undefined;
}

/**
 * Keeps secrets encrypted in a file; where there is no keyring, or the file cannot be written, in memory until the program ends. Nothing of them is
 * ever on disk in plain text. A file that is damaged is set aside, and what this keyring cannot decrypt counts as not there.
 */
export function openSecretStore(options: SecretStoreOptions): SecretStore {
  const { file, keyring, log, platform = process.platform } = options;
  const memory = new Map<string, string>();
  let encrypted: Record<string, string> | undefined;
  let hasKeyring: boolean | undefined;
  let isWritable = true;
  let writing: Promise<void> = Promise.resolve();

  const inFile = (): Record<string, string> => (encrypted ??= readEncrypted(file));
  function canEncrypt(): boolean {
    hasKeyring ??= isKeyring(keyring, platform);
    return hasKeyring;
  }

  function write(): Promise<void> {
    const text = `${JSON.stringify({ version: 1, secrets: inFile() })}\n`;
    writing = writing
      .then(() => writeFileAtomic(file, text, { mode: 0o600 }))
      .then(
        () => void (isWritable = true),
        (error: unknown) => {
          isWritable = false;
          log.error('secrets not written', errorFields(error));
        },
      );
    return writing;
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
      const known = memory.get(key);
      if (known !== undefined) return known;
      const found = inFile()[key];
      if (found === undefined || !canEncrypt()) return null;
      try {
        return keyring.decryptString(Buffer.from(found, 'base64'));
      } catch (error) {
        log.warn('a secret cannot be decrypted', errorFields(error));
        return null;
      }
    },
    async set(key, value) {
      if (value === null) memory.delete(key);
      else memory.set(key, value);
      const next = value === null ? null : encrypt(value);
      const { [key]: before, ...others } = inFile();
      // Without a keyring the file is touched only to take away what is of no use any more.
      if (next === null && before === undefined) return;
      encrypted = next === null ? others : { ...others, [key]: next };
      await write();
    },
    flush: () => writing,
  };
}

/** What the data process is answered that asks for a secret, or has one kept. */
export async function answerSecret(
  store: SecretStore,
  message: Extract<FromData, { kind: 'readSecret' | 'writeSecret' }>,
): Promise<Extract<ToData, { kind: 'secret' }>> {
  const { id, key } = message;
  if (message.kind === 'writeSecret') await store.set(key, message.value);
  const value = message.kind === 'readSecret' ? store.get(key) : null;
  return { kind: 'secret', id, value, lasting: store.isLasting };
}

/** False also where "encrypted" means with a key that everybody knows, as Linux does without a keyring. */
function isKeyring(keyring: Keyring, platform: NodeJS.Platform): boolean {
  if (!keyring.isEncryptionAvailable()) return false;
  if (platform !== 'linux') return true;
  const backend = keyring.getSelectedStorageBackend?.() ?? 'unknown';
  return backend !== 'basic_text' && backend !== 'unknown';
}

function readEncrypted(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  try {
    const { secrets } = JSON.parse(text) as { secrets: Record<string, unknown> };
    return Object.fromEntries(
      Object.entries(secrets).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    setAside(file);
    return {};
  }
}

function setAside(file: string): void {
  try {
    renameSync(file, `${file}.damaged`);
  } catch {
    // It is overwritten by the next change then.
  }
}
