import { act, screen, waitFor } from '@testing-library/react';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { readLinkDraft } from '#renderer/features/records/panel/AddLink.tsx';
import { go, showPanel } from '#renderer/stores/address.ts';
import { draftAt, draftOf } from '#renderer/stores/drafts.ts';
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
