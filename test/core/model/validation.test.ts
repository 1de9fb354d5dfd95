import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { entityTypes, idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { locateIn } from '#core/log/records/locate.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const least: Record<EntityType, JsonObject> = {
  university: { name: 'N' },
  project: { name: 'N' },
  organisation: { name: 'N' },
  team: { name: 'N' },
  faculty: { name: 'N' },
  student: { name: 'N' },
  interface: { from: 'team-a', to: 'student-a' },
  outcome: {},
  contact: {},
  document: { name: 'Handover' },
  comment: { record_id: 'team-a', text: 'See the wiki.' },
  repair: { name: 'N' },
  repository: { name: 'N' },
  task: { name: 'N' },
  'risk-factor': { factor_name: 'N' },
  'factor-model': { name: 'N' },
};

async function pathsRefused(type: EntityType, data: JsonObject): Promise<string[]> {
  const ada = (await testWorkspace({ template })).as();
  const fault = await refused('INVALID', ada.entities.create({ type, data }));
  expect(fault.message).toContain(fault.data.issues[0]?.path ?? '');
  return fault.data.issues.map(({ path }) => path).toSorted();
}

describe('problems are named by field', () => {
  const cases: [EntityType, JsonObject, string[]][] = [
    ['team', {}, ['name']],
    ['team', { name: '' }, ['name']],
    ['team', { name: '   ' }, ['name']],
    ['team', { name: 'two\nlines' }, ['name']],
    ['team', { name: 'x'.repeat(301) }, ['name']],
    ['team', { name: 7, size: 0, experience: -1 }, ['experience', 'name', 'size']],
    ['team', { name: 'N', size: 1.5 }, ['size']],
    ['team', { name: 'N', size: '5' }, ['size']],
    ['team', { name: 'N', discipline: 3 }, ['discipline']],
    ['team', { name: 'N', university_id: 'nowhere' }, ['university_id']],
    ['team', { name: 'N', university_id: 'team-a' }, ['university_id']],
    ['team', { name: 'N', project_id: '' }, ['project_id']],
    ['student', { name: 'N', team_id: 'nope', university_id: 'no' }, ['team_id', 'university_id']],
    ['student', { name: 'N', status: 'incoming' }, ['status']],
    ['student', { name: 'N', other_team_ids: 'team-a' }, ['other_team_ids']],
    ['student', { name: 'N', other_team_ids: ['team-a', 'team-a'] }, ['other_team_ids']],
    ['student', { name: 'N', other_team_ids: ['team-a', 'student-a'] }, ['other_team_ids']],
    ['student', { name: 'N', other_team_ids: ['nope', 'nowhere'] }, ['other_team_ids', 'other_team_ids']],
    ['interface', { from: 'team-a', to: 'team-b', bearers: ['team-a'] }, ['bearers']],
    ['interface', { from: 'team-a', to: 'team-b', documented: 101 }, ['documented']],
    ['student', { name: 'N', terms_remaining: -1 }, ['terms_remaining']],
    ['university', { name: 'N', active: 'yes' }, ['active']],
    ['university', { name: 'N', university_id: 'uni-a' }, ['university_id']],
    ['interface', { from: 'team-a' }, ['to']],
    ['interface', { from: 'team-a', to: 'team-a' }, ['to']],
    ['interface', { from: 'team-a', to: 'nowhere' }, ['to']],
    ['interface', { from: 'link', to: 'team-a' }, ['from']],
    ['interface', { from: 'team-a', to: 'team-b', energy_loss: 101 }, ['energy_loss']],
    [
      'interface',
      { from: 'team-a', to: 'team-b', is_cross_university: true, from_university: 'x' },
      ['from_university', 'is_cross_university'],
    ],
    ['outcome', { cohort_year: 1900 }, ['cohort_year']],
    [
      'risk-factor',
      { factor_name: 'N', values: [{ value: 'x', contribution: 2 }] },
      ['values.0.contribution'],
    ],
    ['risk-factor', { factor_name: 'N', university_id: 'nowhere' }, ['university_id']],
    ['risk-factor', { factor_name: 'N', university_id: 5 }, ['university_id']],
    [
      'factor-model',
      { name: 'N', factors: [{ factor: 'f', weight: 3, enabled: true }] },
      ['factors.0.weight'],
    ],
    ['factor-model', { name: 'N', factors: 'all' }, ['factors']],
  ];
  test.each(cases)('%s %j', async (type, data, paths) => {
    expect(await pathsRefused(type, data)).toEqual(paths);
  });

  test('the words are plain, whatever is wrong', async () => {
    const ada = (await testWorkspace({ template })).as();
    const wordsOf = async (type: EntityType, data: JsonObject): Promise<string[]> =>
      (await refused('INVALID', ada.entities.create({ type, data }))).data.issues.map(
        ({ path, message }) => `${path} ${message}`,
      );
    expect(await wordsOf('team', { name: 7, size: '5', experience: -1 })).toEqual([
      'name must be a text',
      'size must be a number',
      'experience must be at least 0',
    ]);
    expect(await wordsOf('team', {})).toEqual(['name is missing']);
    expect(await wordsOf('team', { name: 'x'.repeat(301) })).toEqual([
      'name is too long (300 characters at most)',
    ]);
    expect(await wordsOf('university', { name: 'N', active: 'yes' })).toEqual([
      'active must be true or false',
    ]);
    expect(await wordsOf('interface', { from: 'team-a', to: 'team-b', energy_loss: 101 })).toEqual([
      'energy_loss must be at most 100',
    ]);
    expect(await wordsOf('factor-model', { name: 'N', factors: 'all' })).toEqual(['factors must be a list']);
  });

  test('too deep nesting for the file', async () => {
    let deep: JsonObject = {};
    for (let level = 0; level < 1200; level++) deep = { deep };
    expect(await pathsRefused('team', { name: 'N', notes: deep })).toEqual(['notes']);
  });
});

