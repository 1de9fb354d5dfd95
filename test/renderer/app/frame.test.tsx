import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { connectionStore } from '#renderer/api/connection.ts';
import { commentList, insightLists, destinationIdOf, railSections } from '#renderer/ui/navigation.ts';
import { Rail } from '#renderer/app/Window.tsx';
import { StatusBar } from '#renderer/app/StatusBar.tsx';
import { viewComponents } from '#renderer/app/lazy-views.tsx';
import { adjustList, navigate, currentAddress } from '#renderer/stores/address.ts';
import { draftKeyOf, setDraftField } from '#renderer/stores/drafts.ts';
import { whileSaving } from '#renderer/stores/saving.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listWithRecord } from '#shared/address/view.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => {
  useSeat.setState({ items: {} });
  navigate({ kind: 'home' });
});

describe('the rail', () => {
  it('leads to every type, with those of Insights and documents, each with an existing view', () => {
    const inRail = railSections().flatMap((section) => section.destinations);
    const all = [...inRail, ...insightLists(), commentList()];
    expect(all.flatMap((place) => place.type ?? []).sort()).toEqual([...entityTypes].sort());
    for (const place of all) expect(viewComponents[place.view.kind]).toBeDefined();
    expect(new Set(all.map((place) => place.id)).size).toBe(all.length);
    // Where one is stands in the rail, also of what does not.
    for (const { view } of all) expect(inRail.map(({ id }) => id)).toContain(destinationIdOf(view));
  });

  it('shows counts and the current destination', async () => {
    await serveCore();
    for (const name of ['A', 'B']) await api.entities.create({ type: 'student', data: { name } });
    const { hands } = draw(<Rail />);
    const students = await screen.findByRole('button', { name: /^Students 2$/ });
    await hands.click(students);
    expect(destinationIdOf(currentAddress().view)).toBe('student');
    expect(students.getAttribute('aria-current')).toBe('page');
  });
});

describe('the status bar', () => {
  it('distinguishes saved, saving, not saved and lost', async () => {
    await serveCore();
    draw(<StatusBar />);
    expect(await screen.findByText('Saved')).toBeTruthy();
    let finish = (): void => {};
    const saving = whileSaving(() => new Promise<void>((resolve) => (finish = resolve)));
    expect(await screen.findByText('Saving…')).toBeTruthy();
    finish();
    await saving;
    setDraftField(draftKeyOf.record('t'), 'size', '0');
    expect(await screen.findByText('1 unsaved change')).toBeTruthy();
    connectionStore.setState({ state: 'lost' });
    expect(await screen.findByText(/Connection lost/)).toBeTruthy();
  });

  it('names the records with unsaved changes, and leads to them', async () => {
    await serveCore();
    const make = async (name: string) =>
      (await api.entities.create({ type: 'team', data: { name } })).record.id;
    const [thermal, comms] = [await make('Thermal'), await make('Comms')];
    setDraftField(draftKeyOf.record(thermal), 'size', '0');
    connectionStore.setState({ state: 'ready' });
    const { hands } = draw(<StatusBar />);
    await hands.click(await screen.findByRole('button', { name: '1 unsaved change: Thermal' }));
    await waitFor(() => expect(currentAddress().view).toEqual(listWithRecord('team', thermal)));
    setDraftField(draftKeyOf.record(comms), 'size', '0');
    // A list is left as it is when its record is opened in it.
    adjustList({ search: 'th' });
    await hands.click(await screen.findByRole('button', { name: '2 unsaved changes: Thermal and Comms' }));
    await waitFor(() =>
      expect(currentAddress().view).toEqual({ ...listWithRecord('team', comms), search: 'th' }),
    );
  });
});
