import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer } from '#shared/contract/analysis.ts';
import type { ExpertiseTable } from '#shared/contract/expertise.ts';
import { leavingHorizon } from '#core/analysis/questions/leaving-groups.ts';
import { neededAreas } from '#core/analysis/questions/needed-areas.ts';
import { nodeKind, noNode } from '#core/analysis/organisation.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { areaKey } from '#shared/domain/fold.ts';
import { readOrganisation } from '#core/analysis/read-organisation.ts';
import { runSync } from '#core/kernel/progress.ts';
import { createIndexes } from '#core/model/indexes.ts';
import type { Services } from '#core/model/services.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { organisationOf } from '../organisations.ts';

/** The project "cubesat" has the team "orbit", and no links. Ada and Bo of "orbit" stay, Cy of "radio" leaves. */
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  await entities.create({ type: 'project', id: 'cubesat', data: { name: 'CubeSat A' } });
  await entities.create({ type: 'team', id: 'orbit', data: { name: 'Orbit', project_id: 'cubesat' } });
  await entities.create({ type: 'team', id: 'radio', data: { name: 'Radio' } });
  for (const [id, team_id, terms_remaining] of [
    ['ada', 'orbit', 6],
    ['bo', 'orbit', 5],
    ['cy', 'radio', 1],
  ] as const)
    await entities.create({ type: 'student', id, data: { name: id, team_id, terms_remaining } });
});

const open = async (): Promise<Client> => {
  const client = (await testWorkspace({ template })).as();
  await client.analysis.setRanking({ people: true });
  return client;
};
const need = (client: Client, needed_expertise: string | null, type: 'project' | 'team' = 'project') =>
  client.entities.update({ type, id: type === 'project' ? 'cubesat' : 'radio', data: { needed_expertise } });
const know = (client: Client, id: string, expertise_area: string, more: object = {}) =>
  client.entities.update({ type: 'student', id, data: { expertise_area, ...more } });
const gapsOf = async (client: Client): Promise<Record<string, ExpertiseTable['areas'][number]['gap']>> =>
  Object.fromEntries(
    (await client.analysis.expertise({})).areas.map(({ name, gap }) => [name.toLowerCase(), gap]),
  );
const ask = async (client: Client, more: object = {}): Promise<Answer> =>
  resultOf(await client.analysis.insights({ question: 'expertise', quick: true, ...more }));
const reasonsOf = ({ items }: Answer) => items.map(({ because }) => because);

test('without stated needs there is no gap, and deleting the project removes its gap', async () => {
  const client = await open();
  await know(client, 'ada', 'orbits');
  const before = await ask(client);
  expect(await gapsOf(client)).toEqual({ orbits: null });
  await need(client, 'optics');
  expect(await gapsOf(client)).toEqual({ orbits: null, optics: 'nobody' });
  await client.entities.remove({ type: 'project', id: 'cubesat' });
  expect(await gapsOf(client)).toEqual({ orbits: null });
  expect((await ask(client)).items).toEqual(before.items);
});

test('a student with the area closes the gap whatever its spelling, and opens it again by leaving', async () => {
  const client = await open();
  await need(client, 'Orbits');
  expect(await gapsOf(client)).toEqual({ orbits: 'nobody' });
  expect(reasonsOf(await ask(client))).toEqual([
    { code: 'needed_nobody', params: { area: 'Orbits', needed_by: 'CubeSat A' } },
  ]);
  await know(client, 'ada', ' ORBITS');
  expect(await gapsOf(client)).toEqual({ orbits: null });
  expect(reasonsOf(await ask(client))).toMatchObject([
    { code: 'only_holder_terms', params: { needed_by: 'CubeSat A', terms: 6 } },
  ]);
  await client.entities.update({ type: 'student', id: 'ada', data: { active: false } });
  expect(await gapsOf(client)).toEqual({ orbits: 'nobody' });
  await client.entities.update({ type: 'student', id: 'ada', data: { active: true } });
  expect(await gapsOf(client)).toEqual({ orbits: null });
});

