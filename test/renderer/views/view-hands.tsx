import { screen, waitFor } from '@testing-library/react';
import { expect, onTestFinished } from 'vitest';
import { Rail } from '#renderer/app/Window.tsx';
import { useRegistry } from '#renderer/commands/registry.ts';
import { useColumns } from '#renderer/features/records/grid/useColumns.ts';
import { SaveView, ViewTitle } from '#renderer/features/views/ViewTitle.tsx';
import ViewsHost from '#renderer/features/views/ViewsHost.tsx';
import { startAt, navigate, currentAddress, useListView } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

/** A filter that leaves some teams out. */
export const big: Filter = { field: 'size', op: 'gte', value: 5 };

function Columns() {
  const view = useListView();
  const { placed, toggle } = useColumns(view?.type ?? 'team', false, 2000, view?.saved ?? '');
  return placed.map(({ key }) => (
    <button key={key} type="button" onClick={() => toggle(key)}>
      column {key}
    </button>
  ));
}

/** A list of teams with all that deals with saved views, and its columns, each a button that hides it. */
export async function open() {
  await serveCore();
  onTestFinished(watchChanges(queryClient));
  useSeat.setState({ items: {} });
  startAt('frames://live/home');
  navigate(listOf('team'));
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

export type Hands = Awaited<ReturnType<typeof open>>['hands'];

/** The button that is the title of what is shown. */
export const title = (): HTMLElement => {
  const [button] = screen
    .getAllByRole('heading', { level: 1 })
    .flatMap((one) => [...one.querySelectorAll('button')]);
  if (!button) throw new Error('no title');
  return button;
};

/** Chooses in the menu of the title. */
export async function choose(hands: Hands, item: RegExp | string): Promise<void> {
  await hands.click(title());
  await hands.click(await screen.findByRole('menuitem', { name: item }));
}

/** Saves what is shown for everybody. */
export async function saveAs(hands: Hands, name: string): Promise<void> {
  await choose(hands, 'Save view…');
  await hands.type(await screen.findByRole('textbox', { name: 'Name' }), `${name}{Enter}`);
  await waitFor(() => expect(title().textContent).toBe(name));
}

/** The saved view that the list in front began as, or ''. */
export const savedId = (): string => {
  const { view } = currentAddress();
  return view.kind === 'list' ? view.saved : '';
};
