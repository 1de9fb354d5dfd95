import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeEvidence } from '#shared/domain/evidence.ts';
import type { EvidenceFact } from '#shared/domain/evidence.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { hookVerdict } from '#shared/domain/permissions.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import { syncedTypes } from '#shared/sync/operation.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { create, operation, push } from '../support/push.ts';
import { serverOfFile } from '../support/server.ts';
import { addHook, deliver, populateTasks, readTask } from './support.ts';

const days = fc.integer({ min: 1, max: 4 }).map((day) => `2026-03-0${day}T10:00:00Z`);
const kinds = ['opened', 'merged', 'closed', 'commit', 'failed', 'passed'] as const;
const link = fc.constantFrom('https://git.example/1', 'https://git.example/2', null);
const targets = ['own', 'second', 'task_other', 'task_none', 'repair_1', 'no_such'] as const;

/** What a delivery says, without the ids of the tasks. Few values, so that many facts are of one key. */
const statement = fc.record({
  kind: fc.constantFrom(...kinds),
  ref: fc.constantFrom('7', '8'),
  at: fc.option(days, { nil: '' }),
  url: link,
  target: fc.constantFrom(...targets),
});
type Statement = typeof statement extends fc.Arbitrary<infer T> ? T : never;

/** Deliveries, and their ids in two orders with repetitions. */
const histories = fc.array(statement, { minLength: 1, maxLength: 8 }).chain((statements) =>
  fc.record({
    statements: fc.constant(statements),
    orders: fc.tuple(
      ...[0, 1].map(() =>
        fc.shuffledSubarray(
          [...statements.keys(), ...statements.keys()].map((index, n) => [index, n] as const),
          { minLength: statements.length * 2 },
        ),
      ),
    ),
  }),
);

test('the same facts in any order and repetition are the same evidence', () => {
  fc.assert(
    fc.property(
      fc
        .array(statement, { maxLength: 20 })
        .chain((facts) =>
          fc.tuple(
            fc.constant(facts),
            fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }),
          ),
        ),
      ([facts, shuffled]) => {
        const merge = (all: readonly Statement[], chunk: number): Json[] => {
          let list: Json[] = [
            { source: 'scan', ref: '7', kind: 'commit', at: '2026-03-02T10:00:00.000Z', dismissed: true },
          ];
          for (let start = 0; start < all.length; start += chunk)
            list =
              mergeEvidence(
                list,
                'hook',
                all.slice(start, start + chunk).map((fact): EvidenceFact => ({ task: 't', ...fact })),
              ) ?? list;
          return list;
        };
        expect(merge(shuffled, 1)).toEqual(merge(facts, 3));
      },
    ),
    { numRuns: 500 },
  );
});

test('a webhook may change four fields of tasks of its repository, and nothing else', () => {
  const fields = [
    'evidence',
    'url',
    'started_on',
    'done_on',
    'name',
    'approved_on',
    'checked_on',
    'repository_id',
    'owners',
    'dropped_on',
  ];
  const payload = fc.dictionary(
    fc.constantFrom(...fields),
    fc.constantFrom('repo', 'else', '2026-03-01', null),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...auditedTypes),
      fc.option(payload),
      fc.option(payload),
      (type, before, after) => {
        const actor = { id: 'hook:1', role: 'admin' as const, university_id: null, repository: 'repo' };
        const { allowed } = hookVerdict(actor, { type, before, after });
        const changed = fields.filter((field) => (before?.[field] ?? null) !== (after?.[field] ?? null));
        const isOwn =
          type === 'task' && before?.['repository_id'] === 'repo' && after?.['repository_id'] === 'repo';
        expect(allowed).toBe(isOwn && changed.every((field) => fields.indexOf(field) < 4));
      },
    ),
    { numRuns: 1000 },
  );
});

const server = await serverOfFile();
const { admin } = await populateTasks(server);
const { database } = server;

/** All records but the tasks that deliveries may change. */
const otherRecords = async (own: string): Promise<JsonObject[][]> =>
  Promise.all(
    syncedTypes.map((type) =>
      database.all<JsonObject>(`SELECT id, payload FROM ${tableOf[type]} WHERE id NOT LIKE $1 ORDER BY id`, [
        own,
      ]),
    ),
  );

test('any order and repetition of deliveries gives the same record, and nothing else changes', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(histories, async ({ statements, orders }) => {
      run += 1;
      const results: Json[] = [];
      for (const [side, order] of orders.entries()) {
        const hook = await addHook(server, 'standard');
        const idOf = (target: string): string =>
          target === 'own' || target === 'second' ? `run${run}-${side}-${target}` : target;
        const task = { name: 'T', repository_id: 'repo_fsw', repair_id: 'repair_1' };
        await push(admin, [
          operation([create('task', idOf('own'), task), create('task', idOf('second'), task)]),
        ]);
        const before = await otherRecords(`run${run}-${side}-%`);
        const send = async ([index]: readonly [number, number]): Promise<void> => {
          const { kind, ref, at, url, target } = statements[index] as Statement;
          const body = {
            type: `frames.task.${kind}`,
            data: { task: idOf(target), ref, url, at, approved_on: at, checked_on: at, done_on: at },
          };
          const answer = await deliver(server, hook, 'standard', {
            body,
            delivery: `msg_${index}`,
            time: server.clock.now,
          });
          expect(answer.status).toBe(202);
        };
        // One after the other, and all at once.
        if (side === 0) for (const step of order) await send(step);
        else await Promise.all(order.map(send));
        expect(await otherRecords(`run${run}-${side}-%`)).toEqual(before);
        const tasks = await Promise.all(['own', 'second'].map((target) => readTask(server, idOf(target))));
        results.push(JSON.parse(JSON.stringify(tasks).replaceAll(hook, 'hook')) as Json);
      }
      expect(results[1]).toEqual(results[0]);
    }),
    { numRuns: lawRuns(25) },
  );
  const written = await database.all<{ type: string; fields: string[] }>(
    `SELECT DISTINCT entity_type AS type, array(SELECT jsonb_object_keys(payload_after)) AS fields FROM audit_logs WHERE actor LIKE 'hook:%'`,
  );
  expect(written).toEqual([{ type: 'task', fields: ['evidence'] }]);
});
