import { fc, test } from '@fast-check/vitest';
import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import HomeView from '#renderer/features/home/HomeView.tsx';
import { keepLeft } from '#renderer/features/transfer/sheet/leftLater.ts';
import { here } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { stepBack } from '#renderer/stores/undo.ts';
import { listOf } from '#shared/address/view.ts';
import { SEAT_ITEM_LIMIT } from '#shared/shell/seat.ts';
import { draw } from '../support/draw.tsx';
import { bring, begin, open, paste, settled, teams } from './sheet-hands.tsx';

beforeEach(begin);

const table = 'Name\tDiscipline\tSize\nGecko\tPower systems\tsix';

/** A table with two things to mend is imported, and Home is opened as after the next start. */
async function imported() {
  const first = await open();
  await bring(first.hands, table);
  first.unmount();
  return draw(<HomeView />);
}

const title = /^Import of .*: 2 things still to mend$/;

describe('what an import left to mend', () => {
  it('is told on Home, each with the way to its records, until it is mended', async () => {
    const { hands } = await imported();
    expect(await screen.findByRole('heading', { level: 2, name: title })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Show them' }));
    await hands.click(screen.getByRole('button', { name: /^Show: “Power systems” as discipline/ }));
    const { view } = here();
    expect(view).toMatchObject({ kind: 'list', type: 'team' });
    expect(view.kind === 'list' && view.filters[0]).toEqual({
      field: 'discipline',
      op: 'is',
      value: 'Power systems',
    });
    const [gecko] = await teams();
    await api.entities.update({ type: 'team', id: gecko?.id ?? '', data: { discipline: 'power' } });
    expect(await screen.findByRole('heading', { name: /: 1 thing still to mend$/ })).toBeTruthy();
    await api.entities.update({ type: 'team', id: gecko?.id ?? '', data: { size: 6 } });
    await waitFor(() => expect(screen.queryByText(/still to mend/)).toBeNull());
  });

  it('is what that import left and nothing else, so that it ends', async () => {
    const first = await open();
    await paste(`${table}\nNewt\tSoftware\t`);
    await settled();
    await first.hands.click(screen.getByRole('button', { name: 'Import 2 teams' }));
    await screen.findByText(/Counts and samples/);
    first.unmount();
    draw(<HomeView />);
    await screen.findByRole('heading', { level: 2, name: title });
    await api.entities.create({ type: 'team', data: { name: 'Later', discipline: 'Power systems' } });
    const gecko = (await teams()).find((one) => one.title === 'Gecko');
    await api.entities.update({
      type: 'team',
      id: gecko?.id ?? '',
      data: { discipline: 'power', size: 6 },
    });
    await waitFor(() => expect(screen.queryByText(/still to mend/)).toBeNull());
    await act(() => stepBack('undo'));
    await screen.findByRole('heading', { level: 2, name: title });
    await act(() => stepBack('undo'));
    await act(() => stepBack('undo'));
    await waitFor(() => expect(screen.queryByText(/still to mend/)).toBeNull());
  });

  it('is not told of an import that was taken back', async () => {
    await imported();
    await screen.findByRole('heading', { name: title });
    await act(() => stepBack('undo'));
    await waitFor(() => expect(screen.queryByText(/still to mend/)).toBeNull());
  });

  it('is told no more when it was dismissed, which can be taken back', async () => {
    const { hands } = await imported();
    await screen.findByRole('heading', { name: title });
    await hands.click(screen.getByRole('button', { name: /^Dismiss what is left of/ }));
    await waitFor(() => expect(screen.queryByText(title)).toBeNull());
    expect(useSeat.getState().items['left-to-mend']).toBeUndefined();
    await hands.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
  });

  test.prop([
    fc.array(fc.record({ workspace: fc.constantFrom('a', 'b'), lines: fc.nat(300), long: fc.nat(3000) }), {
      maxLength: 12,
    }),
  ])('takes no more room than the seat has, whatever is imported; the newest stays', (imports) => {
    useSeat.setState({ items: {} });
    imports.forEach(({ workspace, lines, long }, index) =>
      keepLeft(
        workspace,
        { op_id: `${index}`, name: 'teams.csv', at: '2026-11-20T10:00:00.000Z' },
        Array.from({ length: lines }, () => ({
          text: 'x'.repeat(long),
          view: listOf('team'),
          matter: { kind: 'empty', type: 'team', field: 'size', heading: 'Size' },
        })),
      ),
    );
    const item = useSeat.getState().items['left-to-mend'] ?? [];
    expect(JSON.stringify(item).length).toBeLessThan(SEAT_ITEM_LIMIT);
    const kept = item as { op_id: string; workspace: string }[];
    for (const workspace of ['a', 'b'])
      expect(kept.filter((one) => one.workspace === workspace).length).toBeLessThanOrEqual(3);
    const last = imports.findLastIndex(({ lines }) => lines > 0);
    if (last >= 0) expect(kept[0]?.op_id).toBe(`${last}`);
  });
});