test('holders who all leave are a gap until another one stays; unknown terms are never a holder who stays', async () => {
  const client = await open();
  await need(client, 'optics');
  await know(client, 'ada', 'optics', { terms_remaining: 1 });
  await know(client, 'bo', 'optics', { terms_remaining: 1 });
  expect(await gapsOf(client)).toEqual({ optics: 'leaving_now' });
  await know(client, 'bo', 'optics', { terms_remaining: 2 });
  expect(await gapsOf(client)).toEqual({ optics: 'leaving_next' });
  expect(reasonsOf(await ask(client))).toEqual([
    { code: 'needed_leaving_next', params: { people: 2, area: 'optics', needed_by: 'CubeSat A' } },
  ]);
  await know(client, 'bo', 'optics', { terms_remaining: null });
  expect(await gapsOf(client)).toEqual({ optics: 'unknown' });
  expect(await ask(client)).toMatchObject({ items: [], unknown: 1 });
  await know(client, 'bo', 'optics', { terms_remaining: 3 });
  expect(await gapsOf(client)).toEqual({ optics: null });
  expect((await ask(client)).items).toEqual([]);
});

test('an area is far until a team of the project, or one linked to it, has somebody', async () => {
  const client = await open();
  await need(client, 'antennas');
  await know(client, 'cy', 'antennas', { terms_remaining: 6 });
  expect(await gapsOf(client)).toEqual({ antennas: 'far' });
  await client.entities.create({
    type: 'interface',
    id: 'link',
    data: { from: 'radio', to: 'cubesat', bond_type: 'codified-strong' },
  });
  expect(await gapsOf(client)).toEqual({ antennas: null });
  await client.entities.remove({ type: 'interface', id: 'link' });
  await client.entities.update({ type: 'team', id: 'radio', data: { project_id: 'cubesat' } });
  expect(await gapsOf(client)).toEqual({ antennas: null });
  await client.entities.update({ type: 'team', id: 'radio', data: { project_id: null } });
  expect(await gapsOf(client)).toEqual({ antennas: 'far' });
  await need(client, null);
  await need(client, 'antennas, optics', 'team');
  expect(await gapsOf(client)).toEqual({ antennas: null, optics: 'nobody' });
});

test('an area nobody has counts like any other area, and changes no other value', async () => {
  const client = await open();
  await know(client, 'ada', 'orbits');
  await know(client, 'bo', 'orbits');
  await know(client, 'cy', 'antennas');
  const [only] = (await ask(client)).items;
  await need(client, 'optics; thermal');
  const { items, judged } = await ask(client);
  expect(judged).toBe(4);
  expect(items[1]).toEqual(only);
  // Ada and Bo rely on each other, and there are two areas: all is 4.
  expect(items[0]).toMatchObject({
    id: 'cubesat',
    type: 'project',
    areas: ['optics', 'thermal'],
    value: 0.5,
    interventions: [],
  });
  expect((await ask(client, { quick: false })).items[0]).toMatchObject({ id: 'cubesat', value: 0.5 });
});

test('nobody is named unless rankings name people', async () => {
  const client = await open();
  await need(client, 'optics');
  await know(client, 'ada', 'optics', { terms_remaining: 1 });
  await know(client, 'cy', 'optics');
  expect((await ask(client)).items[0]?.records.map(({ id }) => id)).toEqual(['cubesat', 'ada', 'cy']);
  await client.analysis.setRanking({ people: false });
  expect((await ask(client)).items).toMatchObject([
    { id: 'cubesat', records: [{ id: 'cubesat' }, { id: 'orbit' }, { id: 'radio' }] },
  ]);
});

test('gaps come first in the table, the worst first, with who needs an area and until when it is there', async () => {
  const client = await open();
  await need(client, 'far, soon, none, fine');
  await know(client, 'ada', 'soon, fine', { terms_remaining: 2 });
  await know(client, 'bo', 'fine');
  await know(client, 'cy', 'far, unasked', { terms_remaining: 4 });
  const { areas } = await client.analysis.expertise({});
  expect(areas.map(({ name, gap, until, people }) => [name, gap, until, people])).toEqual([
    ['none', 'nobody', null, 0],
    ['soon', 'leaving_next', 2, 1],
    ['far', 'far', 4, 1],
    ['unasked', null, null, 1],
    ['fine', null, 5, 2],
  ]);
  expect(areas[0]?.needed_by).toEqual([{ id: 'cubesat', type: 'project', title: 'CubeSat A' }]);
});

