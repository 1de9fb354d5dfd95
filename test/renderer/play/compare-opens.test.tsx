import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import MomentsView from '#renderer/features/past/compare/MomentsView.tsx';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { go, here, useView } from '#renderer/stores/address.ts';
import { openAt } from '#test/support/moments.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { serveShell } from '../support/shell.ts';
import { lookAt } from '../support/target.ts';

const team = (id: string, name: string) => api.entities.create({ type: 'team', id, data: { name } });

/** Of two teams Play renames one and deletes the other; live has one more. */
async function play() {
  const { workspace, serve } = await serveCore();
  await team('t1', 'Radio');
  await team('t2', 'Optics');
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const sandbox = await openSandbox(workspace, id);
  await clientOf(sandbox).entities.update({ type: 'team', id: 't1', data: { name: 'Antenna' } });
  await clientOf(sandbox).entities.remove({ type: 'team', id: 't2' });
  await team('t3', 'Thermal');
  go({ kind: 'compare', sandbox: id });
  return { id, shell: await serveShell(), serve: () => serve(sandbox) };
}

/** One team that is renamed, and one that is deleted, between two moments. */
async function moments() {
  const { workspace, serve } = await serveCore();
  await team('t1', 'Radio');
  await team('t2', 'Optics');
  const from = (await api.moments.resolve({ at: 'now' })).id;
  await api.entities.update({ type: 'team', id: 't1', data: { name: 'Antenna' } });
  await api.entities.remove({ type: 'team', id: 't2' });
  const to = (await api.moments.resolve({ at: 'now' })).id;
  await team('t3', 'Thermal');
  return { from, to, workspace, serve, shell: await serveShell() };
}

/** The comparison, as long as one is there. */
function Shown() {
  const { kind } = useView();
  return kind === 'compare' ? <CompareView /> : kind === 'moments' ? <MomentsView /> : null;
}

const nameOf = (name: string) => screen.findByRole('button', { name });
const panelOf = (id: string) => ({ kind: 'list', type: 'team', panel: { kind: 'record', id } });

beforeEach(() => layOut());

describe('the name of a record in a comparison with a sandbox', () => {
  it('opens it in Play, by key too', async () => {
    const { id, shell } = await play();
    const { hands } = draw(<Shown />);
    const name = await nameOf('Antenna');
    expect(name.title).toBe('Antenna · Open it in Play: Spring');
    name.focus();
    await hands.keyboard('{Enter}');
    await waitFor(() => expect(shell.asked).toMatchObject([{ what: 'turn', sandbox: id }]));
    expect(JSON.stringify(shell.asked)).toContain('t1');
  });

  it('opens what Play does not have in live', async () => {
    const { shell } = await play();
    const { hands } = draw(<Shown />);
    const name = await nameOf('Optics');
    expect(name.title).toBe('Optics · Open it in live');
    await hands.click(name);
    expect(here().view).toMatchObject(panelOf('t2'));
    expect(shell.asked).toEqual([]);
  });

  it('stays in the window of the sandbox for what that has, and leaves it for what only live has', async () => {
    const { id, shell, serve } = await play();
    serve();
    lookAt(id);
    const { hands } = draw(<Shown />);
    await nameOf('Antenna');
    await hands.click(screen.getByRole('button', { name: /^Changed in live only/ }));
    await hands.click(await nameOf('Thermal'));
    await waitFor(() => expect(shell.asked).toMatchObject([{ what: 'turn', sandbox: null }]));
    await hands.click(screen.getByRole('button', { name: /^Changed in Play/ }));
    await hands.click(await nameOf('Antenna'));
    expect(here().view).toMatchObject(panelOf('t1'));
    expect(shell.asked).toHaveLength(1);
  });
});

describe('the name of a record in a comparison of two moments', () => {
  it('opens it as it is now, and as it was where it is gone', async () => {
    const { from, shell } = await moments();
    go({ kind: 'moments', from: String(from), to: 'now' });
    const { hands } = draw(<Shown />);
    const gone = await nameOf('Optics');
    expect(gone.title).toMatch(/^Optics · Open it as of .*\d:\d\d:\d\d/);
    await hands.click(gone);
    await waitFor(() => expect(shell.asked).toMatchObject([{ what: 'turn', sandbox: null, at: from }]));
    await hands.click(await nameOf('Antenna'));
    expect(here().view).toMatchObject(panelOf('t1'));
    expect(shell.asked).toHaveLength(1);
  });

  it('goes there in a window of the past, and turns back to now for what is of now', async () => {
    const { from, to, workspace, serve, shell } = await moments();
    serve(await openAt(workspace, from));
    lookAt('then-live');
    go({ kind: 'moments', from: String(from), to: 'now' });
    const { hands, unmount } = draw(<Shown />);
    await hands.click(await nameOf('Thermal'));
    await waitFor(() => expect(shell.asked).toMatchObject([{ what: 'turn', sandbox: null }]));
    expect(shell.asked[0]).not.toHaveProperty('at');
    unmount();
    go({ kind: 'moments', from: String(from), to: String(to) });
    draw(<Shown />);
    await hands.click(await nameOf('Antenna'));
    await waitFor(() => expect(here().view).toMatchObject(panelOf('t1')));
    expect((await api.moments.opened({})).moment?.id).toBe(to);
  });
});
