import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import TransferHost from '#renderer/features/transfer/TransferHost.tsx';
import { leaveSheet } from '#renderer/features/transfer/sheet/run.ts';
import { tableNow } from '#renderer/features/transfer/sheet/state.ts';
import { useNotices } from '#renderer/stores/notices.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { close } from '#renderer/stores/tabs/changes.ts';
import { change, frontTab } from '#renderer/stores/tabs/store.ts';
import { draw } from '../support/draw.tsx';
import { begin, open, paste, settled } from './sheet-hands.tsx';

beforeEach(begin);

const table = 'Team name\tDiscipline\nRadio\tElec Eng\nPower\tElectr\n';
const mend = 'Read it as “electrical”';

/** Looks at the table and mends one value, then leaves one row out. */
async function mended() {
  const drawn = await open();
  await paste(table);
  await settled();
  await drawn.hands.click(screen.getAllByRole('button', { name: mend })[0] as HTMLElement);
  await settled();
  await drawn.hands.click(await screen.findByRole('button', { name: 'Leave this row out' }));
  await settled();
  return drawn;
}

/** As in the next window: only what the seat keeps is left. */
async function again(text = table): Promise<void> {
  act(leaveSheet);
  await paste(text);
  await settled();
}

const back = 'Your 2 corrections of this table are back.';

describe('corrections of an import that was not finished', () => {
  it('are back when the same table is opened again, and may be dropped', async () => {
    const { hands } = await mended();
    const { choices } = tableNow() ?? {};
    await again(`${table}Arm\tElectr\n`);
    expect(tableNow()?.choices).toMatchObject({ values: [], skip: [] });
    await again();
    expect(tableNow()?.choices).toEqual(choices);
    expect(screen.getByText(back)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Begin anew' }));
    await settled();
    expect(screen.queryByText(back)).toBeNull();
    expect(tableNow()?.choices).toMatchObject({ values: [], skip: [] });
    await again();
    expect(screen.queryByText(/of this table (is|are) back/)).toBeNull();
  });

  it('are told of at the next start, once, where the window ended over the table', async () => {
    useNotices.setState({ list: [] });
    const { unmount } = await mended();
    unmount();
    act(leaveSheet);
    const told = () => useNotices.getState().list.map(({ title, action }) => [title, action?.label]);
    const next = draw(<TransferHost />);
    await waitFor(() =>
      expect(told()).toEqual([[expect.stringMatching(/was not imported$/), 'Choose the file…']]),
    );
    next.unmount();
    useNotices.setState({ list: [] });
    draw(<TransferHost />);
    // The workspace is known from before: whatever is told is told at once.
    await act(() => Promise.resolve());
    expect(told()).toEqual([]);
  });

  it('are told of where they were made, as soon as one is back there, and not in Play between', async () => {
    useNotices.setState({ list: [] });
    const { unmount } = await mended();
    unmount();
    act(leaveSheet);
    const told = () => useNotices.getState().list.map(({ title }) => title);
    document.documentElement.dataset['target'] = 'sbx_1';
    const play = draw(<TransferHost />);
    await act(() => Promise.resolve());
    expect(told()).toEqual([]);
    play.unmount();
    delete document.documentElement.dataset['target'];
    draw(<TransferHost />);
    await waitFor(() => expect(told()).toEqual([expect.stringMatching(/was not imported$/)]));
  });

  it('come with the line of headings that they were made under', async () => {
    const { hands } = await open();
    await paste(table);
    await settled();
    await hands.click(screen.getByRole('combobox', { name: 'Headings are in' }));
    await hands.click(await screen.findByRole('option', { name: 'No line: the table begins at once' }));
    await waitFor(() => expect(tableNow()).toMatchObject({ checking: false, view: { header: 0 } }));
    await again();
    expect(tableNow()?.view.header).toBe(0);
    await hands.click(screen.getByRole('button', { name: 'Begin anew' }));
    await settled();
    expect(tableNow()?.view.header).toBe(1);
  });

  it('are forgotten once it is imported', async () => {
    const { hands } = await mended();
    await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
    await screen.findByText(/Counts and samples/);
    await again();
    expect(tableNow()?.choices.skip).toEqual([]);
    expect(screen.queryByText(/of this table (is|are) back/)).toBeNull();
  });

  it('are kept for the newest tables only, as far as there is room', async () => {
    await mended();
    for (let one = 0; one < 11; one += 1) {
      await again(`Team name\tDiscipline\nRadio\tElec Eng\nTeam ${one}\tpower\n`);
      await act(async () => screen.getByRole('button', { name: mend }).click());
      await settled();
    }
    expect(useSeat.getState().items['sheet-unfinished']).toHaveLength(10);
    await again();
    expect(tableNow()?.choices.values).toEqual([]);
  });

  it('are told of when its tab is closed', async () => {
    await mended();
    draw(<TransferHost />);
    act(() => change((layout) => close(layout, frontTab())));
    expect((await screen.findAllByText('“Pasted table” was not imported')).length).toBeGreaterThan(0);
    expect(
      screen.getAllByText('Your corrections are kept: they are back when you open the same table again.')
        .length,
    ).toBeGreaterThan(0);
  });
});
