import { closeSync, fdatasync, openSync } from 'node:fs';
import type { Connection } from './connection.ts';
import type { Clock } from '../system.ts';

/** How long copying goes on before others get their turn, in milliseconds, and how many pages that may be: it depends on the disk. */
const slice = 6;
const [fewest, most] = [64, 2048];

/**
 * Copies the database of a connection to a new file through SQLite, a little at a time. The caller has begun a reading transaction, or a
 * write of others would make the copy begin anew. What is copied goes to the disk along the way, so that its end keeps nobody waiting.
 * `step` is told how many pages are done, of how many, and may throw to give up.
 */
export async function copyFile(
  source: Connection,
  image: string,
  clock: Clock,
  step: (done: number, total: number) => void,
): Promise<void> {
  const disk = new Disk(image);
  let [pages, since] = [fewest, clock.elapsed()];
  try {
    await source.raw.backup(image, {
      progress({ totalPages, remainingPages }) {
        step(totalPages - remainingPages, totalPages);
        disk.sync();
        const took = clock.elapsed() - since;
        if (took > slice) pages = Math.max(fewest, pages >> 1);
        else if (took < slice / 2) pages = Math.min(most, pages * 2);
        since = clock.elapsed();
        return pages;
      },
    });
  } finally {
    await disk.close();
  }
}

/** Brings a file that is being written to the disk whenever it has done so with what came before. */
class Disk {
  readonly #file: string;
  #handle: number | undefined;
  #syncing: Promise<void> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  sync(): void {
    const handle = (this.#handle ??= openSync(this.#file, 'r+'));
    // What fails here fails again, and is told, when SQLite ends the copy.
    this.#syncing ??= new Promise<void>((resolve) => fdatasync(handle, () => resolve())).then(() => {
      this.#syncing = undefined;
    });
  }

  async close(): Promise<void> {
    await this.#syncing;
    if (this.#handle !== undefined) closeSync(this.#handle);
  }
}
