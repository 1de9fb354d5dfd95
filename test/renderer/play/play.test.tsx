import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { applyStoredChanges, storeChanges } from '#renderer/features/play/kept-changes.ts';
import { OriginLine } from '#renderer/features/play/OriginLine.tsx';
import SandboxesView from '#renderer/features/play/SandboxesView.tsx';
import { actAs } from '#renderer/stores/profile.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { clientOf, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { lookAt } from '../support/target.ts';

const sandboxNamed = (name: string) => awaitResult(api.sandboxes.create({ name }), () => {});

async function open(...names: string[]) {
  const served = await serveCore();
  for (const name of names) await sandboxNamed(name);
  return { ...served, ...draw(<SandboxesView />) };
}

type Hands = Awaited<ReturnType<typeof open>>['hands'];

async function choose(hands: Hands, sandbox: string, entry: string): Promise<void> {
  await hands.click(await screen.findByRole('button', { name: `More for “${sandbox}”` }));
  await hands.click(await screen.findByRole('menuitem', { name: entry }));
}

const rows = () => within(screen.getByRole('list', { name: 'Play' })).queryAllByRole('heading');
const shown = (): (string | null)[] => rows().map(({ textContent }) => textContent);

beforeEach(() => layOut());

describe('Play', () => {
  it('explains sandboxes, and creates one with a name', async () => {
    const { hands } = await open();
    expect(await screen.findByText(/copy of all records to try changes in/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'New sandbox…' }));
    const dialog = await screen.findByRole('dialog', { name: 'New sandbox' });
    const name = within(dialog).getByRole('textbox', { name: 'Name' });
    expect((name as HTMLInputElement).value).toBe('Sandbox 1');
    await hands.clear(name);
    expect(within(dialog).getByText('Enter a name.')).toBeTruthy();
    await hands.type(name, 'Spring handover');
    await hands.click(within(dialog).getByRole('button', { name: 'Create' }));
    await screen.findByText('Sandbox “Spring handover” created');
    await waitFor(() => expect(shown()).toEqual(['Spring handover']));
    expect(screen.getByText('no changes yet')).toBeTruthy();
    expect(screen.getByText(/^Copied from live/).textContent).toMatch(/^Copied from live · .+ · by you$/);
    const [made] = await api.sandboxes.list({});
    expect(made).toMatchObject({ name: 'Spring handover', from: 'live', problem: null });
  });

  it('renames, puts aside and discards, each with the way back', async () => {
    const { hands } = await open('Alpha');
    await choose(hands, 'Alpha', 'Rename…');
    const field = within(await screen.findByRole('dialog', { name: 'Rename sandbox' })).getByRole('textbox');
    await hands.clear(field);
    await hands.type(field, 'Beta{Enter}');
    await waitFor(() => expect(shown()).toEqual(['Beta']));
    await hands.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(shown()).toEqual(['Alpha']));

    await choose(hands, 'Alpha', 'Archive');
    expect(await screen.findByText('“Alpha” archived')).toBeTruthy();
    await waitFor(() => expect(screen.getByText('Archived (1)')).toBeTruthy());
    await choose(hands, 'Alpha', 'Unarchive');
    await waitFor(() => expect(screen.queryByText('Archived (1)')).toBeNull());

    await choose(hands, 'Alpha', 'Discard');
    expect(await screen.findByText('Trash (1)')).toBeTruthy();
    expect(await api.sandboxes.list({})).toEqual([]);
    await hands.click(screen.getAllByRole('button', { name: 'Restore' })[0] as HTMLElement);
    await waitFor(() => expect(shown()).toEqual(['Alpha']));
  });

  it('are recovered under another name if theirs is taken', async () => {
    const { hands } = await open('Spring');
    await choose(hands, 'Spring', 'Discard');
    await sandboxNamed('Spring');
    await hands.click(await screen.findByText('Trash (1)'));
    await hands.click(screen.getByRole('button', { name: 'Restore “Spring”' }));
    const dialog = await screen.findByRole('dialog', { name: 'Rename “Spring”' });
    const name = within(dialog).getByRole('textbox');
    expect((name as HTMLInputElement).value).toBe('Spring 2');
    await hands.clear(name);
    await hands.type(name, 'Spring{Enter}');
    expect((await within(dialog).findByRole('alert')).textContent).toMatch(/That name is taken/);
    await hands.type(name, ' before{Enter}');
    await waitFor(async () =>
      expect((await api.sandboxes.list({})).map((one) => one.name)).toEqual(['Spring', 'Spring before']),
    );
    expect(await api.sandboxes.trash({})).toEqual([]);
  });

  it('are deleted for good only after confirmation', async () => {
    const { hands } = await open('Gone', 'Here');
    await choose(hands, 'Gone', 'Discard');
    await hands.click(await screen.findByText('Trash (1)'));
    const empty = screen.getByRole('button', { name: 'Empty trash…' });
    await hands.click(empty);
    const asked = await screen.findByRole('dialog', { name: 'Empty the trash?' });
    await hands.click(within(asked).getByRole('button', { name: 'Cancel' }));
    expect(await api.sandboxes.trash({})).toHaveLength(1);
    await hands.click(empty);
    await hands.click(await screen.findByRole('button', { name: 'Delete permanently' }));
    await screen.findByText('1 sandbox deleted permanently');
    expect(await api.sandboxes.trash({})).toEqual([]);
    expect(shown()).toEqual(['Here']);
  });

  it('show the reason of a missing permission', async () => {
    await serveCore();
    await sandboxNamed('Theirs');
    const viewer = await api.workspace.createProfile({ name: 'Vi', role: 'viewer', university_id: null });
    await actAs(viewer.id);
    const { hands } = draw(<SandboxesView />);
    const button = await screen.findByRole('button', { name: 'New sandbox…' });
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
    expect((button as HTMLButtonElement).disabled).toBe(false);
    expect(button.title).toMatch(/viewer/i);
    await hands.click(await screen.findByRole('button', { name: 'More for “Theirs”' }));
    const entry = await screen.findByRole('menuitem', { name: 'Discard' });
    expect((entry as HTMLButtonElement).disabled).toBe(true);
  });
});

describe('the origin of a sandbox', () => {
  it.each([
    ['live', /^Copied from live/],
    ['salvage', /^Copied from salvaged records/],
    ['golden:2', /^Copied from golden version 2/],
    ['sbx_gone', /^Copied from a sandbox/],
  ])('%s', async (from, said) => {
    const { workspace } = await serveCore();
    const sandbox = await take(clientOf(workspace.core), 'Spring');
    draw(<OriginLine sandbox={{ ...sandbox, from }} />);
    expect((await screen.findByText(/^Copied/)).textContent).toMatch(said);
  });
});

it('applies changes prepared for a sandbox once, where that is open', async () => {
  useSeat.setState({ items: {} });
  await serveCore();
  draw(<p>Page</p>);
  storeChanges('sbx_1', [{ kind: 'create', type: 'team', data: { name: 'Radio' } }]);
  await applyStoredChanges();
  expect((await api.entities.list({ type: 'team' })).matched).toBe(0);
  lookAt('sbx_1');
  await applyStoredChanges();
  expect((await api.entities.list({ type: 'team' })).matched).toBe(1);
  expect(await screen.findByText('1 change was made in this sandbox')).toBeTruthy();
  await applyStoredChanges();
  expect((await api.entities.list({ type: 'team' })).matched).toBe(1);
});
