import { expect, test } from 'vitest';
import type { FieldChange } from '#shared/contract/bulk.ts';
import type { Answer, Question, RepairStep } from '#shared/contract/analysis.ts';
import { question as questions } from '#shared/contract/analysis.ts';
import { termEnd } from '#shared/domain/terms.ts';
import { openAt } from '#test/support/moments.ts';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Three teams that everything passes to through one faculty member; the four members of one leave. */
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  const make = (
    type: 'team' | 'faculty' | 'student' | 'interface',
    id: string,
    data: object,
  ): Promise<unknown> => entities.create({ type, id, data: { name: id, ...data } });
  await make('team', 'radio', {});
  await make('team', 'power', {});
  await make('team', 'camera', {});
  await make('faculty', 'halvorsen', {});
  for (const [id, terms_remaining] of [
    ['ada', 1],
    ['bo', 0],
    ['cy', 1],
    ['di', 1],
  ] as const)
    await make('student', id, { team_id: 'camera', terms_remaining });
  // Others stay longer, so that the four are more than is usual.
  for (const [at, terms_remaining] of [8, 7, 6, 5].entries())
    await make('student', `radio-${at}`, { team_id: 'radio', terms_remaining });
  await make('interface', 'one', {
    from: 'halvorsen',
    to: 'radio',
    bond_type: 'codified-strong',
    energy_loss: 5,
  });
  await make('interface', 'two', {
    from: 'halvorsen',
    to: 'power',
    bond_type: 'institutional-weak',
    energy_loss: 35,
  });
  await make('interface', 'three', { from: 'halvorsen', to: 'camera', bond_type: 'codified-moderate' });
});

const ask = async (client: Client, question: Question, more: object = {}): Promise<Answer> =>
  resultOf(await client.analysis.insights({ question, who: 'all', quick: true, ...more }));
/** Confidence and interventions too. */
const whole = { quick: false };

function changeOf(step: RepairStep): FieldChange {
  // Nobody here knows another area.
  if (step.do === 'learn')
    return { kind: 'update', type: 'student', id: step.id, data: { expertise_area: step.area } };
  if (step.do === 'mentor')
    return {
      kind: 'create',
      type: 'student',
      data: { name: 'New', team_id: step.team, terms_remaining: step.terms ?? null },
    };
  if (step.do === 'document')
    return { kind: 'update', type: 'interface', id: step.id, data: { documented: step.documented ?? 80 } };
  if (step.do === 'link') {
    const { from, to, bond_type, energy_loss = null } = step;
    return { kind: 'create', type: 'interface', data: { from, to, bond_type, energy_loss } };
  }
  if (step.do !== 'strengthen') throw new Error(step.do);
  const { id, bond_type, energy_loss = null } = step;
  return { kind: 'update', type: 'interface', id, data: { bond_type, energy_loss } };
}

const idsOf = ({ items }: Answer): (string | undefined)[] => items.map(({ id }) => id);

test('the person on all paths is the most critical with certainty, and interventions are simulated', async () => {
  const client = (await testWorkspace({ template })).as();
  const answer = await ask(client, 'leavers', { ...whole, set: 2 });
  const [first] = answer.items;
  expect(first).toMatchObject({ id: 'halvorsen', type: 'faculty', because: { code: 'person' } });
  expect(first?.value).toBeGreaterThan(0.35);
  expect(first?.confidence).toBeGreaterThan(0.9);
  expect(first?.interventions.length).toBeGreaterThan(0);
  for (const { value, changes } of first?.interventions ?? []) {
    expect(value).toBeLessThan(first?.value ?? 0);
    expect(changes.length).toBeGreaterThan(0);
  }
  expect(answer.worst).toMatchObject({ exact: true });
  expect(answer.worst?.ids).toContain('halvorsen');
});

test('the same head and seed give the same answer, and a write another', async () => {
  const client = (await testWorkspace({ template })).as();
  const first = await ask(client, 'leavers', whole);
  expect(await ask(client, 'leavers', whole)).toEqual(first);
  await client.entities.remove({ type: 'interface', id: 'two' });
  const second = await ask(client, 'leavers');
  expect(second.head).not.toEqual(first.head);
  expect(second.items.map(({ id }) => id)).not.toContain('power');
});

