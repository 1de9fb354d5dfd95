import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import { allowed } from '#test/support/permission-model.ts';
import type { Thing, Whose } from '#test/support/permission-model.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const universityOf: Record<Whose, string | null> = { own: 'uni-own', other: 'uni-other', nobody: null };
const all: Whose[] = ['own', 'other', 'nobody'];

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  for (const id of ['uni-own', 'uni-other'])
    await ada.entities.create({ type: 'university', id, data: { name: id } });
  for (const role of vocabulary.role) {
    await ada.workspace.createProfile({ name: `the ${role}`, role, university_id: 'uni-own' });
  }
  for (const whose of all) {
    for (const end of ['end-1', 'end-2']) {
      const data = { name: end, university_id: universityOf[whose] };
      await ada.entities.create({ type: 'faculty', id: `${whose}-${end}`, data });
    }
  }
});

/** Something to create, to change and to delete, and the rule that it comes under. */
interface Case {
  thing: Thing;
  type: EntityType;
  data: JsonObject;
  change: JsonObject;
}

const named = (whose: Whose, more: JsonObject = {}): JsonObject => ({
  name: 'N',
  university_id: universityOf[whose],
  ...more,
});
const records: Case[] = all.flatMap((whose) =>
  (['team', 'faculty', 'student', 'outcome', 'project', 'risk-factor', 'factor-model'] as const)
    .filter((type) => type !== 'project' || whose !== 'nobody')
    .map((type): Case => ({
      thing: { what: 'record', whose },
      type,
      data: named(whose, { factor_name: 'F' }),
      change: { meta: 1 },
    })),
);
const shared: Case[] = [
  {
    thing: { what: 'shared project', whose: 'nobody' },
    type: 'project',
    data: named('nobody'),
    change: { meta: 1 },
  },
  ...(['own', 'other'] as const).map((whose): Case => {
    const data = named(whose, { is_collaborative: true });
    return { thing: { what: 'shared project', whose }, type: 'project', data, change: { meta: 1 } };
  }),
];
const interfaces: Case[] = all.flatMap((from) =>
  all.map((to): Case => ({
    thing: { what: 'interface', ends: [from, to] },
    type: 'interface',
    data: { from: `${from}-end-1`, to: `${to}-end-2` },
    change: { meta: 1 },
  })),
);
const cases = [...records, ...shared, ...interfaces];

/** Whether a call is done; false when it is forbidden. Anything else is a mistake. */
async function isAllowed(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (refusalIn(error).code === 'FORBIDDEN') return false;
    throw error;
  }
}

test.each(vocabulary.role)(
  'what the %s may do through the real commands is what the table says',
  async (role: Role) => {
    const workspace = await testWorkspace({ template });
    const [ada, actor] = [workspace.as(), workspace.as(`the ${role}`)];
    for (const { thing, type, data, change } of cases) {
      const may = allowed(role, thing);
      const said = `${type} ${JSON.stringify(thing)}`;
      expect(await isAllowed(actor.entities.create({ type, data })), `create ${said}`).toBe(may);
      const { id } = (await ada.entities.create({ type, data })).record;
      expect(await isAllowed(actor.entities.update({ type, id, data: change })), `update ${said}`).toBe(may);
      expect(await isAllowed(actor.entities.remove({ type, id })), `delete ${said}`).toBe(may);
      if (!may) await ada.entities.remove({ type, id });
      expect(await isAllowed(actor.entities.restore({ type, id })), `restore ${said}`).toBe(may);
      expect((await actor.entities.get({ type, id })).id, `read ${said}`).toBe(id);
    }
  },
);

test.each(vocabulary.role)('permissions of %s for universities and profiles', async (role: Role) => {
  const workspace = await testWorkspace({ template });
  const [ada, actor] = [workspace.as(), workspace.as(`the ${role}`)];
  for (const whose of ['own', 'other'] as const) {
    const fields = actor.entities.update({ type: 'university', id: `uni-${whose}`, data: { meta: 1 } });
    expect(await isAllowed(fields), whose).toBe(allowed(role, { what: 'university', whose, deed: 'fields' }));
  }
  const whole = allowed(role, { what: 'university', whose: 'other', deed: 'whole' });
  expect(await isAllowed(actor.entities.create({ type: 'university', data: { name: 'New' } }))).toBe(whole);
  const { id } = (await ada.entities.create({ type: 'university', data: { name: 'Gone' } })).record;
  expect(await isAllowed(actor.entities.remove({ type: 'university', id }))).toBe(whole);
  const profile = actor.workspace.createProfile({ name: 'New', role: 'viewer' });
  expect(await isAllowed(profile)).toBe(allowed(role, { what: 'profile' }));
  for (const called of ['Ada', `the ${role}`]) {
    const changing = actor.workspace.changeProfile({ profile: called, university_id: 'uni-other' });
    expect(await isAllowed(changing), `university of ${called}`).toBe(allowed(role, { what: 'profile' }));
  }
  for (const [whose, called] of Object.entries({ own: `the ${role}`, other: 'Ada' })) {
    const renaming = actor.workspace.renameProfile({ profile: called, name: 'Renamed' });
    const may = allowed(role, { what: 'name of a profile', whose: whose as 'own' | 'other' });
    expect(await isAllowed(renaming), `name of ${called}`).toBe(may);
  }
});

