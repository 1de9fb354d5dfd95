import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { isLeft } from '#renderer/features/play/compare/choices.ts';
import { readCarried, useKept } from '#renderer/features/play/compare/kept-choices.ts';
import { go } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

/** Two teams that Play links and changes, and a team of Play's own, which it links too. */
async function open(sizeInLive = 3) {
  const served = await serveCore();
  const make = (id: string, name: string) =>
    api.entities.create({ type: 'team', id, data: { name, size: 3, discipline: 'software' } });
  await make('t1', 'Avionics');
  await make('t2', 'Payload');
  const { id } = await take(clientOf(served.workspace.core), 'Spring');
  const play = clientOf(await openSandbox(served.workspace, id));
  await play.entities.update({ type: 'team', id: 't1', data: { size: 5 } });
  await play.entities.create({ type: 'team', id: 't3', data: { name: 'Thermal', discipline: 'software' } });
  await play.entities.create({ type: 'interface', id: 'l1', data: { from: 't1', to: 't2' } });
  await play.entities.create({ type: 'interface', id: 'l2', data: { from: 't1', to: 't3' } });
  if (sizeInLive !== 3) await api.entities.update({ type: 'team', id: 't1', data: { size: sizeInLive } });
  go({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await box('Carry over Avionics');
  return { ...served, ...drawn, sandbox: id, play };
}

const box = (name: string | RegExp) => screen.findByRole<HTMLInputElement>('checkbox', { name });
const ticked = () =>
  screen
    .getAllByRole<HTMLInputElement>('checkbox')
    .filter((one) => one.checked && one.getAttribute('aria-label') !== 'Carry over all')
    .map((one) => one.getAttribute('aria-label')?.replace('Carry over ', ''));

async function dialog(hands: Awaited<ReturnType<typeof open>>['hands']) {
  await hands.click(screen.getByRole('button', { name: /^Promote \d+ records?…$/ }));
  return within(await screen.findByRole('dialog', { name: 'Promote Spring into live?' }));
}

beforeEach(() => {
  layOut();
  useKept.setState({}, true);
});

describe('what is ticked of a comparison', () => {
  it('is what was ticked, and nothing that only refers to it', async () => {
    const { hands } = await open();
    await hands.click(await box('Carry over all'));
    await waitFor(() => expect(ticked()).toEqual([]));
    await hands.click(await box('Carry over Avionics'));
    await waitFor(() => expect(ticked()).toEqual(['Avionics']));
    const asked = await dialog(hands);
    await asked.findByText('Changes 1 team');
    expect(asked.queryByText(/^Adds/)).toBeNull();
    await hands.click(asked.getByRole('button', { name: 'Promote' }));
    await screen.findByText('Promoted 1 record from Spring');
    await expect(api.entities.find({ id: 'l1' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes along the ends that live does not have, names them, and leaves them out with their link', async () => {
    const { hands } = await open();
    await hands.click(await box('Carry over all'));
    await waitFor(() => expect(ticked()).toEqual([]));
    const link = /^Carry over Avionics → Thermal$/;
    await hands.click(await box(link));
    await waitFor(() => expect(ticked()).toEqual(['Thermal', 'Avionics → Thermal']));
    const asked = await dialog(hands);
    await asked.findByText('Of these one comes along only because something chosen refers to it:');
    asked.getByText('Thermal');
    await hands.click(asked.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await hands.click(await box(link));
    await waitFor(() => expect(ticked()).toEqual([]));
    await hands.click(await box(link));
    await waitFor(() => expect(ticked()).toHaveLength(2));
    await hands.click(await box('Carry over Thermal'));
    await waitFor(() => expect(ticked()).toEqual([]));
  });

  it('is what was clicked last, also while what the click before means is still being read', async () => {
    const { hands, sandbox } = await open();
    await hands.click(await box('Carry over all'));
    await waitFor(() => expect(ticked()).toEqual([]));
    const avionics = await box('Carry over Avionics');
    fireEvent.click(avionics);
    fireEvent.click(avionics);
    const states: boolean[] = [];
    const note = ({ [sandbox]: kept }: ReturnType<typeof useKept.getState>): void =>
      void states.push(kept !== undefined && isLeft(kept.choices, { type: 'team', id: 't1' }));
    onTestFinished(useKept.subscribe(note));
    await waitFor(() => expect(states.length).toBeGreaterThan(0));
    await readCarried(sandbox);
    expect(states).not.toContain(false);
    expect(ticked()).toEqual([]);
  });

  it('is there again when one comes back, but for what was decided of a record that is another now', async () => {
    const { hands, unmount, play } = await open(7);
    await hands.click(await screen.findByRole('button', { name: 'Take Play: Size of Avionics' }));
    await hands.click(await box('Carry over Thermal'));
    await waitFor(() => expect(ticked()).toEqual(['Avionics', 'Avionics → Payload']));
    unmount();
    const again = draw(<CompareView />);
    await waitFor(() => expect(ticked()).toEqual(['Avionics', 'Avionics → Payload']));
    const taken = await screen.findByRole('button', { name: 'Take Play: Size of Avionics' });
    expect(taken.getAttribute('aria-pressed')).toBe('true');
    await play.entities.update({ type: 'team', id: 't1', data: { size: 6 } });
    again.unmount();
    draw(<CompareView />);
    await waitFor(async () => {
      const now = await screen.findByRole('button', { name: 'Take Play: Size of Avionics' });
      expect(now.getAttribute('aria-pressed')).toBe('false');
    });
    expect(ticked()).toEqual(['Avionics', 'Avionics → Payload']);
  });
});