test('a link degrades if its bearers leave; weak links are a separate list', async () => {
  const client = (await testWorkspace({ template })).as();
  const degrading = await ask(client, 'degrading');
  expect(idsOf(degrading)).toEqual(['three']);
  expect(degrading.items[0]?.because).toMatchObject({
    code: 'bearers_leave',
    params: { leaving: 4, bearers: 5, now: 15 },
  });
  const weak = await ask(client, 'weak');
  expect(weak.items.map(({ id, because }) => [id, because.code])).toEqual([['two', 'weak']]);
  expect([degrading.unknown, weak.unknown]).toEqual([0, 0]);
  await client.entities.update({
    type: 'interface',
    id: 'two',
    data: { bond_type: null, energy_loss: null },
  });
  expect(await ask(client, 'weak')).toMatchObject({ unknown: 1, items: [], guesses: { losses: 1 } });
});

test('a link with named bearers degrades with them only', async () => {
  const client = (await testWorkspace({ template })).as();
  const bearersOf = async (bearers: readonly string[]) => {
    await client.entities.update({ type: 'interface', id: 'three', data: { bearers: [...bearers] } });
    return idsOf(await ask(client, 'degrading'));
  };
  expect(await bearersOf(['radio-0'])).toEqual([]);
  expect(await bearersOf(['ada', 'bo'])).toEqual(['three']);
  expect(await bearersOf(['ada', 'radio-0', 'halvorsen'])).toEqual([]);
});

test('a link documented by less than half is undocumented, whatever its bond', async () => {
  const client = (await testWorkspace({ template })).as();
  const answer = await ask(client, 'undocumented');
  expect(idsOf(answer)).toEqual(['two']);
  await client.entities.update({ type: 'interface', id: 'two', data: { documented: 80 } });
  await client.entities.update({ type: 'interface', id: 'one', data: { documented: 10 } });
  expect(idsOf(await ask(client, 'undocumented'))).toEqual(['one']);
  expect(answer.items[0]).toMatchObject({
    because: { code: 'in_heads', params: { bond: 'institutional-weak' } },
  });
});

test('a team with unusually many leavers stands out; teams without listed members are not judged', async () => {
  const answer = await ask((await testWorkspace({ template })).as(), 'cohorts');
  expect(idsOf(answer)).toEqual(['camera']);
  expect(answer).toMatchObject({
    unknown: 1,
    guesses: { teams: 1 },
    items: [{ because: { code: 'leave_together', params: { leaving: 4, people: 4, within: 1 } } }],
  });
});

test('an area that one person has alone is found, and whose it is', async () => {
  const client = (await testWorkspace({ template })).as();
  const areaOf = (id: string, expertise_area: string) =>
    client.entities.update({ type: 'student', id, data: { expertise_area } });
  await areaOf('ada', 'Optics');
  await areaOf('bo', 'Thermal');
  await areaOf('radio-1', ' thermal ');
  await client.analysis.setRanking({ people: true });
  const { items, judged } = await ask(client, 'expertise');
  expect(judged).toBe(2);
  expect(items).toMatchObject([
    {
      id: 'ada',
      because: { code: 'only_holder_terms', params: { area: 'Optics', terms: 1, team: 'camera' } },
    },
  ]);
});

test('interchangeable members are one item, and a lead is another', async () => {
  const client = (await testWorkspace({ template })).as();
  await client.entities.update({ type: 'student', id: 'ada', data: { is_lead: true } });
  const { items } = await ask(client, 'leavers', { who: 'people' });
  const others = items.find(({ alike }) => alike === 3);
  expect(others).toMatchObject({
    ids: ['bo', 'cy', 'di'],
    because: { code: 'member', params: { team: 'camera' } },
  });
  const lead = items.find(({ id }) => id === 'ada');
  expect(lead?.value).toBeGreaterThan(others?.value ?? 1);
});

/** Somebody new counts for half in what is simulated, and as any other member in the records. */
const isSimulatedOnly = (code: string): boolean => ['incoming', 'both'].includes(code);

test.each(['leaving', 'leavers', 'degrading', 'weak', 'undocumented', 'cohorts', 'changes'] as const)(
  'what can be done about %s comes to the simulated value once it is done',
  async (question) => {
    const client = (await testWorkspace({ template })).as();
    for (const [name, expertise_area] of [
      ['Eve', 'batteries'],
      ['Fay', null],
    ] as const)
      await client.entities.create({
        type: 'student',
        data: { name, team_id: 'radio', terms_remaining: 5, expertise_area },
      });
    if (question === 'changes')
      await client.entities.update({ type: 'interface', id: 'one', data: { energy_loss: 60 } });
    const since = question === 'changes' ? { since: '2001-01-01T00:00:00.000Z' } : {};
    const { items } = await ask(client, question, { ...whole, ...since });
    const repairs = items.flatMap((item) => item.interventions.map((one) => ({ item, one })));
    expect(repairs.length).toBeGreaterThan(0);
    for (const { item, one } of repairs) {
      expect(Math.abs(one.value)).toBeLessThan(Math.abs(item.value));
      if (isSimulatedOnly(one.code)) continue;
      await client.entities.applyChanges({ changes: one.changes.map(changeOf) });
      const after = (await ask(client, question, since)).items.find(
        ({ id, ids }) => id === item.id && ids?.[0] === item.ids?.[0],
      );
      const isListed = after !== undefined && after.because.code !== 'link_new';
      // Only a repair that takes the item off the list leaves no value to compare.
      const isGone =
        one.value < 1e-9 || ['write_down', 'write_down_all', 'keep_member', 'established'].includes(one.code);
      expect(isListed || (isGone && question !== 'leavers')).toBe(true);
      expect(isListed ? after.value : one.value).toBeCloseTo(one.value, 9);
      await client.history.undo({});
    }
  },
);

