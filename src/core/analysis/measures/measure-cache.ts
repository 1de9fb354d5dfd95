import { join } from 'node:path';
import { z } from 'zod';
import { measuredState } from '#shared/contract/dashboards.ts';
import type { MeasuredState } from '#shared/contract/dashboards.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import type { Log } from '../../kernel/logger.ts';
import { readSmallFile, writeSmallFile } from '../../kernel/regular-file.ts';
import { measuresVersion } from '../organisation.ts';

const cacheSchema = z.object({
  version: z.literal(measuresVersion),
  measured: z.array(measuredState),
  reached: z.array(z.tuple([z.string(), z.number()])).default([]),
});
const maxEntries = 200;

interface CacheContent {
  measured: Map<string, MeasuredState>;
  reached: Map<string, number>;
}

/** Measurements by the hash of the head, stored in the workspace folder. All can be recomputed, so an unreadable file counts as empty. */
export class MeasureCache {
  readonly #file: string;
  readonly #log: Log;
  #content: CacheContent;

  constructor({ folder }: Pick<WorkspaceFiles, 'folder'>, log: Log) {
    this.#file = join(folder, 'measures.json');
    this.#log = log;
    this.#content = this.#read();
  }

  get(hash: string): MeasuredState | undefined {
    return this.#content.measured.get(hash);
  }

  put(measured: MeasuredState): void {
    this.#update((content) => content.measured.set(measured.head.hash, measured));
  }

  reachOf(key: string): number | undefined {
    return this.#content.reached.get(key);
  }

  putReach(key: string, reach: number): void {
    this.#update((content) => content.reached.set(key, reach));
  }

  #update(change: (content: CacheContent) => unknown): void {
    // Another process can have written in the meantime.
    this.#content = this.#read();
    change(this.#content);
    const { measured, reached } = this.#content;
    const fileContent = {
      version: measuresVersion,
      measured: [...measured.values()].slice(-maxEntries),
      reached: [...reached].slice(-maxEntries),
    };
    try {
      writeSmallFile(this.#file, JSON.stringify(fileContent));
    } catch (error) {
      this.#log.warn({ error }, 'measures cannot be kept');
    }
  }

  #read(): CacheContent {
    try {
      const { measured, reached } = cacheSchema.parse(JSON.parse(readSmallFile(this.#file)));
      return {
        measured: new Map(measured.map((state) => [state.head.hash, state])),
        reached: new Map(reached),
      };
    } catch {
      return { measured: new Map(), reached: new Map() };
    }
  }
}
