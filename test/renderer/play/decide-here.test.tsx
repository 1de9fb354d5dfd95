import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import SandboxBar from '#renderer/features/play/SandboxBar.tsx';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useStoredChoices } from '#renderer/features/play/compare/CompareView.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { lookAt } from '../support/target.ts';

/**
 * The window of a sandbox: both sides gave Radio another size, live deleted Optics, which Play changed, and changed Power, which Play
 * deleted. Besides, live made Thermal.
 */
async function open({ of = 'itself' }: { of?: 'itself' | 'another' } = {}) {
  const served = await serveCore();
  const { workspace } = served;
  const live = clientOf(workspace.core).entities;
  const make = (id: string, name: string) =>
    live.create({ type: 'team', id, data: { name, size: 3, discipline: 'software' } });
  await make('t1', 'Radio');
  await make('t2', 'Optics');
  await make('t3', 'Power');
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const core = await openSandbox(workspace, id);
  const play = clientOf(core).entities;
  for (const team of ['t1', 't2']) await play.update({ type: 'team', id: team, data: { size: 9 } });
  await play.remove({ type: 'team', id: 't3' });
  for (const team of ['t1', 't3']) await live.update({ type: 'team', id: team, data: { size: 7 } });
  await live.remove({ type: 'team', id: 't2' });
  await make('t4', 'Thermal');
  const here = of === 'itself' ? id : (await take(clientOf(workspace.core), 'Autumn')).id;
  served.serve(here === id ? core : await openSandbox(workspace, here));
  lookAt(here);
  navigate({ kind: 'compare', sandbox: id });
  const drawn = draw(
    <>
      <SandboxBar />
      <CompareView />
    </>,
  );
  await screen.findByRole('rowheader', { name: /^Conflict: Radio/ });
  return { ...drawn, play, sandbox: id };
}

const asked = (what: string) => within(screen.getByRole('group', { name: `Resolve “${what}”` }));
const pressed = () =>
  screen
    .getAllByRole('button', { pressed: true })
    .map(({ textContent }) => textContent)
    .filter((text) => !/\(\d+\)$/.test(text));

async function bringIn(hands: Awaited<ReturnType<typeof open>>['hands']) {
  await hands.click(screen.getByRole('button', { name: 'Refresh from live…' }));
  return within(await screen.findByRole('dialog', { name: 'Refresh “Spring” from live?' }));
}

beforeEach(() => {
  layOut();
  useStoredChoices.setState({}, true);
});

describe('conflicts in the sandbox that is open', () => {
  it('are resolved one by one, also with keys, before live’s changes are applied', async () => {
    const { hands, play } = await open();
    expect(screen.queryByRole('checkbox')).toBeNull();
    await hands.click(asked('Radio: Size').getByRole('button', { name: 'Use sandbox: Size of “Radio”' }));
    await hands.click(asked('Optics').getByRole('button', { name: 'Deleted, as in live: Optics' }));
    asked('Power').getByRole('button', { name: 'Use live record: Power' }).focus();
    await hands.keyboard('{Enter}');
    expect(pressed()).toEqual(['Use sandbox', 'Deleted, as in live', 'Use live record']);
    const dialog = await bringIn(hands);
    expect(await dialog.findByText('Deletes 1 team')).toBeTruthy();
    expect(dialog.queryByRole('radio')).toBeNull();
    await hands.click(dialog.getByRole('button', { name: 'Refresh' }));
    await screen.findByText('3 records refreshed from live');
    expect((await play.get({ type: 'team', id: 't1' })).payload['size']).toBe(9);
    expect((await play.find({ id: 't2' })).deleted_at).not.toBeNull();
    expect((await play.get({ type: 'team', id: 't3' })).payload['size']).toBe(7);
    // What was decided is Play's own now, and in conflict no more.
    await screen.findByRole('rowheader', { name: /^Changed: Radio/ });
    expect(screen.queryByRole('group', { name: /^Resolve/ })).toBeNull();
  });

  it('are resolved all at once with the words of the sandbox', async () => {
    const { hands, play } = await open();
    const dialog = await bringIn(hands);
    await dialog.findByText('3 conflicts to resolve');
    const choices = dialog
      .getAllByRole('radio')
      .map((one) => one.closest('.mantine-Radio-root')?.textContent);
    expect(choices).toEqual(['Resolve each in the list', 'Use live for all', 'Use sandbox for all']);
    await hands.click(dialog.getByRole('radio', { name: 'Use sandbox for all' }));
    await dialog.findByText('3 records with a conflict stay unchanged.');
    await hands.click(dialog.getByRole('button', { name: 'Refresh' }));
    await screen.findByText('1 record refreshed from live');
    expect((await play.get({ type: 'team', id: 't1' })).payload['size']).toBe(9);
    expect((await play.find({ id: 't3' })).deleted_at).not.toBeNull();
  });
});
