import { expect, test } from 'vitest';
import { runSync } from '#core/kernel/progress.ts';
import { describedShare } from '#shared/domain/interfaces.ts';
import { collectOrganisation } from '#core/analysis/collect-organisation.ts';
import { readOrganisation } from '#core/analysis/read-organisation.ts';
import { linkIndex } from '#core/network/link-index.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  for (const id of ['a', 'b', 'c']) await entities.create({ type: 'team', id, data: { name: id } });
  const bond_type = 'fragile-temporary';
  await entities.create({ type: 'interface', id: 'ab', data: { from: 'a', to: 'b', bond_type } });
  await entities.create({
    type: 'interface',
    id: 'bc',
    data: { from: 'b', to: 'c', bond_type, documented: 95 },
  });
});

/** The written share of each link in per cent, read anew and followed from before, which must be the same. */
function shares({ core: { services } }: TestWorkspace): number[] {
  const followed = runSync(readOrganisation(services));
  const links = linkIndex(services);
  const { organisation } = runSync(collectOrganisation({ ...services, links, today: '2026-01-01' }));
  expect([...followed.documented]).toEqual([...organisation.documented]);
  return [...followed.documented].map((share) => share * 100);
}

test('a link counts as documented as long as a document describes it', async () => {
  const workspace = await testWorkspace({ template });
  const { entities } = workspace.as();
  expect(shares(workspace)).toEqual([0, 95]);
  const { record } = await entities.create({
    type: 'document',
    data: { name: 'Handover', record_ids: ['ab', 'bc'] },
  });
  expect(shares(workspace)).toEqual([describedShare, 95]);
  await entities.update({ type: 'document', id: record.id, data: { record_ids: ['a'] } });
  expect(shares(workspace)).toEqual([0, 95]);
  await entities.update({ type: 'document', id: record.id, data: { record_ids: ['ab'] } });
  await entities.remove({ type: 'document', id: record.id });
  expect(shares(workspace)).toEqual([0, 95]);
  await entities.restore({ type: 'document', id: record.id });
  expect(shares(workspace)).toEqual([describedShare, 95]);
});
