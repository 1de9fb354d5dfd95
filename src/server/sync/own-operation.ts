import { randomUUID } from 'node:crypto';
import type { JsonObject } from '#shared/domain/json.ts';
import { nextTimestamp } from '#shared/sync/clock.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { Services } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { lockHistory } from '../db/group-commit.ts';
import { isoTime } from '../db/time.ts';
import { applyPatch } from '#shared/domain/patch.ts';
import { HistoryWriter } from './history.ts';
import type { HistoryEntry } from './storage.ts';
import { hintOf } from './hint.ts';
import { postgresStorage } from './postgres-storage.ts';
import { readRecords, writeRecords } from './records.ts';
import type { ChangedRecord } from './records.ts';

type ServerFacts = Pick<HistoryEntry, 'op_id' | 'actor' | 'label' | 'params' | 'stamp'>;

/** Facts of an operation made by the server at `time` (milliseconds since 1970). The server uses its own clock and has seen everything. */
export const serverFacts = ({
  time,
  ...facts
}: ServerFacts & { time: number }): Omit<HistoryEntry, 'rows' | 'conflicts'> => ({
  ...facts,
  hlc: facts.stamp,
  replica: 'server',
  created_at: isoTime(time),
  undoes: null,
  redoes: null,
  recovers: null,
  content: null,
  seen: null,
});

/** Changes users in one transaction: `work` returns the changes of their profiles, which all workspaces pull. */
export async function writeProfileChanges(
  { database, now, hints }: Services,
  { actor, label, params }: { actor: string; label: string; params: JsonObject },
  work: (sql: Sql) => Promise<SyncRow[]>,
): Promise<void> {
  const [time, op_id] = [now(), randomUUID()];
  const hint = await database.transaction(async (sql) => {
    const [, history] = await Promise.all([
      lockHistory(sql),
      HistoryWriter.begin(postgresStorage(sql), isoTime(time)),
    ]);
    const rows = (await work(sql)).map((row) => ({ ...row, universities: [] }));
    const stamp = nextTimestamp(null, time, 'server');
    const storedRecords = await readRecords(
      sql,
      rows.map(({ id }) => id),
    );
    const changedRecords = rows.map(({ type, id, before, after }): ChangedRecord => {
      const record = storedRecords.get(id);
      const payload = applyPatch(record?.payload ?? {}, { before, after });
      return { type, id, payload, deleted: false, universities: [], isNew: record === undefined };
    });
    await writeRecords(sql, { changed: changedRecords, moved: [] }, isoTime(time));
    const entry = { ...serverFacts({ op_id, actor, label, params, stamp, time }), rows, conflicts: [] };
    const seq = history.add(entry);
    await history.finish();
    return hintOf(seq, entry);
  });
  hints.publish([hint]);
}
