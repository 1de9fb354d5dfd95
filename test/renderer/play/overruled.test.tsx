import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useKept } from '#renderer/features/play/compare/kept-choices.ts';
import { speak } from '#renderer/i18n/setup.ts';
import { go } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { lookAt } from '../support/target.ts';

/** One side deleted Optics, and so its link to Radio, of which the other made more. */
async function open(from: 'live' | 'play' = 'live') {
  const served = await serveCore();
  const live = clientOf(served.workspace.core);
  for (const [id, name] of [
    ['t1', 'Radio'],
    ['t2', 'Optics'],
  ] as const)
    await live.entities.create({ type: 'team', id, data: { name, size: 3 } });
  await live.entities.create({ type: 'interface', id: 'l1', data: { from: 't1', to: 't2' } });
  const { id } = await take(live, 'Spring');
  const core = await openSandbox(served.workspace, id);
  const play = clientOf(core);
  const [goes, stays] = from === 'live' ? [play, live] : [live, play];
  await goes.entities.remove({ type: 'team', id: 't2' });
  await stays.entities.update({ type: 'interface', id: 'l1', data: { note: 'more' } });
  if (from === 'play') {
    served.serve(core);
    lookAt(id);
  }
  go({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await screen.findAllByRole('rowheader');
  return drawn;
}

const linkThere = async (): Promise<boolean> => (await api.entities.find({ id: 'l1' })).deleted_at === null;

beforeEach(() => {
  layOut();
  useKept.setState({}, true);
});
afterEach(() => speak('en'));

it('a link of live that would go with an end of it is said with the way out, and goes that way', async () => {
  const { hands } = await open();
  await hands.click(screen.getByRole('button', { name: 'Keep that of live: Radio → Optics' }));
  await hands.click(await screen.findByRole('button', { name: 'Promote 1 record…' }));
  const asked = within(await screen.findByRole('dialog', { name: 'Promote Spring into live?' }));
  const said = await asked.findByRole('alert');
  expect(said.textContent).toBe(
    '“Radio → Optics” was to stay as it is, but goes with “Optics”, which is deleted. Leave that deletion out too, or take Play for both.',
  );
  expect(asked.getByRole<HTMLButtonElement>('button', { name: 'Promote' }).disabled).toBe(true);
  expect(asked.queryByText(/in spite of a conflict/)).toBeNull();
  await hands.click(asked.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await hands.click(screen.getByRole('button', { name: 'Delete it, as in Play: Radio → Optics' }));
  await hands.click(await screen.findByRole('button', { name: 'Promote 2 records…' }));
  const again = within(await screen.findByRole('dialog', { name: 'Promote Spring into live?' }));
  await again.findByText('Deletes 1 team and 1 link');
  expect(again.queryByRole('alert')).toBeNull();
  await hands.click(again.getByRole('button', { name: 'Promote' }));
  await screen.findByText('Promoted 2 records from Spring');
  expect(await linkThere()).toBe(false);
});

it('says so in German too', async () => {
  await speak('de');
  const { hands } = await open();
  await hands.click(screen.getByRole('button', { name: 'Den von Live behalten: Radio → Optics' }));
  await hands.click(await screen.findByRole('button', { name: '1 Datensatz übernehmen…' }));
  const asked = within(await screen.findByRole('dialog'));
  expect((await asked.findByRole('alert')).textContent).toBe(
    '„Radio → Optics“ soll bleiben, wie es ist, ginge aber mit, wenn „Optics“ gelöscht wird. Lassen Sie auch diese Löschung weg, oder nehmen Sie bei beiden die Spielwiese.',
  );
});

/** Play deleted a university with its team, to which live gave another team meanwhile; seen from live or from the sandbox. */
async function openUniversity(from: 'live' | 'play') {
  const served = await serveCore();
  const live = clientOf(served.workspace.core);
  await live.entities.create({ type: 'university', id: 'u1', data: { name: 'Lakeshore' } });
  await live.entities.create({ type: 'team', id: 't1', data: { name: 'Radio', university_id: 'u1' } });
  const { id } = await take(live, 'Spring');
  const core = await openSandbox(served.workspace, id);
  await clientOf(core).entities.remove({ type: 'university', id: 'u1', with_contents: true });
  await live.entities.create({ type: 'team', id: 't2', data: { name: 'Optics', university_id: 'u1' } });
  if (from === 'play') {
    served.serve(core);
    lookAt(id);
  }
  go({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await screen.findAllByRole('rowheader');
  return drawn;
}

it.each([
  [
    'en',
    'Promote 2 records…',
    '“Lakeshore” still has 1 record: “Optics” (Team). Move it to another university first, or delete it too.',
  ],
  [
    'de',
    '2 Datensätze übernehmen…',
    'Zu „Lakeshore“ gehört noch 1 Datensatz: „Optics“ (Team). Geben Sie ihm erst eine andere Universität, oder löschen Sie ihn auch.',
  ],
] as const)('names what a university still has that Play deleted (%s)', async (language, button, said) => {
  await speak(language);
  const { hands } = await openUniversity('live');
  await hands.click(await screen.findByRole('button', { name: button }));
  const asked = within(await screen.findByRole('dialog'));
  expect((await asked.findByRole('alert')).textContent).toBe(said);
  expect(asked.queryByText(/There is nothing|Es gibt nichts/)).toBeNull();
});

it.each([
  [
    'en',
    'Bring in what live changed…',
    '“Optics (Lakeshore)” refers to “Lakeshore”, which is deleted in Play. Bring that back there, or promote its deletion first.',
  ],
  [
    'de',
    'Änderungen von Live holen…',
    '„Optics (Lakeshore)“ verweist auf „Lakeshore“; das ist in der Spielwiese gelöscht. Holen Sie es dort zurück, oder übernehmen Sie erst seine Löschung in Live.',
  ],
] as const)('names what refers to what Play deleted (%s)', async (language, button, said) => {
  await speak(language);
  const { hands } = await openUniversity('play');
  await hands.click(await screen.findByRole('button', { name: button }));
  const asked = within(await screen.findByRole('dialog'));
  expect((await asked.findByRole('alert')).textContent).toBe(said);
});

it('a link of Play that would go with what live deleted is said in the sandbox', async () => {
  const { hands } = await open('play');
  await hands.click(screen.getByRole('button', { name: 'Keep that of Play: Radio → Optics' }));
  await hands.click(screen.getByRole('button', { name: 'Bring in what live changed…' }));
  const asked = within(await screen.findByRole('dialog', { name: 'Bring what live changed into Spring?' }));
  expect((await asked.findByRole('alert')).textContent).toBe(
    '“Radio → Optics” was to stay as it is, but goes with “Optics”, which is deleted. Take live for both, or let it refer to something else in Play first.',
  );
  expect(asked.getByRole<HTMLButtonElement>('button', { name: 'Bring in' }).disabled).toBe(true);
});
