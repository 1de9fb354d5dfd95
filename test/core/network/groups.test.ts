import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NetworkGroups } from '#shared/contract/network.ts';
import { linkEnds, linkCrossings } from '#shared/domain/link-filters.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import { networkTemplate } from './crew.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await networkTemplate();
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

test('every record is in one group and every link counted once, as SQL counts them', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const types = ['team', 'faculty', 'project', 'student', 'university'] as const;
  const { read } = workspace.core.services;
  const tables = ['teams', 'faculty', 'projects', 'students', 'universities'];
  const ends = tables.map((table) => `SELECT id FROM ${table} WHERE hidden = 0 AND deleted_at IS NULL`);
  const records = ends.join(' UNION ALL ');
  const [nodes] = read.column<number>(`SELECT count(*) FROM (${records})`, []);
  const [links] = read.column<number>(
    `SELECT count(*) FROM interfaces WHERE hidden = 0 AND deleted_at IS NULL
      AND payload ->> 'from' IN (${records}) AND payload ->> 'to' IN (${records})`,
    [],
  );
  const asked = fc.record({
    by: fc.constantFrom('university' as const, 'community' as const),
    expanded: fc.subarray(['u1', 'u2', '', 'a', 'b']),
  });
  await fc.assert(
    fc.asyncProperty(asked, async (input) => {
      const found: NetworkGroups = await resultOf(
        await client.analysis.groups({ ...input, types: [...types] }),
      );
      const { groups, network, links: between } = found;
      expect(sum(groups.map(({ members }) => members)) + network.nodes.id.length).toBe(nodes);
      expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
      expect(found.nodes).toBe(nodes);
      const counted = sum(groups.map(({ within }) => within)) + sum(between.count) + network.edges.id.length;
      expect(counted).toBe(links);
      expect(found.all_links).toBe(links);
      const drawn = new Set([...groups.map(({ id }) => `group:${id}`), ...network.nodes.id]);
      expect([...between.from, ...between.to].every((end) => drawn.has(end))).toBe(true);
    }),
    { numRuns: lawRuns(20) },
  );
});

test('links that a filter leaves out are in no count', async () => {
  const client = (await testWorkspace({ template })).as();
  const none = { university: '', crossing: '', ends: '', bond: '', loss: null } as const;
  const count = async (links: object): Promise<number> => {
    const input = { by: 'university' as const, types: ['team' as const], links: { ...none, ...links } };
    return (await resultOf(await client.analysis.groups(input))).all_links;
  };
  expect(await count({})).toBe(4);
  expect(await count({ crossing: linkCrossings[1] })).toBe(4);
  expect(await count({ crossing: linkCrossings[0] })).toBe(0);
  expect(await count({ loss: [1, 2] })).toBe(2);
  expect(await count({ ends: linkEnds[0] })).toBe(0);
  expect(await count({ bond: 'fragile-temporary', university: 'u1' })).toBe(4);
});

test('members beyond the limit are only counted', async () => {
  const client = (await testWorkspace({ template })).as();
  const few = await client.network.graph({ types: ['team'], most: { nodes: 10, links: 3 } });
  expect([few.nodes.id, few.too_large]).toEqual([[], { nodes: 5, links: 4 }]);
  const all = await client.network.graph({ types: ['team'], most: { nodes: 5, links: 4 } });
  expect([all.nodes.id.length, all.too_large]).toEqual([5, undefined]);
});
