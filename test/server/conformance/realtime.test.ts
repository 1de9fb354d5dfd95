import { expect, onTestFinished, test } from 'vitest';
import type { SyncRow } from '#shared/sync/operation.ts';
import { serverEvents } from '#shared/sync/realtime.ts';
import { plantSecrets, secret, secretRecords } from '../support/other-university.ts';
import { foreign, own, populate } from '../support/people.ts';
import { create, operation, push, remove, update } from '../support/push.ts';
import { connect } from '../support/realtime.ts';
import type { Line } from '../support/realtime.ts';
import { addUser, serverOfFile, startServer } from '../support/server.ts';

const server = await serverOfFile();
const { admin, researcher, viewer } = await populate(server);

/** Keeps everything that arrives, and waits for an event that `isLast` accepts. */
function listen(line: Line) {
  const heard: string[] = [];
  const waiting = new Set<() => void>();
  line.onAny((...event: unknown[]) => {
    heard.push(JSON.stringify(event));
    for (const check of waiting) check();
  });
  const until = (isLast: (text: string) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!heard.some((text) => isLast(text))) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { heard, until, withSecret: () => heard.filter((text) => text.includes(secret)) };
}

/** Changes each record of the other university in each way that has an event, and in ways that say something about it beside. */
async function changeSecrets(): Promise<number> {
  await push(admin, [operation([create('team', 'team_a', { name: 'A', university_id: own })])]);
  await plantSecrets(admin);
  for (const [type, id, payload] of secretRecords) {
    const restored: SyncRow = { action: 'restore', type, id, before: null, after: payload };
    await push(admin, [
      operation([update(type, id, {}, { meta: secret })]),
      operation([remove(type, id, payload)]),
      operation([restored]),
    ]);
  }
  // A link of the other university that gets another end there, and a record that leaves the own one and is renamed.
  const moved = { university_id: foreign };
  await push(admin, [
    operation([
      update('interface', `${secret}_link`, { to: `${secret}_faculty` }, { to: `${secret}_student` }),
    ]),
    operation([update('team', 'team_moving', { university_id: own }, moved)]),
    operation([update('team', 'team_moving', { name: 'Moving' }, { name: `${secret} moved` })]),
  ]);
  await admin.patch(`teams/${secret}_team`, { description: `${secret} by a route` });
  const { body } = await push(admin, [
    operation([create('team', 'team_last', { name: 'Last', university_id: own })]),
  ]);
  return body.seq;
}

test('no event tells a person with one university an id, title or value of another', async () => {
  const other = await startServer({}, { database: server.database });
  onTestFinished(() => other.stop());
  const restricted = await addUser(admin, { role: 'editor', university_id: own, sees: 'university' });
  const ofNobody = await addUser(admin, { role: 'viewer', university_id: null, sees: 'university' });
  const at = async ({ url }: { url: string }, { access_token }: { access_token: string }) =>
    connect(url, access_token);
  const narrow = [
    listen(await at(server.api, restricted.signedIn)),
    listen(await at(other.api, restricted.signedIn)),
    listen(await at(other.api, ofNobody.signedIn)),
  ];
  const all = listen(await at(other.api, viewer.signedIn));
  const [here, there] = [await at(server.api, researcher.signedIn), await at(other.api, researcher.signedIn)];
  const seq = await changeSecrets();
  const isHead = (text: string): boolean => text === JSON.stringify(['head', { seq }]);
  await Promise.all([...narrow, all].map(({ until }) => until(isHead)));

  // Whoever has a record open tells the others.
  for (const [line, isLastOf] of [
    [here, 'team_a'],
    [there, 'team_last'],
  ] as const) {
    for (const [type, id] of secretRecords) {
      line.emit('open', { type, id });
      await all.until((text) => text.startsWith('["presence"') && text.includes(`"${id}"`));
    }
    line.emit('open', { type: 'team', id: isLastOf });
    await Promise.all(
      narrow
        .slice(0, 2)
        .map(({ until }) => until((text) => text.startsWith('["presence"') && text.includes(isLastOf))),
    );
  }

  expect(narrow.map(({ withSecret }) => withSecret())).toEqual([[], [], []]);
  const names = new Set(all.heard.map((text) => (JSON.parse(text) as [string])[0]));
  // Events of people are everybody's.
  const events = Object.keys(serverEvents).filter((name) => !name.startsWith('user:'));
  expect([...names].toSorted()).toEqual(events.toSorted());
  for (const [, id] of secretRecords)
    expect(
      all.withSecret().some((text) => text.includes(`"${id}"`)),
      id,
    ).toBe(true);
});
