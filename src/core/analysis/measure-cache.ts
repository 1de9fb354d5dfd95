import { join } from 'node:path';
import { z } from 'zod';
import { measuredState } from '#shared/contract/dashboards.ts';
import type { MeasuredState } from '#shared/contract/dashboards.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';
import { readTextFile, writeTextFile } from '../kernel/regular-file.ts';
import { measuresVersion } from './organisation.ts';

const kept = z.object({ version: z.literal(measuresVersion), measured: z.array(measuredState) });
const mostKept = 200;

/**
 * What was measured, by the hash of the head: it never changes, so it is kept beside the workspace. It can be computed at any time: a file that
 * cannot be read counts for nothing, and one that cannot be written is noted.
 */
export class MeasureCache {
  readonly #file: string;
  readonly #log: Log;
  #measured: Map<string, MeasuredState>;

  constructor({ folder }: Pick<WorkspaceFiles, 'folder'>, log: Log) {
    this.#file = join(folder, 'measures.json');
    this.#log = log;
    this.#measured = this.#read();
  }

  get(hash: string): MeasuredState | undefined {
    return this.#measured.get(hash);
  }

  put(measured: MeasuredState): void {
    // Another process may have written meanwhile.
    this.#measured = this.#read().set(measured.head.hash, measured);
    const all = { version: measuresVersion, measured: [...this.#measured.values()].slice(-mostKept) };
    try {
      writeTextFile(this.#file, JSON.stringify(all));
    } catch (error) {
      this.#log.warn({ error }, 'measures cannot be kept');
    }
  }

  #read(): Map<string, MeasuredState> {
    try {
      const { measured } = kept.parse(JSON.parse(readTextFile(this.#file)));
      return new Map(measured.map((one) => [one.head.hash, one]));
    } catch {
      return new Map();
    }
  }
}
