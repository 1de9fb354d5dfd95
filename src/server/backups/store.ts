import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolder, readText, writeNewFile } from '#files/open-file.ts';
import type { BackupConfig } from '../config.ts';
import { assertSameFile, otherFile, readFileFacts, readLines, writeLines } from './file.ts';
import { manifestText, readManifest } from './manifest.ts';
import type { Manifest, ManifestFacts } from './manifest.ts';
import { BackupProblem, problemText } from './problem.ts';

/** A time and a random suffix. Ids come from requests and become part of a file name, so their form is checked. */
const idPattern = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/;
const msPerDay = 24 * 3_600_000;

const createId = (made_at: string): string =>
  `${made_at.replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;

type BackupFacts = Omit<ManifestFacts, 'format' | 'id' | 'file' | 'encrypted'>;

/** The backups of a folder. Each is a compressed file and a manifest, which is written last. */
export class BackupStore {
  readonly #config: BackupConfig;

  constructor(config: BackupConfig) {
    this.#config = config;
  }

  #path(id: string, extension: 'json' | 'backup'): string {
    return join(this.#config.folder, `${id}.${extension}`);
  }

  /** Writes a backup; a failed one leaves no files. */
  async write(facts: BackupFacts, lines: AsyncIterable<string>, signal: AbortSignal): Promise<Manifest> {
    const { folder, passphrase } = this.#config;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const id = createId(facts.made_at);
    const [path, temporaryPath] = [this.#path(id, 'backup'), this.#path(id, 'backup').concat('.tmp')];
    const manifestPath = this.#path(id, 'json');
    try {
      const file = await writeLines(temporaryPath, lines, passphrase, signal);
      await rename(temporaryPath, path);
      const text = manifestText({ ...facts, format: 1, id, encrypted: passphrase !== null, file });
      await writeNewFile(`${manifestPath}.tmp`, text, { mode: 0o600, fsync: true });
      await rename(`${manifestPath}.tmp`, manifestPath);
      await syncFolder(folder);
      return readManifest(text);
    } catch (error) {
      for (const leftover of [temporaryPath, `${manifestPath}.tmp`, manifestPath, path])
        await rm(leftover, { force: true });
      throw error;
    }
  }

  /** Ids of all files whose name is that of a backup, newest first, whether or not the backup is readable. */
  async #ids(): Promise<string[]> {
    const names = await readdir(this.#config.folder).catch(() => []);
    const ids = names.map((name) => name.replace(/\.(json|backup)$/, '')).filter((id) => idPattern.test(id));
    return [...new Set(ids)].toSorted().toReversed();
  }

  /** The newest readable backup of a server. */
  async findNewest(serverId: string): Promise<Manifest | null> {
    for (const id of await this.#ids()) {
      const manifest = await this.#findReadable(id);
      if (manifest?.server.server_id === serverId) return manifest;
    }
    return null;
  }

  /** Newest first. Unreadable manifests are skipped. */
  async list(): Promise<Manifest[]> {
    const manifests = await Promise.all((await this.#ids()).map((id) => this.#findReadable(id)));
    return manifests
      .filter((manifest) => manifest !== null)
      .toSorted((a, b) => b.made_at.localeCompare(a.made_at) || b.id.localeCompare(a.id));
  }

  async #findReadable(id: string): Promise<Manifest | null> {
    try {
      return await this.find(id);
    } catch {
      return null;
    }
  }

  /** Null if the id is malformed or its manifest cannot be read. Throws BackupProblem if the manifest is invalid or of another backup. */
  async find(id: string): Promise<Manifest | null> {
    if (!idPattern.test(id)) return null;
    let text: string;
    try {
      text = await readText(this.#path(id, 'json'));
    } catch {
      return null;
    }
    const manifest = readManifest(text);
    if (manifest.id !== id) throw new BackupProblem('The manifest is of another backup.');
    return manifest;
  }

  /** Throws BackupProblem if the file differs from the manifest in size or hash. */
  async verify({ id, file }: Manifest): Promise<void> {
    assertSameFile(await readFileFacts(this.#path(id, 'backup')), file);
  }

  /** The problem of a backup, found without reading it: its file is missing or has another length. */
  async findProblem({ id, file }: Manifest): Promise<string | null> {
    try {
      return (await stat(this.#path(id, 'backup'))).size === file.size ? null : otherFile;
    } catch (error) {
      return problemText(error);
    }
  }

  /** Verifies every backup of the folder. Returns the problem of each that cannot be restored, by id; null if it is intact. */
  async verifyAll(): Promise<{ id: string; problem: string | null }[]> {
    const results: { id: string; problem: string | null }[] = [];
    for (const id of await this.#ids()) results.push({ id, problem: await this.#problemOf(id) });
    return results;
  }

  async #problemOf(id: string): Promise<string | null> {
    try {
      const manifest = await this.find(id);
      if (!manifest) return 'The manifest of this backup is missing.';
      await this.verify(manifest);
      return null;
    } catch (error) {
      return problemText(error);
    }
  }

  /** Throws BackupProblem, at the latest after the last line, if the file is not the one that was written. */
  lines({ id, encrypted, file }: Manifest): AsyncGenerator<string, void, void> {
    const { passphrase } = this.#config;
    return readLines(this.#path(id, 'backup'), { encrypted, passphrase, expected: file });
  }

  /** Deletes expired backups, but never the newest. `now` in milliseconds since 1970. */
  async prune(now: number): Promise<void> {
    const cutoff = now - this.#config.keepDays * msPerDay;
    const [, ...olderBackups] = await this.list();
    for (const { id, made_at } of olderBackups) {
      if (Date.parse(made_at) >= cutoff) continue;
      await rm(this.#path(id, 'json'), { force: true });
      await rm(this.#path(id, 'backup'), { force: true });
    }
  }
}

/** Flushes the folder, so that new file names survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await openFolder(folder);
  try {
    // Windows cannot sync folders.
    await handle.sync().catch(() => {});
  } finally {
    await handle.close();
  }
}