describe('ids', () => {
  test.each(entityTypes)('a new %s gets one with its prefix, in order of making', async (type) => {
    const ada = (await testWorkspace({ template })).as();
    const ids: string[] = [];
    for (let count = 0; count < 3; count++)
      ids.push((await ada.entities.create({ type, data: least[type] })).record.id);
    expect(ids).toEqual(ids.toSorted());
    for (const id of ids)
      expect(id).toMatch(new RegExp(`^${idPrefix[type]}_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]`));
  });

  test('a caller’s own id is accepted', async () => {
    const ada = (await testWorkspace({ template })).as();
    for (const id of ['TexasState.team_1', 'Ünï ✓', '0', '__proto__', `a'b"c`, 'x'.repeat(200)]) {
      await ada.entities.create({ type: 'team', id, data: { name: 'N' } });
      expect((await ada.entities.find({ id })).id).toBe(id);
    }
    expect(
      (await ada.entities.create({ type: 'team', data: { id: 'inside', name: 'N' } })).record.payload,
    ).not.toHaveProperty('id');
  });

  test('one that anything has is refused, whatever its type, deleted or not', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await ada.entities.remove({ type: 'team', id: 'team-b' });
    const profile = workspace.core.session().profile;
    for (const [id, type] of [
      ['team-a', 'team'],
      ['team-b', 'team'],
      ['uni-a', 'university'],
      [profile, 'profile'],
    ] as const) {
      const call = ada.entities.create({ type: 'faculty', id, data: { name: 'N' } });
      expect((await refused('DUPLICATE_ID', call)).data).toEqual({ id, type });
    }
    expect((await workspace.verify()).ok).toBe(true);
  });
});

