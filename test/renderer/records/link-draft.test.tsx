import { act, screen, waitFor } from '@testing-library/react';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { readLinkDraft } from '#renderer/features/records/panel/link-draft.ts';
import { connection } from '#renderer/api/connection.ts';
import { StatusBar } from '#renderer/app/StatusBar.tsx';
import { askForLink } from '#renderer/features/records/panel/asked-link.ts';
import { go, here, showPanel } from '#renderer/stores/address.ts';
import { draftAt, draftOf, keepDraft } from '#renderer/stores/drafts.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { queries } from '#renderer/stores/queries.ts';
import { keep, useSeat } from '#renderer/stores/seat.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { recordIn } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { Beside, make } from './panel-hands.tsx';

beforeEach(() => useSeat.setState({ items: {} }));

/** Two teams, and the links of the first beside the list. */
async function twoTeams() {
  await serveCore();
  const [thermal, power] = [await make('team', { name: 'Thermal' }), await make('team', { name: 'Power' })];
  go(recordIn('team', thermal.id, 'links'));
  return { thermal, power, ...draw(<Beside />) };
}

const loss = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Energy lost' });
const kept = (id: string) => draftAt(draftOf.link(id));

async function halfFilled() {
  const drawn = await twoTeams();
  const { hands } = drawn;
  await hands.click(await screen.findByRole('button', { name: 'Add a link' }));
  await hands.type(screen.getByLabelText('With'), 'Pow');
  await hands.click(await screen.findByRole('option', { name: /Power/ }));
  await hands.click(screen.getByRole('radio', { name: 'To here' }));
  await hands.clear(loss());
  await hands.type(loss(), '22');
  return drawn;
}

