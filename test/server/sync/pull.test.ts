import { expect, test } from 'vitest';
import type { PulledOperation } from '#shared/contract/server/sync.ts';
import type { Api } from '../support/api.ts';
import { foreign, own, populate } from '../support/people.ts';
import { create, hello, operation, push, update } from '../support/push.ts';
import { addUser, serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const { admin, editor } = await populate(server);

interface Pulled {
  operations: PulledOperation[];
  next: { seq: number; hash: string };
  head: { seq: number; hash: string };
  scope: { version: string; universities: string[] | null };
}

const pull = async (api: Api, after: number, query = ''): Promise<Pulled> => {
  const { generation } = await hello(api);
  return (await api.get<Pulled>(`sync/pull?generation=${generation}&after=${after}${query}`)).body;
};

/** All that comes after a number, to the head. */
async function pullAll(api: Api, after = 0, query = ''): Promise<PulledOperation[]> {
  const all: PulledOperation[] = [];
  for (let at = after; ;) {
    const { operations, next, head } = await pull(api, at, query);
    all.push(...operations);
    if (next.seq === head.seq) return all;
    at = next.seq;
  }
}

test('of sixteen concurrent pushes nothing is lost for readers', async () => {
  const start = (await hello(admin)).head.seq;
  const pushed = new Set<string>();
  const seen: string[] = [];
  let cursor = start;
  let writing = true;
  const reader = async (): Promise<void> => {
    for (;;) {
      const isLast = !writing;
      const { operations, next } = await pull(admin, cursor, '&limit=7');
      seen.push(...operations.map(({ op_id }) => op_id));
      cursor = next.seq;
      if (isLast && operations.length === 0) return;
    }
  };
  const writer = async (who: number): Promise<void> => {
    for (let at = 0; at < 8; at++) {
      const rows = [create('team', `team_${who}_${at}`, { name: `${who}`, university_id: own })];
      const one = operation(rows, { replica: `replica-${who}` });
      pushed.add(one.op_id);
      expect((await push(who % 2 === 0 ? admin : editor.api, [one])).body.accepted).toEqual([one.op_id]);
    }
  };
  const reading = reader();
  await Promise.all(Array.from({ length: 16 }, (_, who) => writer(who)));
  writing = false;
  await reading;
  expect(seen).toHaveLength(pushed.size);
  expect(new Set(seen)).toEqual(pushed);
});

test('numbers grow, and each operation has the hash of the previous one', async () => {
  const all = await pullAll(admin);
  for (const [at, { seq, previous_hash }] of all.entries()) {
    const before = all[at - 1];
    expect(previous_hash).toBe(before?.hash ?? '0'.repeat(64));
    expect(seq).toBeGreaterThan(before?.seq ?? 0);
  }
});

test('a cursor of another history, or ahead of this one, is refused', async () => {
  const { generation, head } = await hello(admin);
  const path = (of: string, after: number): string => `sync/pull?generation=${of}&after=${after}`;
  expect(await admin.refusal('GET', path('another', 0))).toEqual([409, 'OTHER_HISTORY']);
  expect(await admin.refusal('GET', path(generation, head.seq + 1000))).toEqual([409, 'OTHER_HISTORY']);
});

test('a person with one university gets nothing of another, not in part, by no route', async () => {
  const { api } = await addUser(admin, { role: 'editor', university_id: own, sees: 'university' });
  await push(admin, [
    operation([
      create('team', 'team_hidden', { name: 'Hidden', university_id: foreign }),
      create('team', 'team_shown', { name: 'Shown', university_id: own }),
      create('team', 'team_none', { name: 'None', university_id: null }),
    ]),
    operation([create('interface', 'link_across', { from: 'team_hidden', to: 'team_shown' })]),
    operation([update('team', 'team_hidden', { name: 'Hidden' }, { name: 'Still hidden' })]),
  ]);
  for (const query of ['', '&share=all', `&share=${foreign}`]) {
    const text = JSON.stringify(await pullAll(api, 0, query));
    expect(text).not.toMatch(/"Hidden"|Still hidden/);
  }
  const rows = (await pullAll(api)).flatMap((one) => one.rows.map(({ id }) => id));
  expect(rows).toEqual(expect.arrayContaining(['team_shown', 'team_none', 'link_across']));
  const snapshot = await api.get<{ records: { id: string }[] }>('sync/snapshot');
  expect(snapshot.body.records.map(({ id }) => id)).not.toContain('team_hidden');
  expect(snapshot.body.records.map(({ id }) => id)).toContain('link_across');
  const asked = await api.post<{ records: { id: string }[] }>('sync/records', {
    ids: ['team_hidden', 'team_shown'],
  });
  expect(asked.body.records.map(({ id }) => id)).toEqual(['team_shown']);
});

test('visible records have a new version when they change', async () => {
  const { api, user } = await addUser(admin, { role: 'viewer', university_id: own });
  const before = (await pull(api, 0)).scope;
  await admin.patch(`users/${user.id}`, { sees: 'university' });
  const after = (await pull(api, 0)).scope;
  expect(before.universities).toBeNull();
  expect(after.universities).toEqual([own]);
  expect(after.version).not.toBe(before.version);
});

test('an interface is included when its end is added later, or moves', async () => {
  const { api } = await addUser(admin, { role: 'viewer', university_id: own, sees: 'university' });
  const seen = async (): Promise<string[]> =>
    (await api.post<{ records: { id: string }[] }>('sync/records', { ids: ['link_late'] })).body.records.map(
      ({ id }) => id,
    );
  await push(admin, [
    operation([create('team', 'team_there', { name: 'There', university_id: foreign })]),
    operation([create('interface', 'link_late', { from: 'team_late', to: 'team_there' })]),
  ]);
  expect(await seen()).toEqual([]);
  const before = (await hello(admin)).head.seq;
  await push(admin, [operation([create('team', 'team_late', { name: 'Late', university_id: own })])]);
  expect(await seen()).toEqual(['link_late']);
  const heard = async (after: number): Promise<string[]> =>
    (await pullAll(api, after)).flatMap((one) => one.rows.map(({ action, id }) => `${action} ${id}`));
  expect((await heard(before)).toSorted()).toEqual(['create team_late', 'restore link_late']);
  const between = (await hello(admin)).head.seq;
  const away = update('team', 'team_late', { university_id: own }, { university_id: foreign });
  await push(admin, [operation([away])]);
  expect(await seen()).toEqual([]);
  // Whoever does not see everything hears that both are gone; whoever does, of the change alone.
  expect((await heard(between)).toSorted()).toEqual(['delete link_late', 'delete team_late']);
  const all = (await pullAll(admin, between)).flatMap((one) => one.rows);
  expect(all.filter(({ id }) => id === 'team_late')).toMatchObject([{ action: 'update' }]);
  expect(all.filter(({ id }) => id === 'link_late')).toMatchObject([{ before: {}, after: {} }]);
});

test('the label of an operation is hidden from those who may not see all of it', async () => {
  const { api } = await addUser(admin, { role: 'viewer', university_id: own, sees: 'university' });
  const start = (await hello(admin)).head.seq;
  const params = { title: 'A secret title' };
  const [own1, mixed] = [
    operation([create('team', 'team_told', { name: 'Told', university_id: own })], { params }),
    operation(
      [
        create('team', 'team_told_2', { name: 'Told', university_id: own }),
        create('team', 'team_untold', { name: 'A secret title', university_id: foreign }),
      ],
      { params },
    ),
  ];
  await push(admin, [own1, mixed]);
  const byOp = async (by: Api): Promise<unknown[]> =>
    (await pullAll(by, start)).map(({ op_id, params: of }) => [op_id, of]);
  expect(await byOp(api)).toEqual([
    [own1.op_id, params],
    [mixed.op_id, {}],
  ]);
  expect(await byOp(admin)).toEqual([
    [own1.op_id, params],
    [mixed.op_id, params],
  ]);
  const audited = async (by: Api): Promise<unknown[]> =>
    (await by.get<{ data: { params: unknown }[] }>('audit?entity_id=team_told_2')).body.data.map(
      (one) => one.params,
    );
  expect([await audited(api), await audited(admin)]).toEqual([[{}], [params]]);
});