test.each(vocabulary.role)('permissions of %s for shared data', async (role: Role) => {
  const workspace = await testWorkspace({ template });
  const [ada, actor] = [workspace.as(), workspace.as(`the ${role}`)];
  const view = { name: 'V', address: 'frames://live/teams' };
  const own = allowed(role, { what: 'view', whose: 'own' });
  expect(await isAllowed(actor.views.create(view))).toBe(own);
  const mine = await actor.views.list({});
  expect(mine).toHaveLength(own ? 1 : 0);
  for (const { id } of mine) {
    const calls = [
      () => actor.views.update({ id, name: 'W' }),
      () => actor.views.remove({ id }),
      () => actor.history.undo({}),
    ];
    const outcomes: boolean[] = [];
    for (const call of calls) outcomes.push(await isAllowed(call()));
    expect(outcomes).toEqual([true, true, true]);
  }
  const { id } = (await ada.views.create(view)).view;
  const others = allowed(role, { what: 'view', whose: 'other' });
  expect(await isAllowed(actor.views.update({ id, name: 'W' }))).toBe(others);
  expect(await isAllowed(actor.views.remove({ id }))).toBe(others);
  const places = [{ id: 'other-end-1', x: 1, y: 2 }];
  const positions = allowed(role, { what: 'position' });
  expect(await isAllowed(actor.network.savePositions({ places }))).toBe(positions);
  expect(await isAllowed(actor.network.deletePositions({ ids: null }))).toBe(positions);
  const rename = actor.workspace.rename({ name: 'Ours' });
  expect(await isAllowed(rename)).toBe(allowed(role, { what: 'workspace' }));
});

test.each(vocabulary.role)('permissions of %s for many records at once', async (role: Role) => {
  const workspace = await testWorkspace({ template });
  const [ada, actor] = [workspace.as(), workspace.as(`the ${role}`)];
  const make = async (whose: Whose): Promise<string> =>
    (await ada.entities.create({ type: 'team', data: named(whose) })).record.id;
  const drained = async (stream: Promise<AsyncIterable<unknown>>): Promise<void> => {
    for await (const _ of await stream) continue;
  };
  for (const mixed of [['own'], ['own', 'own'], ['own', 'other'], ['own', 'nobody']] as Whose[][]) {
    const may = mixed.every((whose) => allowed(role, { what: 'record', whose }));
    const ids = await Promise.all(mixed.map(make));
    const which = { kind: 'ids' as const, ids };
    const said = mixed.join(' and ');
    const edit = drained(actor.entities.setFields({ type: 'team', which, data: { meta: 1 } }));
    expect(await isAllowed(edit), `edit ${said}`).toBe(may);
    const changes = ids.map((id) => ({
      kind: 'update' as const,
      type: 'team' as const,
      id,
      data: { size: 2 },
    }));
    expect(await isAllowed(actor.entities.applyChanges({ changes })), `change ${said}`).toBe(may);
    const { rows } = await ada.entities.list({
      type: 'team',
      filters: [{ field: 'id', op: 'in', value: ids }],
    });
    expect(
      rows.every(({ payload }) => (payload['meta'] === 1) === may && (payload['size'] === 2) === may),
    ).toBe(true);
    expect(await isAllowed(drained(actor.entities.removeMany({ type: 'team', which }))), said).toBe(may);
    if (!may) await drained(ada.entities.removeMany({ type: 'team', which }));
    const restore = drained(actor.entities.restoreMany({ type: 'team', ids }));
    expect(await isAllowed(restore), `restore ${said}`).toBe(may);
  }
});

test('an editor may neither give away nor take records of another university', async () => {
  const workspace = await testWorkspace({ template });
  const editor = workspace.as('the editor');
  const make = async (whose: Whose): Promise<string> =>
    (await workspace.as().entities.create({ type: 'team', data: named(whose) })).record.id;
  for (const [from, to] of [
    ['own', 'other'],
    ['own', 'nobody'],
    ['other', 'own'],
    ['nobody', 'own'],
  ] as const) {
    const data = { university_id: universityOf[to] };
    const moved = editor.entities.update({ type: 'team', id: await make(from), data });
    expect(await isAllowed(moved), `${from} to ${to}`).toBe(false);
  }
});

test('an editor may not make an own project shared, nor move an interface off the own university', async () => {
  const workspace = await testWorkspace({ template });
  const [ada, editor] = [workspace.as(), workspace.as('the editor')];
  const project = (await ada.entities.create({ type: 'project', data: named('own') })).record.id;
  const sharing = editor.entities.update({ type: 'project', id: project, data: { is_collaborative: true } });
  expect(await isAllowed(sharing)).toBe(false);
  const data = { from: 'own-end-1', to: 'other-end-1' };
  const link = (await ada.entities.create({ type: 'interface', data })).record.id;
  const moving = editor.entities.update({ type: 'interface', id: link, data: { from: 'nobody-end-1' } });
  expect(await isAllowed(moving)).toBe(false);
});

test('undoing needs the rights that doing needed', async () => {
  const workspace = await testWorkspace({ template });
  const editor: Client = workspace.as('the editor');
  const { record } = await editor.entities.create({ type: 'team', data: { name: 'Mine' } });
  expect(record.university_id).toBe('uni-own');
  await workspace.as().entities.update({ type: 'team', id: record.id, data: { university_id: 'uni-other' } });
  expect(await isAllowed(editor.history.undo({ on_conflict: 'overwrite' }))).toBe(false);
  expect((await editor.entities.get({ type: 'team', id: record.id })).deleted_at).toBeNull();
});
