import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeEvidence } from '#shared/domain/evidence.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { applyPatch } from '#shared/domain/patch.ts';
import { mergeRow } from '#shared/sync/merge.ts';
import type { SyncRecord, SyncRow } from '#shared/sync/operation.ts';
import { pendingOfRows, replayRow } from '#shared/sync/replay.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const days = ['2026-03-01T10:00:00.000Z', '2026-03-02T10:00:00.000Z', ''];
const fact = fc.record({
  task: fc.constant('task'),
  ref: fc.constantFrom('7', '8', '9'),
  kind: fc.constantFrom('opened', 'merged', 'failed'),
  at: fc.constantFrom(...days),
  url: fc.constantFrom('https://git.example/1', null),
});

/** What a side does offline: a source states facts, or a person dismisses an item. */
const step = fc.oneof(
  fc.record({ source: fc.constantFrom('scan', 'hook_1'), facts: fc.array(fact, { maxLength: 3 }) }),
  fc.record({ dismiss: fc.nat(5) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const listIn = (payload: JsonObject): readonly Json[] => (payload['evidence'] ?? []) as readonly Json[];

function evidenceAfter(list: readonly Json[], one: Step): readonly Json[] {
  if ('facts' in one) return mergeEvidence(list, one.source, one.facts) ?? list;
  return list.map((item, at) =>
    at === one.dismiss % list.length ? { ...(item as JsonObject), dismissed: true } : item,
  );
}

/** The rows of a side that begins with the payload, and sees nothing of the others. */
function rowsOf(payload: JsonObject, steps: readonly Step[]): { rows: SyncRow[]; payload: JsonObject } {
  const rows: SyncRow[] = [];
  let current = payload;
  for (const one of steps) {
    const patch = {
      before: 'evidence' in current ? { evidence: listIn(current) } : {},
      after: { evidence: evidenceAfter(listIn(current), one) },
    };
    rows.push({ action: 'update', type: 'task', id: 'task', ...patch });
    current = applyPatch(current, patch);
  }
  return { rows, payload: current };
}

const first: JsonObject = {
  name: 'T',
  evidence: [{ source: 'scan', ref: '7', kind: 'merged', at: days[1] as string, url: null }],
};

/** A merge of the rows in an order, and the rows that the server sends. */
function merge(rows: readonly SyncRow[]): { record: SyncRecord; sent: SyncRow[][] } {
  let record: SyncRecord = { type: 'task', payload: first, deleted: false };
  const sent = rows.map((row) => {
    const merged = mergeRow(record, row, () => {
      throw new Error('evidence is no conflict');
    });
    if (typeof merged === 'string') throw new Error(merged);
    expect(merged.conflicts).toEqual([]);
    record = merged.record;
    return merged.effectiveRows;
  });
  return { record, sent };
}

const sides = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 3 });
const orderSeed = fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 });

/** Sides and places of rows in an order that keeps the order of each side. */
function interleave(lengths: readonly number[], picks: readonly number[]): [side: number, at: number][] {
  const next = lengths.map(() => 0);
  const order: [number, number][] = [];
  for (const pick of picks) {
    const open = lengths.flatMap((length, side) => ((next[side] ?? 0) < length ? [side] : []));
    const side = open[pick % open.length];
    if (side === undefined) break;
    order.push([side, next[side] ?? 0]);
    next[side] = (next[side] ?? 0) + 1;
  }
  return order;
}

test('concurrent evidence is the same in any order and repetition, and no item is lost', () => {
  fc.assert(
    fc.property(sides, orderSeed, orderSeed, (allSteps, ...seeds) => {
      const all = allSteps.map((steps) => rowsOf(first, steps));
      const lengths = all.map(({ rows }) => rows.length);
      const results = seeds.map((picks) => {
        const rows = interleave(lengths, picks).map(([side, at]) => all[side]?.rows[at] as SyncRow);
        // The last row arrives again.
        return merge([...rows, ...rows.slice(-1)]).record.payload;
      });
      expect(results[1]).toEqual(results[0]);
      const keysOf = (payload: JsonObject | undefined) =>
        listIn(payload ?? {}).map((item) => {
          const { source, ref, kind } = item as JsonObject;
          return JSON.stringify([source, ref, kind]);
        });
      const expected = new Set(all.flatMap(({ payload }) => keysOf(payload)));
      expect(new Set(keysOf(results[0]))).toEqual(expected);
    }),
    { numRuns: lawRuns(1500) },
  );
});

test('every side ends with the record of the server', () => {
  fc.assert(
    fc.property(sides, orderSeed, (allSteps, picks) => {
      const all = allSteps.map((steps) => rowsOf(first, steps));
      const order = interleave(
        all.map(({ rows }) => rows.length),
        picks,
      );
      const { record, sent } = merge(order.map(([side, at]) => all[side]?.rows[at] as SyncRow));
      for (const [side, { rows, payload }] of all.entries()) {
        let [own, acknowledged] = [payload, 0];
        for (const [index, [author]] of order.entries()) {
          if (author === side) acknowledged += 1;
          const pending = pendingOfRows(rows.slice(acknowledged));
          for (const row of sent[index] ?? [])
            for (const change of replayRow({ payload: own, deleted: false }, row, pending))
              if (change.kind === 'update') own = applyPatch(own, change.patch);
        }
        expect(own).toEqual(record.payload);
      }
    }),
    { numRuns: lawRuns(1500) },
  );
});

test('a person removes evidence that nobody changed meanwhile', () => {
  const remove: SyncRow = {
    action: 'update',
    type: 'task',
    id: 'task',
    before: { evidence: listIn(first) },
    after: { evidence: [] },
  };
  const { rows } = rowsOf(first, [{ dismiss: 0 }]);
  expect(merge([remove]).record.payload['evidence']).toEqual([]);
  for (const order of [
    [remove, ...rows],
    [...rows, remove],
  ])
    expect(merge(order).record.payload['evidence']).toMatchObject([{ ref: '7', dismissed: true }]);
});
