import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { useFrameCommands } from '#renderer/app/useFrameCommands.ts';
import { Rail } from '#renderer/app/Rail.tsx';
import { run, useRegistry } from '#renderer/commands/registry.ts';
import { isPrivate, privateView } from '#renderer/features/views/private.ts';
import { ViewTitle } from '#renderer/features/views/ViewTitle.tsx';
import ViewsHost from '#renderer/features/views/ViewsHost.tsx';
import { adjustList, beginAt, go, here } from '#renderer/stores/address.ts';
import { keys, queries } from '#renderer/stores/queries.ts';
import { readNext } from '#renderer/stores/own-steps.ts';
import { keep, useSeat } from '#renderer/stores/seat.ts';
import { stepBack, undoAlone, undoOp } from '#renderer/stores/undo.ts';
import { listOf } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { freshSteps } from '../support/steps.ts';

const big: Filter = { field: 'size', op: 'gte', value: 5 };

/** Undo and redo as menu and keys have them. */
function FrameCommands() {
  useFrameCommands();
  return null;
}

async function open() {
  await serveCore();
  useSeat.setState({ items: {} });
  freshSteps();
  beginAt('frames://live/home');
  go(listOf('team'));
  const drawn = draw(
    <>
      <FrameCommands />
      <ViewsHost />
      <Rail />
      <ViewTitle name="All teams" />
    </>,
  );
  await waitFor(() =>
    expect(useRegistry.getState().commands.some(({ id }) => id === 'view.save')).toBe(true),
  );
  return drawn;
}

type Hands = Awaited<ReturnType<typeof open>>['hands'];

const title = () => screen.getByRole('heading', { level: 1 }).querySelector('button') as HTMLElement;
const savedId = (): string => {
  const { view } = here();
  return view.kind === 'list' ? view.saved : '';
};

async function choose(hands: Hands, item: RegExp | string): Promise<void> {
  await hands.click(title());
  await hands.click(await screen.findByRole('menuitem', { name: item }));
}

async function saveForMe(hands: Hands, name: string): Promise<void> {
  await choose(hands, 'Save view…');
  await hands.click(await screen.findByRole('radio', { name: 'Only me' }));
  await hands.type(screen.getByRole('textbox', { name: 'Name' }), `${name}{Enter}`);
  await waitFor(() => expect(title().textContent).toBe(name));
}

beforeEach(() => layOut());

describe('a view that only I see', () => {
  it('is kept by the seat, and by nothing of the workspace', async () => {
    const { hands } = await open();
    act(() => adjustList({ filters: [big] }));
    await saveForMe(hands, 'My big ones');
    expect(isPrivate(savedId())).toBe(true);
    expect(await api.views.list({})).toEqual([]);
    expect((await api.history.state({})).undo).toBeNull();
    const entry = screen.getByTitle('My big ones (only you see it)');
    act(() => go(listOf('student')));
    await hands.click(entry);
    expect(here().view).toMatchObject({ filters: [big] });
    expect(title().textContent).toBe('My big ones');
  });

  it('is renamed, changed, deleted and brought back like any other', async () => {
    const { hands } = await open();
    act(() => adjustList({ filters: [big] }));
    await saveForMe(hands, 'Mine');
    await choose(hands, 'Rename “Mine”…');
    expect(screen.queryByRole('radio')).toBeNull();
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await hands.clear(name);
    await hands.type(name, 'Still mine{Enter}');
    await waitFor(() => expect(title().textContent).toBe('Still mine'));
    act(() => adjustList({ group: 'lifecycle' }));
    await choose(hands, 'Save changes to “Still mine”');
    await waitFor(() => expect(privateView(savedId())?.address).toContain('group=lifecycle'));
    await choose(hands, 'Delete “Still mine”');
    await waitFor(() => expect(privateView(savedId())).toBeUndefined());
    // What is shown stays, and nothing says that somebody deleted it.
    expect(screen.queryByText('View deleted')).toBeNull();
    const notice = (await screen.findByText('Deleted the view “Still mine”')).closest('[role="alert"]');
    await hands.click([...(notice?.querySelectorAll('button') ?? [])][0] as HTMLElement);
    await waitFor(() => expect(title().textContent).toBe('Still mine'));
  });

  it('belongs to a profile of a workspace', async () => {
    const { hands } = await open();
    await saveForMe(hands, 'Mine');
    const [key] = Object.keys(useSeat.getState().items).filter((one) => one.startsWith('my-views:'));
    const info = await api.workspace.info({});
    expect(key).toBe(`my-views:${info.id}:${info.actor.id}`);
    const actor = { ...info.actor, id: 'profile_other', name: 'Bo' };
    act(() => void queries.setQueryData(keys.info, { ...info, actor }));
    await waitFor(() => expect(screen.queryByTitle(/only you see it/)).toBeNull());
  });

  it('whose item cannot be read, or is too large, is not taken for one', async () => {
    const { hands } = await open();
    const info = await api.workspace.info({});
    act(() => keep(`my-views:${info.id}:${info.actor.id}`, [{ id: 'view_1', name: 'x' }]));
    expect(privateView('view_1')).toBeUndefined();
    await saveForMe(hands, 'Mine');
    expect(privateView(savedId())?.name).toBe('Mine');
  });
});

