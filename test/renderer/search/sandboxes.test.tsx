import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { closePalette, openPalette } from '#renderer/commands/palette-state.ts';
import Palette from '#renderer/features/search/Palette.tsx';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';
import { lookAt } from '../support/target.ts';

/** Three sandboxes, one of which was put aside. */
async function made() {
  const served = await serveCore();
  const client = clientOf(served.workspace.core);
  const { id: aside } = await take(client, 'Summer camp');
  await client.sandboxes.archive({ id: aside });
  const { id: spring } = await take(client, 'Spring');
  const { id: summer } = await take(client, 'Summer');
  return { ...served, spring, summer, shell: await serveShell() };
}

async function search(typed: string) {
  const { hands } = draw(<Palette />);
  act(openPalette);
  onTestFinished(() => act(closePalette));
  await hands.type(await screen.findByRole('combobox', { name: 'Search everything' }), typed);
  return hands;
}

const found = () =>
  within(screen.getByRole('group', { name: 'Sandboxes' }))
    .getAllByRole('option')
    .map(({ textContent }) => textContent);

it('finds sandboxes by name, archived ones last, and opens the chosen one', async () => {
  const { summer, shell } = await made();
  const hands = await search('summ');
  await waitFor(() => expect(found()).toEqual(['SummerSandbox', 'Summer campArchived sandbox']));
  await hands.keyboard('{Enter}');
  await waitFor(() => expect(shell.asked).toMatchObject([{ what: 'turn', sandbox: summer }]));
});

it('lists all except the open one for the type', async () => {
  const { workspace, serve, summer } = await made();
  serve(await openSandbox(workspace, summer));
  lookAt(summer);
  expect((await api.sandboxes.list({})).length).toBe(3);
  await search('sandbox');
  await waitFor(() => expect(found()).toEqual(['SpringSandbox', 'Summer campArchived sandbox']));
});
