import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDay } from '#core/kernel/system.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { daysAfter } from '#shared/domain/days.ts';
import { repairTemplates, templateNames, templatesFor } from '#shared/domain/repair-templates.ts';
import type { TemplateName } from '#shared/domain/repair-templates.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { refusalIn, refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Omar leaves; Tess, who meets him, stays longer than Kim, and Lena stays longest. */
const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  await ada.entities.create({ type: 'university', id: 'uni', data: { name: 'Summit' } });
  const make = (type: 'team' | 'faculty' | 'student' | 'repository', id: string, data: object) =>
    ada.entities.create({ type, id, data: { university_id: 'uni', ...data } });
  await make('team', 'radio', { name: 'Radio' });
  await make('team', 'power', { name: 'Power' });
  await make('faculty', 'hal', { name: 'Halvorsen' });
  for (const [id, terms_remaining, expertise_area] of [
    ['Omar', 1, 'Antennas, Noise'],
    ['Kim', 2, null],
    ['Tess', 3, null],
    ['Lena', 6, null],
  ] as const)
    await make('student', id.toLowerCase(), {
      name: id,
      team_id: 'radio',
      terms_remaining,
      expertise_area,
      is_lead: id === 'Omar',
    });
  await make('repository', 'fsw', { name: 'Flight code', team_ids: ['radio'] });
  await ada.entities.create({
    type: 'interface',
    id: 'link',
    data: { from: 'radio', to: 'power', bearers: ['omar'], documented: 20, bond_type: 'fragile-temporary' },
  });
  for (const date of ['2026-01-05', '2026-02-05'])
    await ada.entities.create({
      type: 'contact',
      data: { date, kind: 'meeting', who: ['tess'], with: ['omar'], university_id: 'uni' },
    });
  await ada.workspace.createProfile({ name: 'Edi', role: 'editor', university_id: 'uni' });
});

type Input = Parameters<Client['repairs']['plan']>[0];
const plan = async (client: Client, input: Input) => resultOf(await client.repairs.plan(input));

/** Subjects that fit each template, and the facts that its tasks name. */
const cases: Record<TemplateName, { subjects: string[]; facts: string[] }> = {
  document_link: { subjects: ['link'], facts: ['Radio', 'Power', 'Tess'] },
  pair: { subjects: ['radio', 'hal'], facts: ['Radio', 'Halvorsen'] },
  add_bearer: { subjects: ['link'], facts: ['Radio', 'Power', 'Tess', 'Omar'] },
  review_rota: { subjects: ['radio'], facts: ['Radio'] },
  mentor: { subjects: ['radio'], facts: ['Radio'] },
  hand_over: { subjects: ['omar'], facts: ['Omar', 'Tess'] },
  cross_train: { subjects: ['omar'], facts: ['Antennas', 'Tess', 'Omar'] },
  second_author: {
    subjects: ['fsw', 'src/adcs', 'omar'],
    facts: ['src/adcs', 'Flight code', 'Tess', 'Omar'],
  },
  archive: { subjects: ['fsw'], facts: ['Flight code'] },
  retire: { subjects: ['link'], facts: ['Radio → Power'] },
};

test.each(templateNames)('the tasks of %s name its facts, in both languages', async (name) => {
  const { subjects, facts } = cases[name];
  for (const language of ['en', 'de'] as const) {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { repair, tasks, op_id } = await plan(ada, { template: name, subjects, language, owner: 'hal' });
    expect(tasks.length).toBe(repairTemplates[name].tasks.length);
    const texts = tasks.map(({ title, payload }) => `${title} ${JSON.stringify(payload['done_when'])}`);
    for (const fact of facts) expect(texts.join('\n')).toContain(fact);
    expect([repair.title, JSON.stringify(repair.payload['notes']), ...texts].join('\n')).not.toMatch(
      /\{|\}|undefined|\|/,
    );
    expect(new Set(texts).size).toBe(tasks.length);
    for (const { title, payload } of tasks) {
      expect(title).toMatch(/^\S.*\.$/);
      expect(payload).toMatchObject({ university_id: 'uni', repair_id: repair.id });
    }
    expect(repair.payload).toMatchObject({ proposed_by: 'Ada', owners: ['hal'], subjects });
    expect(await ada.history.undo({})).toMatchObject({ label: 'repair.planned' });
    expect(op_id).not.toBeNull();
    expect(await ada.entities.counts({})).toMatchObject({ repairs: 0, tasks: 0 });
    expect((await workspace.verify()).ok).toBe(true);
  }
});

test('who has the knowledge and who learns it do their tasks, in order, before the repair is due', async () => {
  const workspace = await testWorkspace({ template });
  const today = localDay(workspace.clock.now());
  const due_on = daysAfter(today, 40);
  const { repair, tasks } = await plan(workspace.as('Edi'), {
    template: 'hand_over',
    subjects: ['omar'],
    question: 'leavers',
    owner: 'lena',
    due_on,
  });
  expect(tasks.map(({ payload }) => payload['owners'])).toEqual([['omar'], ['tess'], ['lena']]);
  expect(tasks.map(({ payload }) => payload['due_on'])).toEqual(
    [10, 20, 30].map((days) => daysAfter(today, days)),
  );
  expect(tasks.map(({ payload }) => payload['after'])).toEqual([[], [tasks[0]?.id], [tasks[1]?.id]]);
  expect(repair.payload['value_before']).toEqual(expect.any(Number));
  expect(repair.payload['notes']).toBe(
    [
      'Terms left of Omar: 1.',
      'Terms left of Tess: 3.',
      'Contacts of Omar and Tess: 2.',
      `Value when planned: ${repair.payload['value_before'] as number} %.`,
    ].join('\n'),
  );
});

