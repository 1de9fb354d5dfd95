import { expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const both = () => twoSides(template);
const link = { type: 'interface', id: 'link' } as const;
const team = { type: 'team', id: 'team-a' } as const;
const student = { type: 'student', id: 'student-a' } as const;
const gone = { ...team, title: 'Alpine team' };
const said =
  '"Alpine team → Bay team" was to stay as it is, but goes with the team "Alpine team" (team-a), which is deleted';
const wayOut = 'leave that deletion out too, or let Play count for both';
const problem = { path: 'interface/link', code: 'goes_along', message: `${said}: ${wayOut}`, gone };
const linkThere = async (client: Client): Promise<boolean> =>
  (await client.entities.get(link)).deleted_at === null;

/** Play deleted a team, and so its link, which live changed. */
async function linkInConflict() {
  const sides = await both();
  await sides.play.entities.remove(team);
  await sides.ada.entities.update({ ...link, data: { note: 'kept in live' } });
  return sides;
}

test('who keeps a link of live whose end Play deleted is told that it cannot be, by whatever it is said', async () => {
  const { ada, promote } = await linkInConflict();
  const live = { decisions: [{ id: 'link', take: 'live' as const }] };
  for (const asked of [
    live,
    { conflicts: 'live' as const },
    { except: [{ id: 'link' }] },
    { ...live, only: [{ id: 'team-a' }] },
    { conflicts: 'live' as const, only: [{ id: 'team-a' }] },
  ]) {
    const { data, message } = await refused('INVALID', promote(asked));
    expect(data.issues).toEqual([problem]);
    expect(message).toBe(`interface/link: ${problem.message}. Nothing was changed.`);
    expect((await promote({ ...asked, dry: true })).problems).toEqual([problem]);
    expect(await linkThere(ada)).toBe(true);
  }
  // Both ways lead out.
  const { left } = await promote({ ...live, except: [{ id: 'team-a' }] });
  expect(left).toBe(1);
  expect(await linkThere(ada)).toBe(true);
  await promote({ decisions: [{ id: 'link', take: 'play' }] });
  expect(await linkThere(ada)).toBe(false);
});

test('a link that goes with its end all the same is not counted as one that stays as it is', async () => {
  const { promote } = await linkInConflict();
  const { left, records } = await promote({ decisions: [{ id: 'link', take: 'live' }], dry: true });
  expect(records.map(({ id, action }) => [id, action])).toContainEqual(['link', 'along']);
  expect(left).toBe(0);
});

test('a link of Play that stays out goes along with no end of it either, whoever changed it', async () => {
  const { ada, play, promote } = await both();
  await play.entities.remove(team);
  expect((await refused('INVALID', promote({ except: [{ id: 'link' }] }))).data.issues).toEqual([problem]);
  expect(await linkThere(ada)).toBe(true);
  await promote();
  expect(await linkThere(ada)).toBe(false);
});

test('a refresh takes no link away of which Play counts, and says so', async () => {
  const { ada, play, refresh } = await both();
  await ada.entities.remove(team);
  await play.entities.update({ ...link, data: { note: 'kept in Play' } });
  const message = `${said}: let live count for both, or let it refer to something else in Play first`;
  const issues = [{ ...problem, code: 'goes_along_in_play', message }];
  const asked = { decisions: [{ id: 'link', take: 'play' as const }] };
  expect((await refused('INVALID', refresh(asked))).data.issues).toEqual(issues);
  expect(await refresh({ ...asked, dry: true })).toMatchObject({ problems: issues, left: 0 });
  expect(await linkThere(play)).toBe(true);
  // Both ways lead out.
  expect((await refresh({ conflicts: 'live', dry: true })).problems).toEqual([]);
  await play.entities.update({ ...link, data: { from: 'project-b' } });
  await refresh(asked);
  expect(await linkThere(play)).toBe(true);
});

test('whoever live counts for keeps the team that live gave them, or it is said; who only stays out loses it', async () => {
  const { ada, play, promote } = await both();
  await play.entities.update({ ...student, data: { team_id: 'team-b' } });
  await play.entities.remove({ type: 'team', id: 'team-b' });
  await ada.entities.create({ type: 'team', id: 'other', data: { name: 'Other' } });
  await ada.entities.update({ ...student, data: { team_id: 'other' } });
  const decided = { decisions: [{ id: 'student-a', field: 'team_id', take: 'live' as const }] };
  await promote({ ...decided, dry: true }).then(({ problems }) => expect(problems).toEqual([]));
  await ada.entities.update({ ...student, data: { team_id: 'team-b' } });
  expect((await refused('INVALID', promote(decided))).data.issues).toMatchObject([
    {
      path: 'student/student-a/team_id',
      code: 'goes_along',
      message: `"Alpine student" was to keep what it refers to, but the team "Bay team" (team-b) is deleted: ${wayOut}`,
    },
  ]);
  const deletion = { only: [{ id: 'team-b' }], conflicts: 'live' as const };
  expect((await promote({ ...deletion, dry: true })).problems).toMatchObject([
    { path: 'student/student-a/team_id', code: 'goes_along' },
  ]);
  const { records } = await promote({ except: [{ id: 'student-a' }] });
  expect(records.map(({ id, action }) => [id, action])).toContainEqual(['student-a', 'along']);
  expect((await ada.entities.get(student)).payload['team_id'] ?? null).toBeNull();
});

test('a link with an end that goes is not said to stay with its other end', async () => {
  const { ada, play, promote } = await both();
  await play.entities.remove(team);
  await play.entities.remove({ type: 'team', id: 'team-b' });
  const { followed, records } = await promote({ except: [{ id: 'team-a' }] });
  expect(await linkThere(ada)).toBe(false);
  expect(records.filter(({ id }) => id === 'link').map(({ action }) => action)).toEqual(['along']);
  expect(followed.records.map(({ id, action }) => [id, action])).toEqual([['student-a', 'stays']]);
  expect(followed.stays).toBe(1);
});

test('whom live keeps as a whole keeps what they refer to, or it is said, however live came to count', async () => {
  const { ada, play, promote } = await both();
  await play.entities.remove(student);
  await play.entities.remove(team);
  await ada.entities.update({ ...student, data: { name: 'Kept in live' } });
  const path = 'student/student-a/team_id';
  for (const asked of [
    { conflicts: 'live' as const },
    { decisions: [{ id: 'student-a', take: 'live' as const }] },
  ]) {
    expect((await refused('INVALID', promote(asked))).data.issues).toMatchObject([
      { path, code: 'goes_along' },
    ]);
    expect(await promote({ ...asked, dry: true })).toMatchObject({ problems: [{ path }], left: 0 });
    expect(await promote({ ...asked, except: [{ id: 'team-a' }], dry: true })).toMatchObject({ left: 1 });
  }
  expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: 'team-a' });
});
