import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { Rail } from '#renderer/app/Rail.tsx';
import { run, useRegistry } from '#renderer/commands/registry.ts';
import { applyLayout, readLayout, seatLayout } from '#renderer/features/records/layout.ts';
import { useColumns } from '#renderer/features/records/grid/useColumns.ts';
import { layoutNow } from '#renderer/features/views/layout.ts';
import ViewsHost from '#renderer/features/views/ViewsHost.tsx';
import { SaveView } from '#renderer/features/views/SaveView.tsx';
import { ViewTitle } from '#renderer/features/views/ViewTitle.tsx';
import { adjustHistory, adjustList, beginAt, go, here, useListView } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/live.ts';
import { queries } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { historyOf, listOf } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { onTestFinished } from 'vitest';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

const big: Filter = { field: 'size', op: 'gte', value: 5 };

/** The columns of the list, each a button that hides it. */
function Columns() {
  const view = useListView();
  const { placed, toggle } = useColumns(view?.type ?? 'team', false, 2000, view?.saved ?? '');
  return placed.map(({ key }) => (
    <button key={key} type="button" onClick={() => toggle(key)}>
      column {key}
    </button>
  ));
}

async function open() {
  await serveCore();
  onTestFinished(watchChanges(queries));
  useSeat.setState({ items: {} });
  beginAt('frames://live/home');
  go(listOf('team'));
  const drawn = draw(
    <>
      <ViewsHost />
      <Rail />
      <ViewTitle name="All teams" />
      <SaveView />
      <Columns />
    </>,
  );
  await waitFor(() =>
    expect(useRegistry.getState().commands.some(({ id }) => id === 'view.save')).toBe(true),
  );
  return drawn;
}

type Hands = Awaited<ReturnType<typeof open>>['hands'];

const title = (): HTMLElement => {
  const [button] = screen
    .getAllByRole('heading', { level: 1 })
    .flatMap((one) => [...one.querySelectorAll('button')]);
  if (!button) throw new Error('no title');
  return button;
};

async function choose(hands: Hands, item: RegExp | string): Promise<void> {
  await hands.click(title());
  await hands.click(await screen.findByRole('menuitem', { name: item }));
}

async function saveAs(hands: Hands, name: string): Promise<void> {
  await choose(hands, 'Save view…');
  await hands.type(await screen.findByRole('textbox', { name: 'Name' }), `${name}{Enter}`);
  await waitFor(() => expect(title().textContent).toBe(name));
}

const savedId = (): string => {
  const { view } = here();
  return view.kind === 'list' ? view.saved : '';
};

beforeEach(() => layOut());

