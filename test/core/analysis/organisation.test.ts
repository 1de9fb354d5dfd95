import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { buildKnowledgeGraph } from '#core/analysis/knowledge.ts';
import { Bearing } from '#core/analysis/bearer-model.ts';
import { nodeKind, noNode, noLifecycle } from '#core/analysis/organisation.ts';
import type { NamedOrganisation } from '#core/analysis/organisation.ts';
import { readOrganisation } from '#core/analysis/read-organisation.ts';
import { runSync } from '#core/kernel/progress.ts';
import { createIndexes } from '#core/model/indexes.ts';
import type { Services } from '#core/model/services.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const runs = lawRuns(10);

const read = (services: Pick<Services, 'read' | 'names' | 'singletons'>): NamedOrganisation =>
  runSync(readOrganisation(services));

/** What the file holds, said by SQLite alone. */
const inFile = (workspace: TestWorkspace): unknown =>
  workspace.raw((db) => {
    const there = 'deleted_at IS NULL AND hidden = 0';
    const all = (sql: string): unknown[][] => db.prepare(sql).raw(true).all() as unknown[][];
    const team = `(SELECT t.id FROM teams t WHERE t.id = s.team_id AND t.deleted_at IS NULL AND t.hidden = 0)`;
    return {
      teams: all(
        `SELECT id, CASE WHEN lifecycle IN (${vocabulary.lifecycle.map((one) => `'${one}'`).join(', ')}) THEN lifecycle END FROM teams WHERE ${there} ORDER BY id`,
      ),
      left: all(
        `SELECT id FROM teams t WHERE ${there}
            AND EXISTS (SELECT 1 FROM students WHERE team_id = t.id AND ${there} AND active = 0)
            AND NOT EXISTS (SELECT 1 FROM students WHERE team_id = t.id AND ${there} AND active IS NOT 0)
          UNION SELECT id FROM students s WHERE ${there} AND active = 0
            AND EXISTS (SELECT 1 FROM interfaces WHERE s.id IN (from_id, to_id) AND ${there}) ORDER BY id`,
      ).flat(),
      faculty: all(`SELECT id FROM faculty WHERE ${there} ORDER BY id`).flat(),
      students: all(
        `SELECT id, ${team}, terms_remaining FROM students s WHERE ${there} AND active IS NOT 0 ORDER BY id`,
      ),
      links: all(
        `SELECT id, from_id, to_id, bond_type, coalesce(energy_loss, CASE bond_type
            ${Object.entries(defaultEnergyLoss)
              .map(([bond, loss]) => `WHEN '${bond}' THEN ${loss}`)
              .join(' ')} END)
          FROM interfaces WHERE ${there} ORDER BY id`,
      ),
    };
  });

/** The same of what is in memory; links are read from the compressed graph, in which the best of several counts. */
function inMemory(organisation: NamedOrganisation): unknown {
  const { nodes, kinds, linkIds, bonds, from, to, losses, lifecycles, students, memberOf, terms } =
    organisation;
  const id = (at: number): string => nodes[at]?.id ?? '';
  const byId = (a: unknown[], b: unknown[]): number => (String(a[0]) < String(b[0]) ? -1 : 1);
  const { passRates: passes } = new Bearing(organisation);
  const graph = buildKnowledgeGraph(organisation, passes);
  const seen = new Map<number, Set<number>>();
  for (let node = 0; node < graph.size; node++)
    for (let at = graph.offsets[node] as number; at < (graph.offsets[node + 1] as number); at++) {
      const link = graph.links[at] as number;
      expect(new Set([node, graph.targets[at]])).toEqual(new Set([from[link], to[link]]));
      expect(graph.weights[at]).toBe(passes[link]);
      seen.set(link, (seen.get(link) ?? new Set()).add(node));
    }
  const passing = linkIds.flatMap((_, link) => ((passes[link] as number) > 0 ? [link] : []));
  expect([...seen.keys()].toSorted((a, b) => a - b)).toEqual(passing);
  return {
    teams: nodes
      .flatMap(({ id: team, type }, at) => {
        const lifecycle =
          lifecycles[at] === noLifecycle ? null : vocabulary.lifecycle[lifecycles[at] as number];
        return type === 'team' ? [[team, lifecycle]] : [];
      })
      .toSorted(byId),
    left: nodes.flatMap((node, at) => (kinds[at] === nodeKind.left ? [node.id] : [])).toSorted(),
    faculty: nodes.flatMap((node) => (node.type === 'faculty' ? [node.id] : [])).toSorted(),
    students: Array.from(students, (node, at) => {
      const team = memberOf[at] as number;
      return [id(node), team === noNode ? null : id(team), Number.isNaN(terms[at]) ? null : terms[at]];
    }).toSorted(byId),
    links: linkIds.map((link, at) => {
      const loss = losses[at] as number;
      return [
        link,
        id(from[at] as number),
        id(to[at] as number),
        bonds[at],
        Number.isNaN(loss) ? null : loss,
      ];
    }),
  };
}

