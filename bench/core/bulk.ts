import { tableOf } from '#shared/domain/types.ts';
import { generateSample } from '#scripts/sample/generate.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { openPlace } from './place.ts';

/** How many records the write path takes between two looks at the clock. */
const slice = 500;

export const bulkInsert: Row = {
  id: 'bulk-insert',
  name: 'audited import of 100k rows vs raw row-at-a-time insert, checkpoint counted',
  target: 0.65,
  better: 'higher',
  async measure(run) {
    const records = [...generateSample({ size: run.sample, seed: 1, now: Date.UTC(2026, 0, 1) })];
    // Each round starts from empty files: a table that grows from round to round would compare different things.
    let place = await openPlace();
    const ours = async (): Promise<number> => {
      await place.close();
      place = await openPlace();
      const { queue, files } = place.core.services;
      return timed(async () => {
        await queue.job(place.core.session(), 'bench', async (write) => {
          for (const [index, record] of records.entries()) {
            write.records.createLater(record, (record.payload.university_id as string | null) ?? null);
            if (index % slice === 0) await Promise.resolve();
          }
          write.audit.label('import', { source: files.folder, count: records.length });
        });
        place.core.services.queue.checkpoint();
      });
    };
    const theirs = (): Promise<number> => {
      for (const table of Object.values(tableOf).toReversed()) place.raw.exec(`DELETE FROM ${table}`);
      place.raw.pragma('wal_checkpoint(TRUNCATE)');
      const statements = new Map(
        Object.values(tableOf).map((table) => [
          table,
          place.raw.prepare(`INSERT INTO ${table} (id, payload, created_at, updated_at) VALUES (?, ?, ?, ?)`),
        ]),
      );
      return timed(() => {
        place.raw.exec('BEGIN IMMEDIATE');
        for (const { type, id, payload } of records) {
          const now = new Date().toISOString();
          statements.get(tableOf[type])?.run(id, JSON.stringify(payload), now, now);
        }
        place.raw.exec('COMMIT');
        place.raw.pragma('wal_checkpoint(PASSIVE)');
      });
    };
    try {
      return await pairs(run, 'higher', { ours, theirs });
    } finally {
      await place.close();
    }
  },
};