test('an open repair of an area that everybody has lost stays without a value', async () => {
  const client = await open();
  await know(client, 'ada', 'optics');
  await need(client, 'optics');
  const { record } = await client.entities.create({
    type: 'repair',
    data: { name: 'Learn', question: 'expertise', subjects: ['ada', 'optics'] },
  });
  await know(client, 'ada', '');
  expect(await resultOf(await client.repairs.measure({ id: record.id }))).toMatchObject({ gap: 'left' });
});

type Change = (client: Client) => Promise<unknown>;
const stated = fc.constantFrom(null, 'optics', 'Orbits', 'orbits, optics');
const changes: fc.Arbitrary<Change> = fc.oneof(
  stated.map(
    (text): Change =>
      (client) =>
        need(client, text),
  ),
  stated.map(
    (text): Change =>
      (client) =>
        need(client, text, 'team'),
  ),
  fc.tuple(fc.constantFrom('ada', 'cy'), stated, fc.boolean()).map(
    ([id, text, active]): Change =>
      (client) =>
        know(client, id, text ?? '', { active }),
  ),
  fc.constantFrom(null, 'cubesat').map(
    (project_id): Change =>
      ({ entities }) =>
        entities.update({ type: 'team', id: 'radio', data: { project_id } }),
  ),
  fc.constant<Change>(async ({ entities }) => {
    await entities.remove({ type: 'project', id: 'cubesat' });
    return entities.restore({ type: 'project', id: 'cubesat' });
  }),
);

test('gaps follow any changes as a fresh read has them', async () => {
  const read = (services: Pick<Services, 'read' | 'names' | 'singletons'>) => {
    const organisation = runSync(readOrganisation(services));
    return neededAreas(organisation)
      .map(({ area, needers, holders, until, gap }) => ({
        area: areaKey(organisation.areas[area] ?? ''),
        needers: new Set(needers.map((node) => organisation.nodes[node]?.id)),
        holders: new Set(holders.map((node) => organisation.nodes[node]?.id)),
        until,
        gap,
      }))
      .toSorted((a, b) => (a.area < b.area ? -1 : 1));
  };
  await fc.assert(
    fc.asyncProperty(fc.array(changes, { minLength: 2, maxLength: 12 }), (steps) =>
      withWorkspace(template, async (workspace) => {
        const { services } = workspace.core;
        for (const change of steps) {
          read(services);
          await change(workspace.as());
          expect(read(services)).toEqual(read({ read: services.read, ...createIndexes(services.read) }));
        }
      }),
    ),
    { numRuns: lawRuns(30) },
  );
});

test('a holder who stays closes the gap, and one more of any terms never opens it', () => {
  const gapWith = (all: readonly number[]) =>
    neededAreas({
      ...organisationOf({
        kinds: [nodeKind.team, ...all.map(() => nodeKind.person)],
        members: all.map((left, index) => ({ node: index + 1, team: 0, terms: left })),
        areas: [[], ...all.map(() => [0])],
        links: [],
      }),
      needs: {
        needers: Uint32Array.of(0),
        areas: Uint32Array.of(0),
        teamProjects: new Uint32Array(all.length + 1).fill(noNode),
      },
    })[0]?.gap;
  const termsOrUnknown = fc.option(fc.integer({ min: 0, max: 6 }), { nil: Number.NaN });
  fc.assert(
    fc.property(fc.array(termsOrUnknown, { maxLength: 4 }), (terms) => {
      expect(gapWith([...terms, leavingHorizon + 1])).toBeNull();
      expect(gapWith(terms) !== null || gapWith([...terms, 0]) === null).toBe(true);
      expect(gapWith(terms) === 'nobody').toBe(terms.length === 0);
      const isUncertain = terms.some((left) => Number.isNaN(left));
      expect(!isUncertain || ['unknown', null].includes(gapWith(terms) ?? null)).toBe(true);
    }),
  );
});