/** Teams, and links that lose nothing unless a loss is given. */
async function teamsWith(links: readonly (readonly [string, string, number?])[]): Promise<Client> {
  const client = (await testWorkspace({ template: await makeTemplate(async () => {}) })).as();
  for (const id of new Set(links.flatMap(([from, to]) => [from, to])))
    await client.entities.create({ type: 'team', id, data: { name: id } });
  for (const [from, to, energy_loss = 15] of links)
    await client.entities.create({
      type: 'interface',
      // Documented, so that repairs that add links are among the first three.
      data: { from, to, bond_type: 'codified-moderate', energy_loss, documented: 80 },
    });
  return client;
}

/** The repairs of the departure of a team that add links: what each is, who all its links share, and what their departure costs then. */
async function addedLinks(client: Client, id: string) {
  const item = (await ask(client, 'leavers', whole)).items.find((one) => one.id === id);
  const before = item?.value ?? 0;
  const found: { code: string; shared: string[]; before: number; after: number }[] = [];
  for (const { code, changes } of item?.interventions ?? []) {
    const ends = changes.flatMap((step) => (step.do === 'link' ? [[step.from, step.to]] : []));
    const shared = (ends[0] ?? []).filter((end) => ends.every((both) => both.includes(end)));
    if (shared.length === 0) continue;
    await client.entities.applyChanges({ changes: changes.map(changeOf) });
    const { items } = await ask(client, 'leavers', { limit: 100 });
    const costs = shared.map((end) => items.find((one) => one.id === end)?.value ?? 0);
    found.push({ code, shared, before, after: Math.max(...costs) });
    await client.history.undo({});
  }
  return found;
}

test('a stand-in that stays below the risk before is offered', async () => {
  const client = await teamsWith([
    ['hub', 'heir', 5],
    ['hub', 'one'],
    ['hub', 'two'],
    ['hub', 'three'],
  ]);
  const found = await addedLinks(client, 'hub');
  expect(found).toMatchObject([{ code: 'pair' }, { code: 'take_over', shared: ['heir'] }]);
  for (const { before, after } of found) expect(after).toBeLessThan(before);
});

test('a stand-in or a partner that would become the greater risk is not offered', async () => {
  const client = await teamsWith([
    ['hub', 'heir', 5],
    ['hub', 'one', 40],
    ['hub', 'two', 40],
    ['hub', 'three', 40],
    ['heir', 'four', 40],
    ['heir', 'five', 40],
    ['heir', 'six', 45],
  ]);
  expect(idsOf(await ask(client, 'leavers')).slice(0, 2)).toEqual(['hub', 'heir']);
  const found = await addedLinks(client, 'hub');
  // Not with the heir, who would be at all ends.
  expect(found).toMatchObject([{ code: 'pair' }]);
  expect(found[0]?.shared).not.toContain('heir');
  for (const { before, after } of found) expect(after).toBeLessThan(before);
});

test('changes are those since the first links, declines first', async () => {
  const client = (await testWorkspace({ template })).as();
  await client.entities.update({ type: 'interface', id: 'one', data: { energy_loss: 60 } });
  await client.entities.update({ type: 'interface', id: 'two', data: { energy_loss: 15 } });
  await client.entities.remove({ type: 'student', id: 'bo' });
  // The history is younger than a term.
  expect(await ask(client, 'changes')).toMatchObject({ items: [], ranked: 0, since: null });
  expect((await ask(client, 'changes')).begins).not.toBeNull();
  const { items, since } = await ask(client, 'changes', { since: '2001-01-01T00:00:00.000Z' });
  expect(items.map(({ id, because }) => [id, because.code])).toEqual([
    ['bo', 'left'],
    ['one', 'weaker'],
    ['two', 'link_new'],
    ['three', 'link_new'],
  ]);
  expect(since).not.toBeNull();
});

