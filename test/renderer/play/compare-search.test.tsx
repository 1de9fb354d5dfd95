import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import MomentsView from '#renderer/features/past/compare/MomentsView.tsx';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { speak } from '#renderer/i18n/setup.ts';
import { go } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import type { Client } from '#test/support/workspace.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

/** What of each is seen is another kind of value: a choice, a reference, a whole record, notes. */
async function change(client: Client): Promise<void> {
  await client.entities.update({ type: 'team', id: 't1', data: { lifecycle: 'outgoing' } });
  await client.entities.update({ type: 'team', id: 't2', data: { project_id: 'p1' } });
  await client.entities.update({ type: 'team', id: 't3', data: { size: 1250 } });
  await client.entities.create({ type: 'faculty', id: 'f1', data: { name: 'Ada Müller' } });
}

async function ground() {
  const { workspace } = await serveCore();
  await api.entities.create({ type: 'project', id: 'p1', data: { name: 'Lunar lander' } });
  for (const [id, name] of Object.entries({ t1: 'Radio', t2: 'Optics', t3: 'Power' }))
    await api.entities.create({ type: 'team', id, data: { name, lifecycle: 'incoming' } });
  return workspace;
}

const names = () =>
  screen.getAllByRole('rowheader').map((head) => within(head).getByRole('button').textContent);

/** Each finds what says it, as it is read. */
const finds = [
  ['outgoing', ['Radio']],
  ['lunar', ['Optics']],
  ['1,250', ['Power']],
  ['muller', ['Ada Müller']],
  ['faculty', ['Ada Müller']],
  ['lifecycle', ['Radio']],
] as const;

beforeEach(() => layOut());

const searchbox = () => screen.findByRole('searchbox', { name: 'Find a name or value' });

/** Looks for one text after another, each of which finds what it should. Gives the box. */
async function findEach(hands: ReturnType<typeof draw>['hands']) {
  const box = await searchbox();
  await waitFor(() => expect(names()).toHaveLength(4));
  for (const [text, found] of finds) {
    await hands.clear(box);
    await hands.type(box, text);
    await waitFor(() => expect(names()).toEqual(found));
  }
  return box;
}

const found = () => screen.queryAllByRole('rowheader').map((head) => head.textContent);

/** The comparison of a sandbox in which the sizes of teams were changed. */
async function sizes() {
  const workspace = await ground();
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const play = clientOf(await openSandbox(workspace, id)).entities;
  for (const [team, size] of Object.entries({ t1: 7, t2: 8, t3: 9 }))
    await play.update({ type: 'team', id: team, data: { size } });
  go({ kind: 'compare', sandbox: id });
  return play;
}

