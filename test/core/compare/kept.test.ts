import { sinceBase } from '#shared/domain/points-in-time.ts';
import { expect, test } from 'vitest';
import type { Comparison } from '#shared/contract/comparison.ts';
import { mergeBaseOf } from '#core/compare/base.ts';
import { ComparisonCache } from '#core/compare/comparison-cache.ts';
import { headOf } from '#core/compare/page.ts';
import { withLive, withSandbox } from '#core/compare/snapshots.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

interface Both {
  workspace: TestWorkspace;
  ada: Client;
  play: Client;
  id: string;
}

/** A sandbox with as many teams more, and live with one changed. */
async function both(teams: number): Promise<Both> {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { id } = await take(ada, 'Play');
  const play = clientOf(await openSandbox(workspace, id));
  for (let number = 0; number < teams; number += 1)
    await play.entities.create({ type: 'team', id: `t${number}`, data: { name: `Team ${number}` } });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 8 } });
  return { workspace, ada, id, play };
}

/** How many records are looked at for a comparison. */
function looked({ workspace: { core }, id }: Both, kept: ComparisonCache): Promise<number> {
  return withSandbox(core.services, id, (play, facts) =>
    withLive(core.services, async (live) => {
      const mergeBase = mergeBaseOf(live, play, facts);
      const steps = kept.compare(
        { ours: live, theirs: play, mergeBase },
        `${headOf(live).hash} ${headOf(play).hash}`,
      );
      return [...steps].length;
    }),
  );
}

const page = async (client: Client, id: string, asked: object): Promise<Comparison> =>
  resultOf(await client.compare.between({ ...sinceBase(id), ...asked }));

test('a comparison is cached until either file changes', async () => {
  const here = await both(3);
  const kept = new ComparisonCache();
  const looks = (): Promise<number> => looked(here, kept);
  expect(await looks()).toBeGreaterThan(3);
  expect(await looks()).toBe(0);
  await here.play.entities.update({ type: 'team', id: 't0', data: { size: 4 } });
  expect(await looks()).toBeGreaterThan(3);
  expect(await looks()).toBe(0);
  await here.ada.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
  expect(await looks()).toBeGreaterThan(3);
});

test('pages of a cached comparison equal those of a new one', async () => {
  const here = await both(5);
  await page(here.ada, here.id, {});
  for (const asked of [
    { limit: 2 },
    { limit: 2, offset: 2 },
    { limit: 2, offset: 4 },
    { text: 'team 3' },
    { text: 'T4', offset: 1 },
    { types: ['team' as const], classes: ['live' as const] },
    { types: ['student' as const] },
    { offset: 90 },
  ]) {
    const anew = clientOf(await openSandbox(here.workspace, here.id));
    expect(await page(here.ada, here.id, asked)).toEqual(await page(anew, here.id, asked));
  }
  const all = await page(here.ada, here.id, {});
  expect(all.matched).toBe(6);
  const pages = [0, 2, 4].map((offset) => page(here.ada, here.id, { limit: 2, offset }));
  expect((await Promise.all(pages)).flatMap(({ rows }) => rows)).toEqual(all.rows);
});