describe('undo and a view that only I see', () => {
  const sizeOf = async (id: string) => (await api.entities.get({ type: 'team', id })).payload.size;
  const back = () => act(() => stepBack('undo'));
  const forth = () => act(() => stepBack('redo'));
  const names = () =>
    [...document.querySelectorAll('.rail [title$="(only you see it)"]')].map((entry) => entry.textContent);

  async function team() {
    return (await api.entities.create({ type: 'team', data: { name: 'Thermal', size: 4 } })).record;
  }
  const change = (id: string, size: number) => api.entities.update({ type: 'team', id, data: { size } });

  it('brings back what was deleted last, and only then what was changed before', async () => {
    const { hands } = await open();
    await saveForMe(hands, 'Mine');
    const { id } = await team();
    await change(id, 6);
    await choose(hands, 'Delete “Mine”');
    await waitFor(() => expect(names()).toEqual([]));
    const undo = () => useRegistry.getState().commands.find(({ id }) => id === 'edit.undo');
    await waitFor(() =>
      expect(undo()).toMatchObject({ label: 'Undo: Deleted the view Mine', enabled: true }),
    );
    act(() => void run('edit.undo'));
    expect(await screen.findByText('Undid: Deleted the view Mine')).toBeTruthy();
    await waitFor(() => expect(names()).toEqual(['Mine']));
    expect(await sizeOf(id)).toBe(6);
    await back();
    expect(await sizeOf(id)).toBe(4);
    await forth();
    expect(await sizeOf(id)).toBe(6);
    expect(names()).toEqual(['Mine']);
    await forth();
    await waitFor(() => expect(names()).toEqual([]));
    expect((await readNext()).redo).toBeNull();
  });

  it('takes several in their turn, whatever of the workspace lies between them', async () => {
    const { hands } = await open();
    const { id } = await team();
    await saveForMe(hands, 'One');
    await change(id, 6);
    act(() => adjustList({ group: 'lifecycle' }));
    await choose(hands, 'Save changes to “One”');
    await waitFor(() => expect(privateView(savedId())?.address).toContain('group=lifecycle'));
    const { op_id } = await change(id, 7);
    await choose(hands, 'Delete “One”');
    await waitFor(() => expect(names()).toEqual([]));
    // Its notice must not undo a change of before.
    await act(() => undoOp(op_id ?? ''));
    expect(await screen.findByText('Something else was changed since')).toBeTruthy();
    const states: [number, string][] = [];
    for (let step = 0; step < 5; step += 1) {
      await back();
      const [kept] = Object.entries(useSeat.getState().items).flatMap(([key, item]) =>
        key.startsWith('my-views:') ? (item as { address: string }[]) : [],
      );
      states.push([(await sizeOf(id)) as number, kept?.address ?? '']);
    }
    const [plain, grouped] = ['frames://live/teams', 'frames://live/teams?group=lifecycle'];
    expect(states).toEqual([
      [7, grouped],
      [6, grouped],
      [6, plain],
      [4, plain],
      [4, ''],
    ]);
    for (let step = 0; step < 5; step += 1) await forth();
    expect(await sizeOf(id)).toBe(7);
    await waitFor(() => expect(names()).toEqual([]));
    expect((await readNext()).redo).toBeNull();
  });

  it('can no longer be redone once something else was done, as with any other change', async () => {
    const { hands } = await open();
    await saveForMe(hands, 'Mine');
    await choose(hands, 'Delete “Mine”');
    await waitFor(() => expect(names()).toEqual([]));
    await back();
    await waitFor(() => expect(names()).toEqual(['Mine']));
    await team();
    expect((await readNext()).redo).toBeNull();
    await back();
    expect((await readNext()).redo).toMatchObject({ label: 'team.create' });
  });

  it('comes before a change that was made again after it, as from the history', async () => {
    const { hands } = await open();
    const { id } = await team();
    const { op_id } = await change(id, 6);
    await saveForMe(hands, 'Mine');
    await act(() => undoAlone({ op_id: op_id ?? '', label: 'team.update', params: {} }));
    expect(await sizeOf(id)).toBe(4);
    await forth();
    expect(await sizeOf(id)).toBe(6);
    await back();
    expect(await sizeOf(id)).toBe(4);
    expect(names()).toEqual(['Mine']);
    await back();
    await waitFor(() => expect(names()).toEqual([]));
  });

  it('is not of another profile', async () => {
    const { hands } = await open();
    await saveForMe(hands, 'Mine');
    const info = await api.workspace.info({});
    act(
      () => void queries.setQueryData(keys.info, { ...info, actor: { ...info.actor, id: 'profile_other' } }),
    );
    expect((await readNext()).undo).toBeNull();
    act(() => void queries.setQueryData(keys.info, info));
    expect((await readNext()).undo).toMatchObject({ label: 'view.create' });
  });
});