describe('a saved view', () => {
  it('keeps filters and columns under a name, and shows them again from rail and palette', async () => {
    const { hands } = await open();
    act(() => adjustList({ filters: [big], panel: { kind: 'record', id: 'x', tab: 'details' } }));
    await hands.click(screen.getByRole('button', { name: 'column discipline' }));
    await saveAs(hands, 'Big teams');
    const [view] = await api.views.list({});
    expect(view).toMatchObject({ name: 'Big teams', address: 'frames://live/teams?f=size.gte.5' });
    expect(readLayout(view?.layout).columns).not.toContain('discipline');

    act(() => go(listOf('student')));
    await hands.click(await screen.findByRole('button', { name: 'Big teams', current: false }));
    expect(here().view).toEqual({ ...listOf('team'), filters: [big], saved: view?.id });

    act(() => go(listOf('student')));
    expect(
      useRegistry.getState().commands.find(({ label }) => label === 'Open view: Big teams'),
    ).toMatchObject({
      group: 'go',
    });
    act(() => void run(`view.open.${view?.id}`));
    await waitFor(() => expect(savedId()).toBe(view?.id));
  });

  it('is where one is, alone, while it is shown', async () => {
    const { hands } = await open();
    const current = () =>
      [...document.querySelectorAll('.rail [aria-current]')].map((entry) => entry.getAttribute('title'));
    expect(current()).toEqual(['Teams']);
    act(() => adjustList({ filters: [big] }));
    await saveAs(hands, 'Big teams');
    expect(current()).toEqual(['Big teams']);
    act(() => adjustList({ group: 'lifecycle' }));
    expect(current()).toEqual(['Big teams']);
    act(() => go(listOf('team')));
    await waitFor(() => expect(current()).toEqual(['Teams']));
    act(() => go(historyOf({ action: 'create' })));
    expect(current()).toEqual(['History']);
    await saveAs(hands, 'What came');
    expect(current()).toEqual(['What came']);
  });

  it('is offered beside the filters as soon as there is one to keep, and again when it is changed', async () => {
    const { hands } = await open();
    expect(screen.queryByRole('button', { name: 'Save view…' })).toBeNull();
    act(() => adjustList({ filters: [big] }));
    await hands.click(await screen.findByRole('button', { name: 'Save view…' }));
    await hands.type(await screen.findByRole('textbox', { name: 'Name' }), 'Kept{Enter}');
    await waitFor(() => expect(title().textContent).toBe('Kept'));
    expect(screen.queryByRole('button', { name: 'Save view…' })).toBeNull();
    act(() => adjustList({ group: 'lifecycle' }));
    await hands.click(await screen.findByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull());
    expect((await api.views.list({}))[0]?.address).toContain('lifecycle');
  });

  it('is shown in its own layout; the seat’s stays as it was', async () => {
    const { hands } = await open();
    act(() => applyLayout('team', { columns: ['name', 'size'] }));
    await saveAs(hands, 'Narrow');
    act(() => applyLayout('team', { columns: ['name', 'discipline'] }));
    await waitFor(() => expect(screen.queryByText('column discipline')).toBeNull());
    await hands.click(screen.getByRole('button', { name: 'column size' }));
    await waitFor(() => expect(screen.queryByText('column size')).toBeNull());
    expect(seatLayout('team').columns).toEqual(['name', 'discipline']);
    expect(layoutNow('team', savedId()).columns).toEqual(['name']);
    await choose(hands, 'All teams');
    await screen.findByText('column discipline');
  });

  it('takes along what was arranged for it: the list that it is of is as it was before', async () => {
    const { hands } = await open();
    act(() => applyLayout('team', { columns: ['name', 'size', 'links'] }));
    act(() => go({ kind: 'home' }));
    act(() => go(listOf('team')));
    act(() => adjustList({ filters: [big] }));
    await hands.click(await screen.findByRole('button', { name: 'column size' }));
    await waitFor(() => expect(screen.queryByText('column size')).toBeNull());
    await hands.click(screen.getByRole('button', { name: 'column links' }));
    await saveAs(hands, 'Apart');
    expect(readLayout((await api.views.list({}))[0]?.layout).columns).toEqual(['name']);
    expect(seatLayout('team').columns).toEqual(['name', 'size', 'links']);
    expect(await screen.findByText(/columns of all other lists of teams stay as they were/)).toBeTruthy();
    await choose(hands, 'All teams');
    await screen.findByText('column links');
  });

  it('leaves the list what was arranged before one went to it anew', async () => {
    const { hands } = await open();
    act(() => applyLayout('team', { columns: ['name', 'size'] }));
    await hands.click(await screen.findByRole('button', { name: 'column size' }));
    await waitFor(() => expect(screen.queryByText('column size')).toBeNull());
    act(() => go({ kind: 'home' }));
    act(() => go(listOf('team')));
    await saveAs(hands, 'Later');
    expect(seatLayout('team').columns).toEqual(['name']);
  });

  it('says when it is shown otherwise, and saves that or takes it back', async () => {
    const { hands } = await open();
    await saveAs(hands, 'Mine');
    expect(screen.queryByText('(changed, not saved)')).toBeNull();
    act(() => adjustList({ filters: [big] }));
    await hands.click(screen.getByRole('button', { name: 'column links' }));
    await screen.findByText('(changed, not saved)');
    await choose(hands, 'Discard changes');
    await waitFor(() => expect(here().view).toMatchObject({ filters: [] }));
    await screen.findByText('column links');
    expect(screen.queryByText('(changed, not saved)')).toBeNull();

    act(() => adjustList({ sort: [{ field: 'size', direction: 'desc' }] }));
    await choose(hands, 'Save changes to “Mine”');
    await waitFor(async () =>
      expect((await api.views.list({}))[0]?.address).toBe('frames://live/teams?sort=size.desc'),
    );
    await waitFor(() => expect(screen.queryByText('(changed, not saved)')).toBeNull());
  });

  it('is renamed and deleted with a way back; what is shown stays', async () => {
    const { hands } = await open();
    act(() => adjustList({ filters: [big] }));
    await saveAs(hands, 'Old');
    await choose(hands, 'Rename “Old”…');
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await hands.clear(name);
    await hands.type(name, 'New{Enter}');
    await waitFor(() => expect(title().textContent).toBe('New'));
    await choose(hands, 'Delete “New”');
    const told = (await screen.findByText('Deleted the view “New”')).closest('[role="alert"]');
    await waitFor(() => expect(title().textContent).toBe('All teams'));
    expect(screen.getByText('View deleted')).toBeTruthy();
    expect(here().view).toMatchObject({ filters: [big] });
    await hands.click(within(told as HTMLElement).getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(title().textContent).toBe('New'));
    expect(screen.queryByText('View deleted')).toBeNull();
  });

  it('that cannot be read is told of, and nothing breaks', async () => {
    const { hands } = await open();
    await api.views.create({
      name: 'From later',
      address: 'frames://live/galaxies?x=1',
      layout: { columns: 3 },
    });
    await hands.click(await screen.findByRole('button', { name: 'From later' }));
    await screen.findByText('“From later” cannot be shown');
    expect(here().view).toEqual(listOf('team'));
  });

  it('is not for viewers to save, and not for editors to change when another made it', async () => {
    const { hands } = await open();
    await saveAs(hands, 'Shared');
    const viewer = await api.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    const editor = await api.workspace.createProfile({ name: 'Ed', role: 'editor' });
    for (const [profile, reason, items] of [
      [viewer.id, 'Viewers cannot save views.', ['Save view…', 'Rename “Shared”…']],
      [
        editor.id,
        /Made by .*: they, researchers and admins may change it/,
        ['Rename “Shared”…', 'Delete “Shared”'],
      ],
    ] as const) {
      await api.workspace.actAs({ profile });
      await queries.invalidateQueries();
      await hands.click(title());
      await waitFor(() => expect(screen.getAllByText(reason).length).toBeGreaterThan(0));
      for (const item of items)
        expect(
          screen.getByRole('menuitem', { name: new RegExp(`^${item}`) }).hasAttribute('data-disabled'),
        ).toBe(true);
      await hands.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByRole('menuitem')).toBeNull());
    }
  });

  it('can be of the history too', async () => {
    const { hands } = await open();
    act(() => go(historyOf({ action: 'delete', open: 'op' })));
    await saveAs(hands, 'What went');
    expect((await api.views.list({}))[0]).toMatchObject({
      address: 'frames://live/history?action=delete',
      layout: null,
    });
    act(() => adjustHistory({ action: 'create' }));
    await screen.findByText('(changed, not saved)');
    act(() => go(listOf('team')));
    await hands.click(await screen.findByRole('button', { name: 'What went' }));
    expect(here().view).toEqual(historyOf({ action: 'delete' }));
    await waitFor(() => expect(title().textContent).toBe('What went'));
  });

  it('of many, the rail shows a few until all are wanted', async () => {
    const { hands } = await open();
    for (let index = 1; index <= 9; index += 1)
      await api.views.create({ name: `View ${index}`, address: 'frames://live/teams', layout: null });
    await screen.findByRole('button', { name: 'Show all 9' });
    expect(screen.getByRole('button', { name: 'View 5' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'View 6' })).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Show all 9' }));
    await screen.findByRole('button', { name: 'View 9' });
    await hands.click(screen.getByRole('button', { name: 'Show fewer' }));
    expect(screen.queryByRole('button', { name: 'View 9' })).toBeNull();
  });
});