describe('the search of a comparison', () => {
  it('finds what Play changed by names, kinds, fields and values, and ticks all that it found', async () => {
    const workspace = await ground();
    const { id } = await take(clientOf(workspace.core), 'Spring');
    await change(clientOf(await openSandbox(workspace, id)));
    go({ kind: 'compare', sandbox: id });
    const { hands } = draw(<CompareView />);
    const box = await findEach(hands);
    await hands.click(screen.getByRole('checkbox', { name: 'Carry over all' }));
    await hands.clear(box);
    await waitFor(() => expect(names()).toHaveLength(4));
    const ticked = (name: string) =>
      screen.getByRole<HTMLInputElement>('checkbox', { name: `Carry over ${name}` }).checked;
    expect(['Ada Müller', 'Radio', 'Optics', 'Power'].map(ticked)).toEqual([true, false, true, true]);
  });

  it('finds what differs between two moments so too', async () => {
    const workspace = await ground();
    const from = (await api.moments.resolve({ at: 'now' })).id;
    await change(clientOf(workspace.core));
    go({ kind: 'moments', from: String(from), to: 'now' });
    const { hands } = draw(<MomentsView />);
    const box = await findEach(hands);
    await hands.clear(box);
    await hands.type(box, 'nowhere');
    expect(await screen.findByText('Nothing that differs here says “nowhere”.')).toBeTruthy();
  });

  it('finds saved views by what they are narrowed by, and by whose they are', async () => {
    const workspace = await ground();
    const { view } = await api.views.create({ name: 'Weak links', address: 'frames://live/interfaces' });
    const { id } = await take(clientOf(workspace.core), 'Spring');
    const play = clientOf(await openSandbox(workspace, id)).views;
    await play.update({ id: view.id, address: 'frames://live/teams?f=size.gte.5&f=project_id.in.p1' });
    await play.create({ name: 'Around', address: 'frames://live/network?f=team.size.lte.3' });
    go({ kind: 'compare', sandbox: id });
    const { hands } = draw(<CompareView />);
    for (const line of ['Size ≥ 5', 'Project: Lunar lander', 'Team: Size ≤ 3'])
      expect(await screen.findByText(line)).toBeTruthy();
    for (const [text, view] of [
      ['size ≥', 'Weak links'],
      ['project: lunar', 'Weak links'],
      ['team: size ≤ 3', 'Around'],
      ['ada', 'Around'],
    ] as const) {
      await hands.clear(await searchbox());
      await waitFor(() => expect(found()).toHaveLength(2));
      await hands.type(await searchbox(), text);
      await waitFor(() => expect(found()).toEqual([expect.stringContaining(view)]));
    }
  });

  it('looks through what is so now, also where something was changed while one was elsewhere', async () => {
    const play = await sizes();
    const before = draw(<CompareView />);
    await before.hands.type(await searchbox(), 'radio');
    await waitFor(() => expect(found()).toEqual([expect.stringContaining('Radio')]));
    before.unmount();
    await play.update({ type: 'team', id: 't2', data: { name: 'Lasers' } });
    const { hands } = draw(<CompareView />);
    await hands.clear(await searchbox());
    await hands.type(await searchbox(), 'lasers');
    await waitFor(() => expect(found()).toEqual([expect.stringContaining('Lasers')]));
    await hands.clear(await searchbox());
    await screen.findByRole('rowheader', { name: /Power/ });
    await play.update({ type: 'team', id: 't3', data: { name: 'Energy' } });
    await screen.findByRole('rowheader', { name: /Energy/ });
    // Never, not even until it is read anew, is something said of what was there before.
    const said: string[] = [];
    const watching = new MutationObserver(() => said.push(document.body.textContent));
    watching.observe(document.body, { childList: true, subtree: true });
    await hands.type(await searchbox(), 'energy');
    await waitFor(() => expect(found()).toEqual([expect.stringContaining('Energy')]));
    watching.disconnect();
    expect(said.filter((text) => text.includes('Nothing that differs'))).toEqual([]);
  });

  it('looks for words in the language and the notation that are shown', async () => {
    await sizes();
    const { hands } = draw(<CompareView />);
    await hands.type(await searchbox(), '9 people');
    await waitFor(() => expect(found()).toEqual([expect.stringContaining('Power')]));
    onTestFinished(() => speak('en'));
    await act(() => speak('de'));
    const german = await screen.findByRole('searchbox', { name: 'Namen oder Wert suchen' });
    await hands.clear(german);
    await waitFor(() => expect(found()).toHaveLength(3));
    await hands.type(german, '9 personen');
    await waitFor(() => expect(found()).toEqual([expect.stringContaining('Power')]));
  });

  it('tells what a record that is found refers to by its name, also where that is on one side only and not found', async () => {
    const workspace = await ground();
    const { id } = await take(clientOf(workspace.core), 'Spring');
    const play = clientOf(await openSandbox(workspace, id)).entities;
    await play.create({ type: 'project', id: 'p9', data: { name: 'Orbiter' } });
    await play.update({ type: 'team', id: 't1', data: { project_id: 'p9' } });
    go({ kind: 'compare', sandbox: id });
    const { hands } = draw(<CompareView />);
    await screen.findByRole('rowheader', { name: /Radio/ });
    await hands.type(await searchbox(), 'radio');
    await waitFor(() => expect(found()).toHaveLength(1));
    expect(within(screen.getByRole('table')).getByText('Orbiter')).toBeTruthy();
    expect(screen.queryByText('p9')).toBeNull();
  });

  it('finds each of very many by what it refers to', async () => {
    const workspace = await ground();
    const entries = Array.from({ length: 310 }, (_, at) => at);
    const live = clientOf(workspace.core).entities;
    await Promise.all(
      entries.map((at) => live.create({ type: 'project', id: `q${at}`, data: { name: `Probe ${at}` } })),
    );
    const { id } = await take(clientOf(workspace.core), 'Spring');
    const play = clientOf(await openSandbox(workspace, id)).entities;
    await Promise.all(
      entries.map((at) => play.create({ type: 'team', data: { name: `Crew ${at}`, project_id: `q${at}` } })),
    );
    go({ kind: 'compare', sandbox: id, search: 'probe' });
    draw(<CompareView />);
    expect(await screen.findByRole('button', { name: 'Show more (110 are left)' })).toBeTruthy();
  });
});
