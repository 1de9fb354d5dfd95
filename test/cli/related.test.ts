import { expect, test } from 'vitest';
import { schemasOf } from '#cli/args/option.ts';
import type { RelatedRecord } from '#shared/contract/related.ts';
import { inFolder } from './frames.ts';

const { frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
const id = 'team_summit-flight-software';

test('frames related lists what a record is connected with, by id or name, with paths in words', async () => {
  await seed();
  const found = await json<{ rows: RelatedRecord[]; total: number }>('related', id, '--depth', '3', ...w);
  expect(schemasOf('entities.related').output.safeParse(found).error).toBeUndefined();
  expect(found.rows).toHaveLength(100);
  expect(new Set(found.rows.map(({ distance }) => distance))).toContain(2);
  expect(found.rows.find(({ type }) => type === 'university')).toMatchObject({
    title: 'Summit State',
    distance: 1,
    path: [{ kind: 'university_id', direction: 'out' }],
  });
  const { total } = await json<{ total: number }>('related', id, ...w, '--limit', '1');
  expect(total).toBeLessThan(found.total);

  await json('entities create project p', '--data', '{"name": "Lone mission"}', ...w);
  await json('entities create team t', '--data', '{"name": "Lone team", "project_id": "p"}', ...w);
  await json('entities create student s', '--data', '{"name": "Ada Lone", "team_id": "t"}', ...w);
  const { stdout } = await frames('related', 'lone MISSION', ...w);
  expect(stdout).toContain('← Project ← Lone team ← Team ← Ada Lone');
  expect(stdout).toContain('Total: 2');
});

test('a name that several records have is refused with their ids, and an unknown one is not found', async () => {
  const several = await refused('related', 'Flight software', ...w);
  expect(several).toMatchObject({ code: 2, error: { details: { argument: 'RECORD' } } });
  expect(several.error.message).toContain(`${id} (team, Summit State)`);
  expect(await refused('related', 'Nobody', ...w)).toMatchObject({ code: 1, error: { code: 'NOT_FOUND' } });
  expect(await refused('related', id, '--depth', '4', ...w)).toMatchObject({ code: 2 });
});
