import { beforeEach, expect, it } from 'vitest';
import { fillSample } from '#core/sample/fill.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

let workspace: TestWorkspace;
const client = () => workspace.core.client(workspace.core.session());

beforeEach(async () => {
  workspace = await testWorkspace();
  const { core } = workspace;
  await fillSample(core.services, core.session());
});

const sum = async (): Promise<number> =>
  Object.values(await client().entities.counts({ deleted: 'without' })).reduce((a, b) => a + b, 0);

it('removes the sample after other records were added, and leaves those', async () => {
  const own = (await client().entities.create({ type: 'team', data: { name: 'Payload Optics' } })).record;
  const before = await sum();
  const { removed, left } = await client().workspace.clearSample({});
  expect({ removed, left }).toEqual({ removed: before - 1, left: 0 });
  expect(await sum()).toBe(1);
  expect((await client().entities.find({ id: own.id })).deleted_at).toBeNull();
  expect((await client().workspace.info({})).sample).toBe(false);
  expect((await workspace.verify()).ok).toBe(true);
});

it('leaves changed sample records and those used by others', async () => {
  const [university] = (await client().entities.list({ type: 'university', limit: 1 })).rows;
  const [changed] = (await client().entities.list({ type: 'student', limit: 1 })).rows;
  if (!university || !changed) throw new Error('The sample has universities and students.');
  const own = (
    await client().entities.create({ type: 'team', data: { name: 'Mine', university_id: university.id } })
  ).record;
  await client().entities.update({ type: 'student', id: changed.id, data: { name: 'Somebody real' } });
  const { left } = await client().workspace.clearSample({});
  expect(left).toBeGreaterThanOrEqual(2);
  for (const id of [own.id, university.id, changed.id]) {
    expect((await client().entities.find({ id })).deleted_at).toBeNull();
  }
  expect((await client().entities.find({ id: own.id })).payload.university_id).toBe(university.id);
});

it('is one change: undone it is all there again and can be taken out once more', async () => {
  await client().entities.create({ type: 'team', data: { name: 'Mine' } });
  const before = await sum();
  await client().workspace.clearSample({});
  await client().history.undo({});
  expect(await sum()).toBe(before);
  expect((await client().workspace.info({})).sample).toBe(true);
  await client().workspace.clearSample({});
  expect(await sum()).toBe(1);
});

it('refuses without a sample', async () => {
  await client().workspace.clearSample({});
  await expect(client().workspace.clearSample({})).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
