import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { findDiffering } from '#core/sync/digest.ts';
import type { RecordFingerprint } from '#core/sync/digest.ts';
import type { DigestRange } from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import { fingerprintText } from '#shared/sync/fingerprint.ts';
import { writeRecords } from '#server/sync/records.ts';
import { create, operation, push, remove, update } from '../support/push.ts';
import { bootstrap, serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const admin = server.api.as(await bootstrap(server));

const fingerprinted = (id: string, payload: JsonObject): RecordFingerprint => {
  const bytes = hash('sha256', fingerprintText('team', id, payload), 'buffer');
  return { id, type: 'team', high: bytes.readBigUInt64BE(0), low: bytes.readBigUInt64BE(8) };
};

const digestOf = async (parts: number): Promise<{ count: number; fingerprint: bigint }> => {
  const asked = { share: 'all', ranges: [{ from: '', to: null }], parts };
  const { body } = await admin.post<{ ranges: DigestRange[] }>('sync/digest', asked);
  const all = body.ranges.map(({ count, fingerprint }) => ({
    count,
    fingerprint: BigInt(`0x${fingerprint}`),
  }));
  return all.reduce((sum, one) => ({
    count: sum.count + one.count,
    fingerprint: sum.fingerprint ^ one.fingerprint,
  }));
};

test('the stored digest equals that of all records after any writes', async () => {
  const payload = { name: 'Own' };
  const restored = { ...remove('team', 'team_1', payload), action: 'restore', before: null, after: payload };
  for (const row of [
    create('team', 'team_1', payload),
    create('team', 'team_2', payload),
    update('team', 'team_2', payload, { name: 'Other' }),
    remove('team', 'team_1', payload),
    restored as SyncRow,
    remove('team', 'team_2', { name: 'Other' }),
  ]) {
    expect((await push(admin, [operation([row])])).body.refused).toEqual([]);
    expect(await digestOf(1)).toEqual(await digestOf(32));
  }
  expect((await digestOf(1)).count).toBe(1);
});

test('one field of 20,000 records that differs is found in few round trips and few bytes', async () => {
  const teams = Array.from({ length: 20_000 }, (_, at) => ({
    // As long as ids of workspaces, and in order.
    id: `team_0192f000-0000-7000-8000-${String(at).padStart(12, '0')}`,
    payload: { name: `Team ${at}`, size: at % 9 },
  }));
  const changed = teams.map(({ id, payload }) => {
    return { id, payload, type: 'team', deleted: false, universities: [], isNew: true } as const;
  });
  await server.database.transaction((sql) =>
    writeRecords(sql, { changed, moved: [] }, new Date().toISOString()),
  );
  const here = teams.map(({ id, payload }, at) =>
    fingerprinted(id, at === 12_345 ? { ...payload, size: 10 } : payload),
  );
  let bytes = 0;
  const { ids, round_trips } = await findDiffering(here, async (asked) => {
    const body = JSON.stringify({ share: 'all', ...asked });
    const answer = await admin.post<{ ranges: DigestRange[] }>('sync/digest', body);
    bytes += body.length + JSON.stringify(answer.body).length;
    return answer.body.ranges;
  });
  // And the record of the test before.
  expect(ids.filter((id) => id !== 'team_1')).toEqual([teams[12_345]?.id]);
  expect(round_trips).toBeLessThanOrEqual(8);
  expect(bytes).toBeLessThanOrEqual(50_000);
});