test('terms end with June and December', () => {
  const end = (now: string): string => termEnd(new Date(now));
  expect(end('2026-06-30T23:59:59Z')).toBe('2026-01-01T00:00:00.000Z');
  expect(end('2026-07-01T00:00:00Z')).toBe('2026-07-01T00:00:00.000Z');
});

test('an empty workspace has an answer to each question', async () => {
  const client = (await testWorkspace({ template: await makeTemplate(async () => {}) })).as();
  for (const question of questions.options) {
    const answer = await ask(client, question, { set: 2 });
    expect(answer).toMatchObject({ items: [], ranked: 0, worst: null, unknown: 0 });
  }
});

test('hidden records are not measured', async () => {
  const client = (await testWorkspace({ template })).as();
  await client.entities.remove({ type: 'faculty', id: 'halvorsen' });
  for (const question of ['degrading', 'undocumented'] as const)
    expect(await ask(client, question)).toMatchObject({ items: [], ranked: 0 });
  // Members still rely on each other.
  const leavers = (await ask(client, 'leavers')).items.map(({ id, ids }) => id ?? ids?.[0]);
  expect(leavers.every((id) => /^(ada|radio-)/.test(String(id)))).toBe(true);
});

test('a student’s own link leaves with them, except its documented share', async () => {
  const client = (await testWorkspace({ template })).as();
  const data = { from: 'dee', to: 'halvorsen', bond_type: 'codified-strong', energy_loss: 5 };
  await client.entities.create({ type: 'student', id: 'dee', data: { name: 'dee', terms_remaining: 1 } });
  await client.entities.create({ type: 'interface', id: 'four', data });
  const degrading = await ask(client, 'degrading', whole);
  const four = degrading.items.find(({ id }) => id === 'four');
  expect(four).toMatchObject({ because: { code: 'bearers_leave', params: { now: 5, later: 24 } } });
  expect(four?.interventions.map(({ code }) => code)).not.toContain('keep_member');
  expect(idsOf(await ask(client, 'leavers'))).toContain('dee');
  await client.entities.update({ type: 'student', id: 'dee', data: { active: false } });
  for (const question of ['leavers', 'degrading'] as const)
    expect(idsOf(await ask(client, question))).not.toContain(question === 'leavers' ? 'dee' : 'four');
});

test('at a point in time the last term is that of then', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  workspace.clock.time = Date.UTC(2027, 1, 1);
  await client.entities.update({ type: 'interface', id: 'two', data: { energy_loss: 80 } });
  const then = await ask(client, 'changes');
  expect(idsOf(then)).toEqual(['two']);
  workspace.clock.time = Date.UTC(2028, 8, 1);
  await client.entities.update({ type: 'interface', id: 'one', data: { energy_loss: 90 } });
  const past = clientOf(await openAt(workspace, '2027-02-20'));
  expect(await ask(past, 'changes')).toMatchObject({ since: then.since, items: [{ id: 'two' }] });
});

test('answers computed during a write are not cached', async () => {
  const client = (await testWorkspace({ template })).as();
  await Promise.all(
    Array.from({ length: 1500 }, (_, at) =>
      client.entities.create({ type: 'team', data: { name: `team ${at}` } }),
    ),
  );
  const asked = (limit: number) => ask(client, 'changes', { limit, since: '2026-01-01T00:00:00.000Z' });
  for (const [round, pause] of [0, 2, 5, 10, 15].entries()) {
    const first = asked(900);
    await new Promise((done) => setTimeout(done, pause));
    await client.entities.update({ type: 'interface', id: 'one', data: { energy_loss: 10 * (round + 1) } });
    await first;
    expect((await asked(900)).items[0]).toEqual((await asked(899 - round)).items[0]);
  }
});

test('an answer reports how much could be judged: missing links and members differ from no trouble', async () => {
  const client = (await testWorkspace({ template: await makeTemplate(async () => {}) })).as();
  const judged = async (question: 'degrading' | 'undocumented' | 'cohorts') =>
    (await ask(client, question)).judged;
  const team = (id: string) => client.entities.create({ type: 'team', id, data: { name: id } });
  await Promise.all(['a', 'b'].map(team));
  for (const question of ['degrading', 'undocumented', 'cohorts'] as const)
    expect(await judged(question)).toBe(0);
  await client.entities.create({ type: 'interface', data: { from: 'a', to: 'b', energy_loss: 5 } });
  await client.entities.create({ type: 'student', data: { name: 's', team_id: 'a', terms_remaining: 4 } });
  for (const question of ['degrading', 'undocumented', 'cohorts'] as const)
    expect(await judged(question)).toBe(1);
});
