import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '#files/replace-file.ts';
import { readTextSync } from '#files/open-file.ts';

/** Storage for secrets outside the workspace, so that a copy of a workspace never signs anybody in. */
export interface Secrets {
  get(key: string): Promise<string | null>;
  /** Null deletes the secret. */
  set(key: string, value: string | null): Promise<void>;
  /** False if secrets do not outlive the program. Only reliable after the first call of `get` or `set`. */
  readonly isPersistent: boolean;
}

export function memorySecrets(): Secrets {
  const secrets = new Map<string, string>();
  return {
    isPersistent: false,
    get: (key) => Promise.resolve(secrets.get(key) ?? null),
    set(key, value) {
      if (value === null) secrets.delete(key);
      else secrets.set(key, value);
      return Promise.resolve();
    },
  };
}

/** Secrets in a file that only its owner can read, for programs without a keyring. A corrupt file reads as empty. */
export function fileSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  let lastWrite: Promise<void> = Promise.resolve();

  async function writeSecret(key: string, value: string | null): Promise<void> {
    const { [key]: _, ...others } = readSecrets(file);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const next = value === null ? others : { ...others, [key]: value };
    await replaceFile(file, `${JSON.stringify(next)}\n`, { mode: 0o600 });
  }
  return {
    isPersistent: true,
    get: (key) => Promise.resolve(readSecrets(file)[key] ?? null),
    set(key, value) {
      const nextWrite = lastWrite.then(() => writeSecret(key, value));
      lastWrite = nextWrite.catch(() => {});
      return nextWrite;
    },
  };
}

function readSecrets(file: string): Record<string, string> {
  try {
    const content: unknown = JSON.parse(readTextSync(file));
    if (typeof content !== 'object' || content === null) return {};
    return Object.fromEntries(
      Object.entries(content).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}
