import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useStoredChoices } from '#renderer/features/play/compare/CompareView.tsx';
import { navigate } from '#renderer/stores/address.ts';
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
  navigate({ kind: 'compare', sandbox: id });
  const drawn = draw(<CompareView />);
  await box('Include “Avionics”');
  return { ...served, ...drawn, sandbox: id, play };
}

const box = (name: string | RegExp) => screen.findByRole<HTMLInputElement>('checkbox', { name });
const ticked = () =>
  screen
    .getAllByRole<HTMLInputElement>('checkbox')
    .filter((one) => one.checked && one.getAttribute('aria-label') !== 'Include all')
    .map((one) => one.getAttribute('aria-label')?.replaceAll(/^Include “|”$/g, ''));

async function dialog(hands: Awaited<ReturnType<typeof open>>['hands']) {
  await hands.click(screen.getByRole('button', { name: /^Promote \d+ records?…$/ }));
  return within(await screen.findByRole('dialog', { name: 'Promote “Spring” to live?' }));
}

beforeEach(() => {
  layOut();
  useStoredChoices.setState({}, true);
});

describe('the selection of a comparison', () => {
  it('contains only selected records, not those that refer to them', async () => {
    const { hands } = await open();
    await hands.click(await box('Include all'));
    await waitFor(() => expect(ticked()).toEqual([]));
    await hands.click(await box('Include “Avionics”'));
    await waitFor(() => expect(ticked()).toEqual(['Avionics']));
    const asked = await dialog(hands);
    await asked.findByText('Changes 1 team');
    expect(asked.queryByText(/^Adds/)).toBeNull();
    await hands.click(asked.getByRole('button', { name: 'Promote' }));
    await screen.findByText('1 record promoted from “Spring”');
    await expect(api.entities.find({ id: 'l1' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
