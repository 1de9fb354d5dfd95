import { expect, test } from 'vitest';
import { footingOf } from '#core/compare/base.ts';
import { compareSome, differences } from '#core/compare/differences.ts';
import type { Sides } from '#core/compare/differences.ts';
import { withLive, withPlay } from '#core/compare/sides.ts';
import type { Candidates } from '#core/compare/touched.ts';
import { comparedBy } from '#test/support/compare.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const both = () => twoSides(template);

const team = { type: 'team', id: 'team-a' } as const;
const other = { type: 'team', id: 'team-b' } as const;
const student = { type: 'student', id: 'student-a' } as const;
const link = { type: 'interface', id: 'link' } as const;

const all = { team: true, link: true, student: 'team-a' };
/** What of team-a is there: the team, its link and its student's reference. */
const whole = async ({ entities }: Client) => ({
  team: (await entities.get(team)).deleted_at === null,
  link: (await entities.get(link)).deleted_at === null,
  student: (await entities.get(student)).payload['team_id'] ?? null,
});

/** Live deleted a team that Play changed, Play's counted, so that it came back with what had gone with it; live was brought in since, and took the promotion back. */
async function takenBackAfterRefresh(meanwhile: (ada: Client) => Promise<unknown> = async () => {}) {
  const sides = await both();
  const { ada, play, promote, refresh } = sides;
  await ada.entities.remove(team);
  await play.entities.update({ ...team, data: { size: 7 } });
  const { op_id, followed } = await promote({ conflicts: 'play' });
  expect(followed.back).toBe(2);
  await refresh({ conflicts: 'live' });
  await meanwhile(ada);
  await ada.history.undoChange({ op_id: op_id as string });
  expect((await whole(ada)).team).toBe(false);
  return sides;
}

test('what comes to live again after it was taken back there comes with what had come back with it', async () => {
  const { ada, id, play, promote, refresh } = await takenBackAfterRefresh();
  await promote();
  expect(await whole(ada)).toEqual(all);
  await refresh({ conflicts: 'live' });
  expect(await whole(play)).toEqual(all);
  expect((await comparedBy(ada, id)).rows).toEqual([]);
});

test('a refresh of what live took back leaves what had come back with it in Play, as it leaves the record', async () => {
  const { play, refresh, promote, ada } = await takenBackAfterRefresh();
  await refresh();
  expect(await whole(play)).toEqual(all);
  await promote();
  expect(await whole(ada)).toEqual(all);
});

test('what live promoted anew by making that again is nobody’s change', async () => {
  const { ada, id } = await takenBackAfterRefresh();
  await ada.history.redo({});
  expect(await whole(ada)).toEqual(all);
  expect((await comparedBy(ada, id)).rows).toEqual([]);
});

test('what live removed itself before it took the promotion back stays removed', async () => {
  const { ada, play, promote, refresh } = await takenBackAfterRefresh((live) => live.entities.remove(link));
  await promote();
  expect(await whole(ada)).toEqual({ ...all, link: false });
  await refresh();
  expect(await whole(play)).toEqual({ ...all, link: false });
});

/** Play's deletion of a team is promoted when its link is gone in live already, and live brings that team back. */
async function backInLive() {
  const sides = await both();
  const { ada, play, promote } = sides;
  await ada.entities.remove(team);
  await play.entities.update({ ...team, data: { size: 7 } });
  await play.entities.remove(other);
  await promote({ decisions: [{ id: 'team-a', take: 'play' }] });
  await ada.entities.restore(other);
  expect(await whole(ada)).toEqual(all);
  return sides;
}

test('a link that live brought back with its end stays, though it went in Play with that end, whose deletion was promoted before', async () => {
  const { ada, promote } = await backInLive();
  expect(await promote()).toMatchObject({ op_id: null });
  expect((await ada.entities.get(other)).deleted_at).toBeNull();
  expect(await whole(ada)).toEqual(all);
});

test('a refresh brings such a link with its end', async () => {
  const { ada, id, play, refresh } = await backInLive();
  expect(await refresh()).toMatchObject({ restored: { teams: 1, interfaces: 1 } });
  expect(await whole(play)).toEqual(all);
  expect((await comparedBy(ada, id)).rows).toEqual([]);
});

test('a student whom live led to another team than the one that Play deleted keeps that after the deletion was promoted', async () => {
  const { ada, play, promote, refresh } = await both();
  await play.entities.remove(team);
  await ada.entities.update({ ...student, data: { team_id: 'team-b' } });
  await promote({ conflicts: 'live' });
  expect(await promote({ conflicts: 'play' })).toMatchObject({ op_id: null });
  expect(await whole(ada)).toMatchObject({ team: false, student: 'team-b' });
  await refresh();
  expect(await whole(play)).toMatchObject({ team: false, student: 'team-b' });
});

test('what many records hang on is looked at once in a comparison, however many are compared together', async () => {
  const { ada, core, id, play, promote } = await both();
  await play.entities.remove(team);
  await promote();
  await ada.history.undo({});
  const asked: number[] = [];
  await withPlay(core.services, id, (db, facts) =>
    withLive(core.services, async (live) => {
      let times = 0;
      const all: typeof live.all = (sql, parameters) => {
        if (JSON.stringify(parameters) === JSON.stringify([JSON.stringify([team.id])])) times += 1;
        return live.all(sql, parameters);
      };
      const sides: Sides = { live: { ...live, all }, play: db, footing: footingOf(live, db, facts) };
      let among: Candidates | undefined;
      for (const _ of differences(sides, (_found, _key, those) => (among = those)));
      expect(times).toBeGreaterThan(0);
      for (const one of [student, link]) {
        times = 0;
        for (const found of compareSome(sides, among as Candidates, one.type, [one.id]))
          expect(found?.class).toBe('play');
        asked.push(times);
      }
    }),
  );
  expect(asked).toEqual([0, 0]);
});
