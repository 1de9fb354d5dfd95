import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Core } from '#core/open.ts';
import type { RelatedRecord } from '#shared/contract/related.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isReferenceKind, referencedIds } from '#shared/domain/references.ts';
import { compareText } from '#shared/domain/sort-key.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { meaningIndex } from '#core/search/meaning/meaning-index.ts';
import { HashEmbedder } from '#test/support/hash-embedder.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

interface Edge {
  id: string;
  kind: string;
  direction: string;
}

interface Slow {
  types: Map<string, EntityType>;
  edgesOf: (id: string) => readonly Edge[];
}

/** Every visible record with all its connections, read from the tables. */
function readSlowly({ services }: Core): Slow {
  const types = new Map<string, EntityType>();
  const edges = new Map<string, Edge[]>();
  const join = (from: string, to: string, kind: string): void => {
    edges.set(from, [...(edges.get(from) ?? []), { id: to, kind, direction: 'out' }]);
    edges.set(to, [...(edges.get(to) ?? []), { id: from, kind, direction: 'in' }]);
  };
  for (const type of entityTypes) {
    const sql = `SELECT id, payload FROM ${tableOf[type]} WHERE deleted_at IS NULL AND hidden = 0`;
    for (const { id, payload } of services.read.all<{ id: string; payload: string }>(sql)) {
      types.set(id, type);
      const data = JSON.parse(payload) as JsonObject;
      for (const field of fieldsOf(type).filter(isReferenceKind))
        for (const to of referencedIds(data[field.key])) join(id, to, field.key);
      if (type === 'interface') join(data['from'] as string, data['to'] as string, 'link');
    }
  }
  return { types, edgesOf: (id) => (edges.get(id) ?? []).filter((edge) => types.has(edge.id)) };
}

const isPassed = ({ kind, direction }: Edge): boolean =>
  (kind === 'from' || kind === 'to') && direction === 'in';

/** The distances of what the answer lists, breadth first over all records. */
function distancesFrom({ types, edgesOf }: Slow, start: string, depth: number): Map<string, number> {
  const distances = new Map([[start, 0]]);
  const listed = new Map<string, number>();
  for (let distance = 1; distance <= depth; distance += 1)
    for (const [id, before] of distances) {
      if (before !== distance - 1 || (id !== start && types.get(id) === 'university')) continue;
      for (const edge of edgesOf(id)) {
        if (!distances.has(edge.id)) distances.set(edge.id, distance);
        if (distances.get(edge.id) === distance && !isPassed(edge)) listed.set(edge.id, distance);
      }
    }
  return listed;
}

const groupOf = ({ distance, path }: RelatedRecord): string =>
  `${distance} ${path.at(-1)?.kind} ${path.at(-1)?.direction}`;
const distanceById = (rows: readonly RelatedRecord[]) =>
  new Map(rows.map(({ id, distance }) => [id, distance]));
const related = (client: Client, id: string, depth = 2) =>
  client.entities.related({ id, depth, limit: 1000 });

test('equals a slow search over all records after any changes, with paths of that length and one order', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 3, maxLength: 25 }), fc.nat(), async (steps, pick) =>
      withWorkspace(template, async (workspace) => {
        const cores = [workspace.core, await workspace.another()];
        const ada = workspace.as();
        for (const [at, step] of steps.entries()) {
          await perform(cores, step);
          if (at % 3 === 0) await related(ada, 'team-a').catch(() => undefined);
        }
        const slow = readSlowly(workspace.core);
        const ids = [...slow.types.keys()];
        if (ids.length === 0) return;
        const fresh = await workspace.another();
        for (const depth of [1, 2, 3]) {
          const start = ids[(pick + depth) % ids.length] as string;
          const { rows, total } = await related(ada, start, depth);
          expect(distanceById(rows), start).toEqual(distancesFrom(slow, start, depth));
          expect(total).toBe(rows.length);
          for (const { id, type, distance, path } of rows) {
            expect([path.length, path.at(-1)?.id, slow.types.get(id)]).toEqual([distance, id, type]);
            for (const [at, { id: to, kind, direction }] of path.entries()) {
              const before = path[at - 1]?.id ?? start;
              expect(slow.edgesOf(before)).toContainEqual({ id: to, kind, direction });
              expect(at > 0 && slow.types.get(before) === 'university').toBe(false);
            }
          }
          // A fresh index reads the records in another order.
          expect(await related(fresh.client(fresh.session()), start, depth)).toEqual({ rows, total });
          const first = await ada.entities.related({ id: start, depth, limit: 3 });
          expect(first).toEqual({ rows: rows.slice(0, 3), total });
          expect(rows).toEqual(rows.toSorted((a, b) => a.distance - b.distance));
          const groups = Object.values(Object.groupBy(rows, groupOf));
          expect(groups.flat()).toEqual(rows);
          for (const group of groups)
            expect(group).toEqual(group?.toSorted((a, b) => compareText(a.id, b.id)));
        }
      }),
    ),
    { numRuns: lawRuns(30) },
  );
});

