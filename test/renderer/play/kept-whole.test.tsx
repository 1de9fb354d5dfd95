import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useKept } from '#renderer/features/play/compare/kept-choices.ts';
import { go } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import type { Client } from '#test/support/workspace.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

type Entities = Client['entities'];

/** Play deleted Optics, of which live made more: Ada lost it, and its link to Radio went. Play gave Radio another size. */
async function open(changed = async (_live: Entities, _play: Entities): Promise<void> => {}) {
  const { workspace } = await serveCore();
  const live = clientOf(workspace.core);
  for (const [id, name] of [
    ['t1', 'Radio'],
    ['t2', 'Optics'],
  ] as const)
    await live.entities.create({ type: 'team', id, data: { name, size: 3 } });
  await live.entities.create({ type: 'student', id: 's1', data: { name: 'Ada', team_id: 't2' } });
  await live.entities.create({ type: 'interface', id: 'l1', data: { from: 't1', to: 't2' } });
  const { id } = await take(live, 'Spring');
  const play = clientOf(await openSandbox(workspace, id)).entities;
  await play.remove({ type: 'team', id: 't2' });
  await play.update({ type: 'team', id: 't1', data: { size: 9 } });
  await live.entities.update({ type: 'team', id: 't2', data: { size: 7 } });
  await changed(live.entities, play);
  go({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await screen.findByRole('rowheader', { name: /^In conflict: Optics/ });
  return drawn;
}

const ticked = () =>
  screen
    .getAllByRole<HTMLInputElement>('checkbox', { name: /^Carry over (?!all)/ })
    .filter((one) => one.checked)
    .map((one) => one.getAttribute('aria-label')?.replace('Carry over ', ''));
const all = ['Radio', 'Optics', 'Ada', 'Radio → Optics'];
const out = '2 records stay out, since in Play they went, or lost a reference, with what live keeps:';

async function dialog(hands: Awaited<ReturnType<typeof open>>['hands']) {
  await hands.click(screen.getByRole('button', { name: /^Promote \d+ records?…$/ }));
  return within(await screen.findByRole('dialog', { name: 'Promote Spring into live?' }));
}

const isWhole = async (): Promise<void> => {
  expect((await api.entities.get({ type: 'student', id: 's1' })).payload['team_id']).toBe('t2');
  expect((await api.entities.find({ id: 'l1' })).deleted_at).toBeNull();
  expect((await api.entities.get({ type: 'team', id: 't1' })).payload['size']).toBe(9);
};

beforeEach(() => {
  layOut();
  useKept.setState({}, true);
});

it('a record that live keeps keeps its students and links, until Play counts', async () => {
  const { hands } = await open();
  expect(ticked()).toEqual(all);
  await hands.click(screen.getByRole('button', { name: 'Keep that of live: Optics' }));
  await waitFor(() => expect(ticked()).toEqual(['Radio', 'Optics']));
  await hands.click(screen.getByRole('button', { name: 'Delete it, as in Play: Optics' }));
  await waitFor(() => expect(ticked()).toEqual(all));
  await hands.click(screen.getByRole('button', { name: 'Keep that of live: Optics' }));
  await waitFor(() => expect(ticked()).toEqual(['Radio', 'Optics']));
  const asked = await dialog(hands);
  const line = (await asked.findByText(out)).closest('li') as HTMLElement;
  expect(
    within(line)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['Ada', 'Radio → Optics']);
  await hands.click(asked.getByRole('button', { name: 'Promote' }));
  await screen.findByText('Promoted 1 record from Spring');
  await isWhole();
});

it('does so too where live is kept for all conflicts in the dialog', async () => {
  const { hands } = await open();
  const asked = await dialog(hands);
  await asked.findByText('1 conflict is not decided yet');
  expect(asked.queryByText(out)).toBeNull();
  await hands.click(asked.getByRole('radio', { name: 'Keep live for all of them' }));
  await asked.findByText(out);
  await hands.click(asked.getByRole('button', { name: 'Promote' }));
  await waitFor(isWhole);
});

it('what somebody ticks all the same goes, and the rest stays', async () => {
  const { hands } = await open();
  await hands.click(screen.getByRole('button', { name: 'Keep that of live: Optics' }));
  await waitFor(() => expect(ticked()).toEqual(['Radio', 'Optics']));
  await hands.click(screen.getByRole('checkbox', { name: 'Carry over Radio → Optics' }));
  await waitFor(() => expect(ticked()).toEqual(['Radio', 'Optics', 'Radio → Optics']));
  const asked = await dialog(hands);
  await asked.findByText('Deletes 1 link');
  await hands.click(asked.getByRole('button', { name: 'Promote' }));
  await screen.findByText('Promoted 2 records from Spring');
  expect((await api.entities.find({ id: 'l1' })).deleted_at).not.toBeNull();
  expect((await api.entities.get({ type: 'student', id: 's1' })).payload['team_id']).toBe('t2');
});

it('what is in conflict and had gone with what live keeps is not said to be overwritten, whatever is said of the rest', async () => {
  const { hands } = await open(async (live, play) => {
    await play.update({ type: 'student', id: 's1', data: { name: 'Bea' } });
    await live.update({ type: 'student', id: 's1', data: { team_id: 't1' } });
    await live.update({ type: 'team', id: 't1', data: { size: 5 } });
  });
  await hands.click(screen.getByRole('button', { name: 'Keep that of live: Optics' }));
  const asked = await dialog(hands);
  await hands.click(await asked.findByRole('radio', { name: 'Take Play for all of them' }));
  const named = async (heading: string): Promise<string[]> => {
    const line = (await asked.findByText(heading)).closest('li') as HTMLElement;
    return within(line)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent.split(':')[0] as string);
  };
  expect(await named('What live changed is overwritten:')).toEqual(['Radio']);
  expect(await named('What Play changed is not taken over:')).toEqual(['Optics', 'Bea']);
  await hands.click(asked.getByRole('button', { name: 'Promote' }));
  await waitFor(async () =>
    expect((await api.entities.get({ type: 'student', id: 's1' })).payload).toMatchObject({
      name: 'Bea',
      team_id: 't1',
    }),
  );
});
