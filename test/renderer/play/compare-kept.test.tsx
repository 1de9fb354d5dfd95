import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import MomentsView from '#renderer/features/past/compare/MomentsView.tsx';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { useKept } from '#renderer/features/play/compare/kept-choices.ts';
import { back, go, openOrShow, openTab, useView } from '#renderer/stores/address.ts';
import { layoutFrom, layoutToKeep } from '#renderer/stores/tabs/keeping.ts';
import { listOf } from '#shared/address/view.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import type { Client } from '#test/support/workspace.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { serveShell } from '../support/shell.ts';

const teams = { t1: 'Radio', t2: 'Optics', t3: 'Power' };

async function ground() {
  const { workspace } = await serveCore();
  for (const [id, name] of Object.entries(teams))
    await api.entities.create({ type: 'team', id, data: { name } });
  await serveShell();
  return workspace;
}

async function removeAll({ entities }: Client): Promise<void> {
  for (const id of Object.keys(teams)) await entities.remove({ type: 'team', id });
}

/** A comparison of three teams that Play deleted, and with one that live made since. */
async function compared() {
  const workspace = await ground();
  const { id } = await take(clientOf(workspace.core), 'Spring');
  await removeAll(clientOf(await openSandbox(workspace, id)));
  await api.entities.create({ type: 'team', id: 't4', data: { name: 'Thermal' } });
  go({ kind: 'compare', sandbox: id });
  return id;
}

function Shown() {
  const { kind } = useView();
  if (kind === 'compare') return <CompareView />;
  return kind === 'moments' ? <MomentsView /> : <p>Elsewhere</p>;
}

const searchbox = () => screen.findByRole<HTMLInputElement>('searchbox');
const names = () => screen.queryAllByRole('rowheader').map((head) => head.textContent);
const list = () => screen.findByRole('region', { name: 'What is different' });
const chip = (name: RegExp) => screen.findByRole('button', { name });

async function scrollDown(top: number): Promise<void> {
  const scroller = await list();
  scroller.scrollTop = top;
  fireEvent.scroll(scroller);
}

async function comeBack(): Promise<void> {
  await screen.findByText('Elsewhere');
  act(back);
}

beforeEach(() => {
  layOut();
  useKept.setState({}, true);
});

describe('who opened a record out of a comparison and comes back', () => {
  it('finds what was looked for and what it was narrowed to', async () => {
    await compared();
    const { hands } = draw(<Shown />);
    await hands.click(await chip(/^Changed in live only/));
    await hands.type(await searchbox(), 'therm');
    await hands.click(await screen.findByRole('button', { name: 'Thermal' }));
    await comeBack();
    expect((await searchbox()).value).toBe('therm');
    expect((await chip(/^Changed in live only/)).getAttribute('aria-pressed')).toBe('true');
    await waitFor(() => expect(names()).toEqual([expect.stringContaining('Thermal')]));
  });

  it('is as far down as before, and at the top of what is narrowed otherwise', async () => {
    await compared();
    const { hands } = draw(<Shown />);
    await scrollDown(120);
    await hands.click(await screen.findByRole('button', { name: 'Optics' }));
    await comeBack();
    await waitFor(async () => expect((await list()).scrollTop).toBe(120));
    await hands.type(await searchbox(), 'o');
    expect((await list()).scrollTop).toBe(0);
    await scrollDown(80);
    await hands.click(await chip(/^Changed in live only/));
    await screen.findByRole('button', { name: 'Thermal' });
    expect((await list()).scrollTop).toBe(0);
  });

  it('finds the same of two moments, and all of other ones', async () => {
    const workspace = await ground();
    const from = (await api.moments.resolve({ at: 'now' })).id;
    await removeAll(clientOf(workspace.core));
    go({ kind: 'moments', from: String(from), to: 'now' });
    const { hands } = draw(<Shown />);
    await hands.click(await chip(/^Deleted/));
    await hands.type(await searchbox(), 'optics');
    await waitFor(() => expect(names()).toHaveLength(1));
    act(() => go(listOf('team')));
    await comeBack();
    expect((await searchbox()).value).toBe('optics');
    expect((await chip(/^Deleted/)).getAttribute('aria-pressed')).toBe('true');
    await hands.click(screen.getByRole('button', { name: 'Swap the two' }));
    expect((await chip(/^All/)).getAttribute('aria-pressed')).toBe('true');
  });
});

describe('the window that turns away from a comparison and back', () => {
  it('keeps what was looked for, and how the list was narrowed', async () => {
    await compared();
    const { hands, unmount } = draw(<Shown />);
    await hands.type(await searchbox(), 'optics');
    unmount();
    const kept = layoutToKeep(useTabs.getState());
    act(() => go(listOf('team')));
    useTabs.setState(layoutFrom(kept) ?? {}, false);
    draw(<Shown />);
    expect((await searchbox()).value).toBe('optics');
    await waitFor(() => expect(names()).toEqual([expect.stringContaining('Optics')]));
  });

  it('comes to the tab of the comparison, however that was narrowed', async () => {
    const sandbox = await compared();
    go({ kind: 'compare', sandbox, search: 'optics' }, { replace: true });
    openTab(listOf('team'));
    openOrShow({ kind: 'compare', sandbox });
    expect(useTabs.getState().panes[0]?.tabs).toHaveLength(2);
    draw(<Shown />);
    expect((await searchbox()).value).toBe('');
    act(back);
    expect((await searchbox()).value).toBe('optics');
  });
});