test('names the path in steps: links, references in both directions, documents and bearers', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.update({ type: 'interface', id: 'link', data: { bearers: ['student-b'] } });
  await ada.entities.create({ type: 'document', id: 'doc', data: { name: 'Plan', record_ids: ['link'] } });
  const { rows } = await related(ada, 'team-a');
  const pathOf = (id: string) =>
    rows.find((row) => row.id === id)?.path.map((step) => `${step.direction} ${step.kind} ${step.title}`);
  expect(pathOf('team-b')).toEqual(['out link Bay team']);
  expect(pathOf('student-a')).toEqual(['in team_id Alpine student']);
  expect(pathOf('doc')).toEqual(['in from Alpine team → Bay team', 'in record_ids Plan']);
  expect(pathOf('student-b')).toEqual(['in from Alpine team → Bay team', 'out bearers Bay student']);
  // Its other end is listed instead.
  expect(pathOf('link')).toBeUndefined();
  expect(rows[0]).toMatchObject({ id: 'team-b', type: 'team', university: 'Bay university', distance: 1 });
  expect((await related(ada, 'link', 1)).rows.map(({ id }) => id)).toEqual([
    'student-b',
    'team-a',
    'doc',
    'team-b',
  ]);
});

test('a record with very many references is listed but not followed', async () => {
  const ada = (await testWorkspace({ template })).as();
  const teams = Array.from({ length: 199 }, (_, at) => ({
    kind: 'create' as const,
    type: 'team' as const,
    id: `many-${at}`,
    data: { name: `Many ${at}`, project_id: 'project-a' },
  }));
  await ada.entities.applyChanges({ changes: teams.slice(0, -1) });
  // The university, team A and 198 others: 200.
  expect((await related(ada, 'student-a')).rows.map(({ id }) => id)).toContain('project-a');
  expect((await related(ada, 'student-a', 3)).rows.map(({ id }) => id)).toContain('many-7');
  await ada.entities.applyChanges({ changes: teams.slice(-1) });
  const ids = (await related(ada, 'student-a', 3)).rows.map(({ id }) => id);
  expect(ids).toContain('project-a');
  expect(ids).not.toContain('many-7');
  // The start is always followed.
  expect((await related(ada, 'project-a', 1)).total).toBe(201);
});

test('a deleted record cuts the path, and is no start', async () => {
  const ada = (await testWorkspace({ template })).as();
  const ids = async () => (await related(ada, 'student-a', 3)).rows.map(({ id }) => id);
  expect(await ids()).toContain('student-b');
  await ada.entities.remove({ type: 'team', id: 'team-b' });
  expect(await ids()).toEqual(['team-a', 'uni-a', 'project-a']);
  await refused('NOT_FOUND', related(ada, 'team-b'));
  await ada.entities.restore({ type: 'team', id: 'team-b' });
  expect(await ids()).toContain('student-b');
  // Hides its records.
  await ada.entities.remove({ type: 'university', id: 'uni-b', with_contents: true });
  expect(await ids()).toEqual(['team-a', 'uni-a', 'project-a']);
});

test('texts of similar meaning connect the start once they are trained', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const describe = (id: string, description: string) =>
    ada.entities.update({ type: 'project', id, data: { description } });
  await describe('project-a', 'Tests the battery packs in the cold');
  await describe('project-b', 'Builds battery packs from cells');
  meaningIndex(workspace.core.services, () => new HashEmbedder());
  const kinds = async (id: string) =>
    (await related(ada, id, 1)).rows.map((row) => `${row.path[0]?.kind} ${row.id}`);
  expect(await kinds('project-a')).not.toContain('similar project-b');
  await resultOf(await ada.search.train({}));
  expect(await kinds('project-a')).toContain('similar project-b');
  // Only at the start.
  const laterSteps = (await related(ada, 'team-a')).rows.flatMap(({ path }) => path.slice(1));
  expect(laterSteps.map(({ kind }) => kind)).not.toContain('similar');
});
