import { join } from 'node:path';
import { z } from 'zod';
import { measuredState } from '#shared/contract/dashboards.ts';
import type { MeasuredState } from '#shared/contract/dashboards.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import type { Log } from '../../kernel/logger.ts';
import { readTextFile, writeTextFile } from '../../kernel/regular-file.ts';
import { measuresVersion } from '../organisation.ts';

const kept = z.object({
  version: z.literal(measuresVersion),
  measured: z.array(measuredState),
  reached: z.array(z.tuple([z.string(), z.number()])).default([]),
});
const mostKept = 200;

interface Kept {
  measured: Map<string, MeasuredState>;
  reached: Map<string, number>;
}

/** Measurements by the hash of the head, stored in the workspace folder. All can be recomputed, so failures are only logged. */
export class MeasureCache {
  readonly #file: string;
  readonly #log: Log;
  #kept: Kept;

  constructor({ folder }: Pick<WorkspaceFiles, 'folder'>, log: Log) {
    this.#file = join(folder, 'measures.json');
    this.#log = log;
    this.#kept = this.#read();
  }

  get(hash: string): MeasuredState | undefined {
    return this.#kept.measured.get(hash);
  }

  put(measured: MeasuredState): void {
    this.#write((kept) => kept.measured.set(measured.head.hash, measured));
  }

  reached(hashes: string): number | undefined {
    return this.#kept.reached.get(hashes);
  }

  putReached(hashes: string, reach: number): void {
    this.#write((kept) => kept.reached.set(hashes, reach));
  }

  #write(change: (kept: Kept) => unknown): void {
    // Another process may have written meanwhile.
    this.#kept = this.#read();
    change(this.#kept);
    const { measured, reached } = this.#kept;
    const all = {
      version: measuresVersion,
      measured: [...measured.values()].slice(-mostKept),
      reached: [...reached].slice(-mostKept),
    };
    try {
      writeTextFile(this.#file, JSON.stringify(all));
    } catch (error) {
      this.#log.warn({ error }, 'measures cannot be kept');
    }
  }

  #read(): Kept {
    try {
      const { measured, reached } = kept.parse(JSON.parse(readTextFile(this.#file)));
      return { measured: new Map(measured.map((one) => [one.head.hash, one])), reached: new Map(reached) };
    } catch {
      return { measured: new Map(), reached: new Map() };
    }
  }
}