test('a repair that exists is planned by its steps, once', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const data = {
    name: 'Write it down',
    notes: 'Agreed in May.',
    university_id: 'uni',
    question: 'undocumented',
    subjects: ['link'],
    steps: [{ do: 'document', id: 'link' }],
    value_before: 12.5,
    owners: ['hal'],
  };
  await ada.entities.create({ type: 'repair', id: 'repair', data });
  const dry = await plan(ada, { id: 'repair', dry: true });
  expect(dry).toMatchObject({ template: 'document_link', op_id: null });
  expect((await ada.entities.list({ type: 'task' })).matched).toBe(0);
  const { repair, tasks } = await plan(ada, { id: 'repair' });
  expect(repair.title).toBe('Write it down');
  expect(repair.payload['notes']).toMatch(/^Agreed in May\.\n\n[^]*Documented share of the link: 20 %/);
  expect(repair.payload['notes']).toContain('Value when planned: 12.5 %.');
  expect(tasks.map(({ title }) => title)).toEqual(dry.tasks.map(({ title }) => title));
  const again = await refused('INVALID', plan(ada, { id: 'repair' }));
  expect(again.data.issues[0]?.code).toBe('has_tasks');
});

test('tasks name an area of code as people do, and the notes have its folder', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const data = { area_names: { 'src/adcs': 'Attitude control' } };
  await ada.entities.update({ type: 'repository', id: 'fsw', data });
  const subjects = ['fsw', 'src/adcs'];
  const { repair, tasks } = await plan(ada, { template: 'second_author', question: 'code', subjects });
  expect(tasks[0]?.title).toContain('“Attitude control”');
  expect(repair.payload['notes']).toContain('Folder of “Attitude control”: src/adcs.');
  expect(repair.payload['subjects']).toEqual(subjects);
});

test('a template that does not fit is refused, and names the fact that it needs', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const codeOf = async (input: Input): Promise<unknown> =>
    (await refused('INVALID', plan(ada, input))).data.issues[0]?.code;
  const unfit: [TemplateName, string][] = [
    ['document_link', 'radio'],
    ['pair', 'radio'],
    ['add_bearer', 'omar'],
    ['review_rota', 'omar'],
    ['hand_over', 'radio'],
    ['cross_train', 'radio'],
    ['second_author', 'radio'],
    ['archive', 'omar'],
  ];
  for (const [name, subject] of unfit)
    expect(await codeOf({ template: name, subjects: [subject] })).toBe(
      `needs_${repairTemplates[name].needs}`,
    );
  expect(await codeOf({ template: 'pair' })).toBe('subjects_or_id');
  expect(await codeOf({ subjects: ['radio'] })).toBe('template_needed');
  await refused('NOT_FOUND', plan(ada, { template: 'hand_over', subjects: ['none'] }));
  await refused('NOT_FOUND', plan(ada, { template: 'pair', id: 'none' }));
});

test('every step of a repair has a template, but those that are no repair', () => {
  for (const step of ['strengthen', 'link', 'document', 'recruit', 'mentor', 'learn', 'remove', 'cut'])
    expect(templatesFor([{ do: step }]), step).not.toEqual([]);
  expect(templatesFor([null, {}, 1])).toEqual([]);
});

test('whatever the subjects, tasks are two to five, and their order has no cycle', async () => {
  const subjects = fc.uniqueArray(
    fc.constantFrom('radio', 'power', 'hal', 'omar', 'kim', 'link', 'fsw', 'uni'),
    {
      minLength: 1,
    },
  );
  await withWorkspace(template, (workspace) =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...templateNames), subjects, async (name, chosen) => {
        const input = { template: name, subjects: chosen, due_on: '2040-01-01' };
        const result = await plan(workspace.as(), input).catch((error: unknown) => refusalIn(error).code);
        if (result === 'INVALID') return;
        if (typeof result === 'string') throw new Error(result);
        expect(result.tasks.length).toBeGreaterThanOrEqual(2);
        expect(result.tasks.length).toBeLessThanOrEqual(5);
        const done = new Set<unknown>();
        for (const { id, payload } of result.tasks) {
          for (const earlier of payload['after'] as string[]) expect(done).toContain(earlier);
          done.add(id);
        }
      }),
      { numRuns: lawRuns(100) },
    ),
  );
});

test('the links and teams of the steps are concerned, too', async () => {
  const { entities, repairs } = (await testWorkspace({ template })).as();
  const create = (id: string, steps: JsonObject[], subjects = ['omar']) =>
    entities.create({
      type: 'repair',
      id,
      data: { name: id, university_id: 'uni', subjects, steps },
    });
  await create('document', [{ do: 'document', id: 'link' }]);
  await create('mentor', [{ do: 'mentor', team: 'radio' }], ['hal']);
  const planned = async (id: string) => (await resultOf(await repairs.plan({ id }))).template;
  expect(await planned('document')).toBe('document_link');
  expect(await planned('mentor')).toBe('mentor');
});

test('a repair that concerns nothing gets its subjects with its plan, once', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.create({
    type: 'repair',
    id: 'note',
    data: { name: 'From a note', university_id: 'uni' },
  });
  const input = { id: 'note', template: 'hand_over', subjects: ['omar'] } satisfies Input;
  const { repair, tasks } = await plan(ada, input);
  expect(repair.payload['subjects']).toEqual(['omar']);
  expect(tasks).toHaveLength(3);
  const again = await refused('INVALID', plan(ada, { ...input, subjects: ['tess'] }));
  expect(again.data.issues[0]?.code).toBe('subjects_or_id');
});
