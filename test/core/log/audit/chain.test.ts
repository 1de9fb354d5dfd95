import { createHash } from 'node:crypto';
import { fc } from '@fast-check/vitest';
import { afterAll, expect, test } from 'vitest';
import { genesis, rowDigest, TransactionHash } from '#core/log/audit/chain.ts';
import { TamperBench } from '#test/support/tamper.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import { preparePeople } from '#test/support/steps.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  await workspace
    .as()
    .entities.update({ type: 'team', id: 'team-a', data: { size: 8, x_note: null }, unset: ['experience'] });
  await workspace.as().entities.remove({ type: 'team', id: 'team-a' });
});
const bench = new TamperBench(template);
afterAll(() => bench.dispose());

interface Row {
  id: number;
  salt: string;
  payload_before: string | null;
  payload_after: string | null;
  digest: string;
}

test('the chain begins at genesis, and each transaction has the hash of the previous one', () => {
  const chain = bench.read((db) =>
    db.prepare('SELECT previous_hash, hash FROM audit_transactions ORDER BY id').all(),
  ) as {
    previous_hash: string;
    hash: string;
  }[];
  const hashes = chain.map(({ hash }) => hash);
  expect(chain.map(({ previous_hash }) => previous_hash)).toEqual([genesis, ...hashes.slice(0, -1)]);
});

test('a digest is SHA-256 over the salt and both payloads, as anybody can compute it', () => {
  const rows = bench.read((db) => db.prepare('SELECT * FROM audit_logs ORDER BY id').all()) as Row[];
  expect(
    rows.some(({ payload_before, payload_after }) => payload_before !== null && payload_after !== null),
  ).toBe(true);
  for (const { salt, payload_before, payload_after, digest } of rows) {
    const text = `${salt}${payload_before ?? '\0'}\n${payload_after ?? '\0'}`;
    expect(createHash('sha256').update(text).digest('hex')).toBe(digest);
  }
});

test('every row has its own salt, so that equal payloads are not apparent', () => {
  const salts = bench.read((db) => db.prepare('SELECT salt FROM audit_logs').pluck().all()) as string[];
  expect(new Set(salts).size).toBe(salts.length);
  for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{32}$/);
});

test('absent, null and empty payloads have different digests', () => {
  const salt = 'a'.repeat(32);
  const pairs: [string | null, string | null][] = [
    [null, null],
    [null, ''],
    ['', null],
    ['', ''],
    [null, '{}'],
    ['{}', null],
    ['null', null],
  ];
  expect(new Set(pairs.map(([before, after]) => rowDigest(salt, before, after))).size).toBe(pairs.length);
});

test('text moved from a payload into the salt is found although the digest is equal', async () => {
  const found = await bench.after((db) => {
    const rows = db.prepare(`SELECT * FROM audit_logs WHERE action = 'delete'`).all() as Row[];
    for (const { id, salt, payload_before } of rows) {
      const text = payload_before ?? '';
      db.prepare('UPDATE audit_logs SET salt = ?, payload_before = ? WHERE id = ?').run(
        salt + text.slice(0, 5),
        text.slice(5),
        id,
      );
    }
  });
  expect(found.chain.ok).toBe(false);
});

test('a NUL in the salt, which stands for an absent payload, is found too', async () => {
  const move = `UPDATE audit_logs SET salt = salt || char(0), payload_before = '' WHERE payload_before IS NULL`;
  expect((await bench.after((db) => db.exec(move))).chain.ok).toBe(false);
});

test('a transaction of any size has one hash, whether it is hashed at once or in pieces', () => {
  const header = {
    id: 1,
    label: 'x',
    params_digest: 'd',
    actor: 'a',
    op_id: 'o',
    replica: 'r',
    hlc: 'h',
    created_at: 'c',
    undoes: null,
    redoes: null,
    previous_hash: genesis,
  };
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 9000 }), { maxLength: 12 }), (rows) => {
      const [whole, pieces] = [new TransactionHash(), new TransactionHash()];
      for (const row of rows) whole.add(row);
      for (const row of rows) pieces.add(row);
      expect(pieces.rowCount).toBe(rows.length);
      expect(whole.finish(header)).toBe(pieces.finish(header));
    }),
    { numRuns: lawRuns(20) },
  );
});