test('the graph in memory equals the file and a fresh read after any changes', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 5, maxLength: 25 }), (steps) =>
      withWorkspace(template, async (workspace) => {
        const { services } = workspace.core;
        const cores = [workspace.core, await workspace.another()];
        read(services);
        for (const [at, step] of steps.entries()) {
          await perform(cores, step);
          if (at % 2 === 0) read(services);
        }
        const followed = read(services);
        expect(followed).toEqual(read({ read: services.read, ...createIndexes(services.read) }));
        expect(inMemory(followed)).toEqual(inFile(workspace));
      }),
    ),
    { numRuns: runs },
  );
});

test('added, changed and removed links are followed; earlier results stay unchanged', async () => {
  const workspace = await testWorkspace({ template });
  const { services } = workspace.core;
  const { entities } = workspace.as();
  const before = read(services);
  const kept = structuredClone(before);
  const bond = { from: 'team-a', to: 'team-b', bond_type: 'fragile-temporary', energy_loss: 60 };
  for (const id of ['0-first', 'm-middle', 'zz-last'])
    await entities.create({ type: 'interface', id, data: bond });
  await entities.update({ type: 'interface', id: 'm-middle', data: { energy_loss: 20 } });
  await entities.remove({ type: 'interface', id: 'zz-last' });
  const after = read(services);
  // Followed, not read anew: what no link changes is the same.
  expect(after.nodes).toBe(before.nodes);
  expect(before).toEqual(kept);
  expect(inMemory(after)).toEqual(inFile(workspace));
});

test('changed records are followed, except added, removed and moved members', async () => {
  const workspace = await testWorkspace({ template });
  const { services } = workspace.core;
  const { entities } = workspace.as();
  await entities.create({
    type: 'student',
    id: 's-new',
    data: { name: 'N', team_id: 'team-a', terms_remaining: 5 },
  });
  const before = read(services);
  await entities.update({
    type: 'student',
    id: 's-new',
    data: { terms_remaining: 2, is_lead: true, name: 'M' },
  });
  await entities.update({ type: 'team', id: 'team-a', data: { importance: 'high', size: 9 } });
  const after = read(services);
  expect(after.memberOf).toBe(before.memberOf);
  expect(after.from).toBe(before.from);
  expect(after).toEqual(read({ read: services.read, ...createIndexes(services.read) }));
  expect(after.terms).not.toEqual(before.terms);
  await entities.update({ type: 'student', id: 's-new', data: { team_id: 'team-b' } });
  expect(read(services).memberOf).not.toBe(before.memberOf);
  expect(read(services)).toEqual(read({ read: services.read, ...createIndexes(services.read) }));
});

test('is read completely during constant writes', async () => {
  const workspace = await testWorkspace({ template });
  const { entities } = workspace.as();
  const steps = readOrganisation(workspace.core.services);
  let writes = 0;
  for (let step = steps.next(); !step.done; step = steps.next()) {
    await entities.create({ type: 'team', data: { name: `team ${(writes += 1)}` } });
    expect(writes).toBeLessThan(200);
  }
  expect(read(workspace.core.services).nodes.length).toBeGreaterThan(writes);
});
