import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** Where what must stay secret is kept: outside of the workspace, so that no copy of a workspace signs anybody in. */
export interface Secrets {
  get(key: string): Promise<string | null>;
  /** Null forgets it. */
  set(key: string, value: string | null): Promise<void>;
  /** False where nothing of it outlives the program. Known by the first answer. */
  readonly available: boolean;
}

/** Secrets that last as long as the process. */
export function memorySecrets(): Secrets {
  const kept = new Map<string, string>();
  return {
    available: false,
    get: (key) => Promise.resolve(kept.get(key) ?? null),
    set(key, value) {
      if (value === null) kept.delete(key);
      else kept.set(key, value);
      return Promise.resolve();
    },
  };
}

/**
 * Secrets in a file of that folder that only its owner may read, for programs without a keyring. Each change is written before `set` resolves;
 * what another process keeps in it stays. Reading a file that is damaged finds nothing; `set` rejects with what the system says.
 */
export function fileSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  let writing: Promise<void> = Promise.resolve();

  async function write(key: string, value: string | null): Promise<void> {
    const { [key]: _, ...others } = readSecrets(file);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const next = value === null ? others : { ...others, [key]: value };
    await writeFileAtomic(file, `${JSON.stringify(next)}\n`, { mode: 0o600 });
  }
  return {
    available: true,
    get: (key) => Promise.resolve(readSecrets(file)[key] ?? null),
    set(key, value) {
      const written = writing.then(() => write(key, value));
      writing = written.catch(() => {});
      return written;
    },
  };
}

function readSecrets(file: string): Record<string, string> {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof found !== 'object' || found === null) return {};
    return Object.fromEntries(
      Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}
