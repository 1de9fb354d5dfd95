import { fieldTexts } from '#shared/domain/field-texts.ts';
import type { Connection } from '#core/kernel/db/connection.ts';
import type { Log } from '#core/kernel/logger.ts';
import type { SyncRecord } from '#shared/sync/operation.ts';
import type { Services } from '#core/model/services.ts';
import { SearchIndex } from '#core/search/search-index.ts';

type IndexedServices = Pick<Services, 'files' | 'read' | 'log'>;

/**
 * The shipped search index of a client, in memory. Like the file beside a workspace, it outlives restores of the database, which `current` returns
 * as it is now.
 */
export class ClientIndex {
  readonly #index: SearchIndex;

  constructor(current: () => Connection, log: Log) {
    const read = new Proxy({} as Connection, {
      get(_, name: keyof Connection) {
        const db = current();
        const member = db[name];
        return typeof member === 'function' ? (member as (...given: unknown[]) => unknown).bind(db) : member;
      },
    });
    // The index of a sandbox is in memory.
    const files = {
      target: { kind: 'sandbox', id: '' },
      documents: '',
    } as unknown as IndexedServices['files'];
    this.#index = new SearchIndex({ files, read, log });
  }

  /** Updates the index; an interrupted update is left after its first step. Returns whether there was one to interrupt. */
  update(isInterrupted: boolean): boolean {
    const work = this.#index.catchUp();
    if (!isInterrupted) for (const _ of work);
    return isInterrupted && work.next().done !== true;
  }

  /** Texts that the index has in another way than a scan of the client's teams. */
  problems(teams: ReadonlyMap<string, SyncRecord>): string[] {
    this.update(false);
    const { db } = this.#index;
    const scanned = [...teams].flatMap(([id, { type, payload, deleted }]) =>
      deleted || type !== 'team'
        ? []
        : fieldTexts('team', payload).map(({ field, text }) => `${id}/${field}/${text}`),
    );
    const indexed = db.column<string>(
      `SELECT record || '/' || field || '/' || text FROM passages WHERE type = 'team'`,
    );
    const words = db.get<{ titles: number; bodies: number; passages: number }>(
      `SELECT (SELECT count(*) FROM titles) AS titles, (SELECT count(*) FROM bodies) AS bodies, (SELECT count(*) FROM passages) AS passages`,
    );
    const isWhole = words !== undefined && words.titles + words.bodies === words.passages;
    return [
      ...scanned.filter((text) => !indexed.includes(text)).map((text) => `the index lacks ${text}`),
      ...indexed.filter((text) => !scanned.includes(text)).map((text) => `the index still has ${text}`),
      ...(indexed.length > new Set(indexed).size ? ['the index has a text twice'] : []),
      ...(isWhole ? [] : [`the index has words of no passage: ${JSON.stringify(words)}`]),
    ];
  }

  close(): void {
    this.#index.close();
  }
}