describe('a link that is begun in the panel of a record', () => {
  it('is there again after one was elsewhere, and says that it is not added yet', async () => {
    const { hands, thermal, power } = await halfFilled();
    showPanel({ kind: 'record', id: power.id, tab: 'links' });
    await screen.findByRole('button', { name: 'Add a link' });
    expect(screen.queryByRole('textbox', { name: 'Energy lost' })).toBeNull();
    showPanel({ kind: 'record', id: thermal.id, tab: 'links' });
    await waitFor(() => expect(loss().value).toBe('22'));
    expect(screen.getByText('This link is not added yet.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('With').value).toBe('Power');
    // It came by itself: the focus stays where the person is.
    expect(document.activeElement).not.toBe(screen.getByLabelText('With'));
    await hands.click(screen.getByRole('button', { name: 'Add link' }));
    await waitFor(async () => expect((await api.entities.links({ id: thermal.id, limit: 9 })).total).toBe(1));
    const { rows } = await api.entities.links({ id: thermal.id, limit: 9 });
    expect(rows[0]?.link.payload).toMatchObject({ from: power.id, to: thermal.id, energy_loss: 22 });
    await waitFor(() => expect(kept(thermal.id)).toEqual({}));
  });

  it('is forgotten when it is given up, and an untouched form leaves nothing', async () => {
    const { hands, thermal } = await halfFilled();
    await hands.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(kept(thermal.id)).toEqual({});
    await hands.click(await screen.findByRole('button', { name: 'Add a link' }));
    expect(kept(thermal.id)).toEqual({});
    expect(screen.queryByText('This link is not added yet.')).toBeNull();
  });

  it('does not choose a record that was deleted meanwhile', async () => {
    const { hands, thermal, power } = await halfFilled();
    await api.entities.remove({ type: 'team', id: power.id });
    await hands.click(screen.getByRole('button', { name: 'Add link' }));
    await waitFor(() => expect(loss().value).toBe('22'));
    expect(kept(thermal.id)).toMatchObject({ loss: '22' });
  });

  it('counts as not saved, and the status bar leads to it', async () => {
    const { hands, thermal } = await halfFilled();
    showPanel(null);
    connection.setState({ state: 'ready' });
    const bar = draw(<StatusBar />);
    await hands.click(await bar.findByRole('button', { name: '1 change not saved yet: Thermal' }));
    await waitFor(() => expect(here().view).toEqual(recordIn('team', thermal.id, 'links')));
    keepDraft(draftOf.record(thermal.id), 'size', '0');
    await hands.click(await bar.findByRole('button', { name: '2 changes not saved yet: Thermal' }));
    await waitFor(() => expect(here().view).toEqual(recordIn('team', thermal.id)));
  });

  it('counts at a record whatever its id is', async () => {
    await serveCore();
    const { record } = await api.entities.create({ type: 'team', id: 'A/1@x%', data: { name: 'Odd' } });
    keepDraft(draftOf.record(record.id), 'size', '0');
    keepDraft(draftOf.link(record.id), 'loss', '3');
    connection.setState({ state: 'ready' });
    draw(<StatusBar />);
    expect(await screen.findByRole('button', { name: '2 changes not saved yet: Odd' })).toBeTruthy();
  });

  it('can be cancelled, and not added, where its record was deleted meanwhile', async () => {
    const { hands, thermal } = await halfFilled();
    await act(async () => {
      await api.entities.remove({ type: 'team', id: thermal.id });
      await queries.invalidateQueries();
    });
    expect(await screen.findByText(/^A deleted record gets no links/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add link' }).disabled).toBe(true);
    await hands.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(kept(thermal.id)).toEqual({});
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Add link' })).toBeNull());
  });

  it('is shown to a viewer, who can neither change, add nor cancel it', async () => {
    const { thermal } = await halfFilled();
    const vera = await api.workspace.createProfile({ name: 'Vera', role: 'viewer', university_id: null });
    await act(() => actAs(vera.id));
    await waitFor(() => expect(loss().closest('fieldset')?.disabled).toBe(true));
    for (const name of ['Add link', 'Cancel'])
      expect(screen.getByRole<HTMLButtonElement>('button', { name }).disabled).toBe(true);
    expect(kept(thermal.id)).toMatchObject({ loss: '22' });
  });

  it('that is chosen back to what an empty form holds is none', async () => {
    const { hands, thermal } = await twoTeams();
    await hands.click(await screen.findByRole('button', { name: 'Add a link' }));
    await hands.click(screen.getByRole('radio', { name: 'To here' }));
    expect(kept(thermal.id)).toEqual({ direction: 'in' });
    await hands.click(screen.getByRole('radio', { name: 'From here' }));
    expect(kept(thermal.id)).toEqual({});
  });

  it('takes the focus when a link is asked for while it stands there already', async () => {
    const { hands, thermal, power } = await halfFilled();
    showPanel({ kind: 'record', id: power.id, tab: 'links' });
    await screen.findByRole('button', { name: 'Add a link' });
    showPanel({ kind: 'record', id: thermal.id, tab: 'links' });
    await waitFor(() => expect(loss().value).toBe('22'));
    await hands.click(loss());
    act(() => askForLink(thermal.id));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('With')));
  });

  it('is not lost when an earlier try had arrived and another record was chosen since', async () => {
    const { hands, thermal } = await halfFilled();
    const link = { from: thermal.id, to: (await make('team', { name: 'Payload' })).id };
    await hands.click(screen.getByRole('button', { name: 'Add link' }));
    await waitFor(async () => expect((await api.entities.links({ id: thermal.id, limit: 9 })).total).toBe(1));
    // As if that answer had been lost: the draft still names its id.
    const { rows } = await api.entities.links({ id: thermal.id, limit: 9 });
    act(() => {
      keepDraft(draftOf.link(thermal.id), '#id', rows[0]?.link.id ?? '');
      keepDraft(draftOf.link(thermal.id), 'other', { id: link.to, type: 'team', title: 'Payload' });
    });
    await hands.click(await screen.findByRole('button', { name: 'Add link' }));
    await waitFor(async () => expect((await api.entities.links({ id: thermal.id, limit: 9 })).total).toBe(2));
  });

  it('reads whatever the seat kept, whole or not', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        (other, direction, bond, lost) => {
          keep(draftOf.link('team_1'), { other, direction, bond, loss: lost } as JsonObject);
          const draft = readLinkDraft(draftAt(draftOf.link('team_1')));
          expect(['in', 'out']).toContain(draft.direction);
          expect(draft.other === null || typeof draft.other.id === 'string').toBe(true);
          expect([typeof draft.bond, typeof draft.loss]).toEqual(['string', 'string']);
        },
      ),
    );
  });
});