describe('defaults', () => {
  test('flags and the usual loss of a bond; no number that nobody stated', async () => {
    const ada = (await testWorkspace({ template })).as();
    const made = async (type: EntityType, data: JsonObject = {}): Promise<unknown> =>
      (await ada.entities.create({ type, data: { ...least[type], ...data } })).record.payload;
    expect(await made('team')).toEqual({ name: 'N' });
    expect(await made('student')).toEqual({ name: 'N', is_lead: false, active: true });
    expect(await made('interface', { bond_type: 'institutional-weak' })).toMatchObject({ energy_loss: 35 });
    expect(await made('interface', { bond_type: 'institutional-weak', energy_loss: null })).toMatchObject({
      energy_loss: null,
    });
    expect(await made('interface', { bond_type: 'constructor' })).not.toHaveProperty('energy_loss');
  });

  test('the default university is that of the profile', async () => {
    const workspace = await testWorkspace({ template });
    const edi = workspace.as('Edi');
    expect((await edi.entities.create({ type: 'team', data: { name: 'N' } })).record.university_id).toBe(
      'uni-a',
    );
    expect(
      (await workspace.as().entities.create({ type: 'team', data: { name: 'N' } })).record.university_id,
    ).toBeNull();
    const rights = edi.entities.create({ type: 'team', data: { name: 'N', university_id: null } });
    expect((await refused('FORBIDDEN', rights)).data.rule).toBe('unassigned_needs_researcher');
  });
});

test('unknown values of open lists and unknown fields are kept as they are', async () => {
  const ada = (await testWorkspace({ template })).as();
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
        json,
      ),
      async (extra) => {
        const known = new Set(['id', ...fieldsOf('faculty').map(({ key }) => key)]);
        const unknown = Object.fromEntries(Object.entries(extra).filter(([key]) => !known.has(key)));
        const data = { name: 'N', role: 'wizard', ...unknown };
        const { id } = (await ada.entities.create({ type: 'faculty', data })).record;
        expect((await ada.entities.get({ type: 'faculty', id })).payload).toEqual(data);
      },
    ),
    { numRuns: lawRuns(60) },
  );
});

describe('a day that the calendar does not have', () => {
  const days = entityTypes.flatMap((type) =>
    fieldsOf(type).flatMap(({ key, kind }) => (kind === 'date' ? [[type, key] as const] : [])),
  );

  test('is checked in every date field', () => {
    expect(days).toEqual(
      expect.arrayContaining([
        ['student', 'graduated_at'],
        ['interface', 'confirmed_at'],
      ]),
    );
  });

  test.each(days)('is refused in a %s as %s, new or changed', async (type, key) => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    // Ada creates and approves the repair.
    await ada.repairs.setApproval({ four_eyes: false });
    for (const day of ['2030-02-30', '31.02.2027'])
      expect(await pathsRefused(type, { ...least[type], [key]: day })).toEqual([key]);
    const { record } = await ada.entities.create({ type, data: { ...least[type], [key]: '2028-02-29' } });
    const change = (data: JsonObject) => ada.entities.update({ type, id: record.id, data });
    expect((await refused('INVALID', change({ [key]: '2027-02-29' }))).data.issues).toMatchObject([
      { path: key, message: 'must be a day of the calendar' },
    ]);
    expect((await change({ [key]: 'Spring 2028' })).record.payload[key]).toBe('Spring 2028');
  });

  test.each(days)('stored as %s.%s blocks no other change of its record', async (type, key) => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { record } = await ada.entities.create({ type, data: least[type] });
    const stored = locateIn(workspace.core.services.read, type, record.id);
    if (!stored) throw new Error('it is there');
    await workspace.core.services.queue.command(workspace.core.session(), ({ records }) =>
      records.update(stored, { [key]: '2030-02-30' }, []),
    );
    const data = { meta: 'changed', [key]: '2030-02-30' };
    expect((await ada.entities.update({ type, id: record.id, data })).record.payload).toMatchObject(data);
  });
});
