import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import type { Client } from '#test/support/workspace.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

/** What of each is seen is another kind of value: a choice, a reference, a whole record, notes. */
async function change(client: Client): Promise<void> {
  await client.entities.update({ type: 'team', id: 't1', data: { lifecycle: 'outgoing' } });
  await client.entities.update({ type: 'team', id: 't2', data: { project_id: 'p1' } });
  await client.entities.update({ type: 'team', id: 't3', data: { size: 1250 } });
  await client.entities.create({ type: 'faculty', id: 'f1', data: { name: 'Ada Müller' } });
}

async function ground() {
  const { workspace } = await serveCore();
  await api.entities.create({ type: 'project', id: 'p1', data: { name: 'Lunar lander' } });
  for (const [id, name] of Object.entries({ t1: 'Radio', t2: 'Optics', t3: 'Power' }))
    await api.entities.create({ type: 'team', id, data: { name, lifecycle: 'incoming' } });
  return workspace;
}

const names = () =>
  screen.getAllByRole('rowheader').map((head) => within(head).getByRole('button').textContent);

/** Each finds what says it, as it is read. */
const finds = [
  ['outgoing', ['Radio']],
  ['lunar', ['Optics']],
  ['1,250', ['Power']],
  ['muller', ['Ada Müller']],
  ['faculty', ['Ada Müller']],
  ['lifecycle', ['Radio']],
] as const;

beforeEach(() => layOut());

const searchbox = () => screen.findByRole('searchbox', { name: 'Find a name or value' });

/** Looks for one text after another, each of which finds what it should. Gives the box. */
async function findEach(hands: ReturnType<typeof draw>['hands']) {
  const box = await searchbox();
  await waitFor(() => expect(names()).toHaveLength(4));
  for (const [text, found] of finds) {
    await hands.clear(box);
    await hands.type(box, text);
    await waitFor(() => expect(names()).toEqual(found));
  }
  return box;
}

describe('the search of a comparison', () => {
  it('finds Play’s changes by names, types, fields and values, and selects all found ones', async () => {
    const workspace = await ground();
    const { id } = await take(clientOf(workspace.core), 'Spring');
    await change(clientOf(await openSandbox(workspace, id)));
    navigate({ kind: 'compare', sandbox: id });
    const { hands } = draw(<CompareView />);
    const box = await findEach(hands);
    await hands.click(screen.getByRole('checkbox', { name: 'Include all' }));
    await hands.clear(box);
    await waitFor(() => expect(names()).toHaveLength(4));
    const ticked = (name: string) =>
      screen.getByRole<HTMLInputElement>('checkbox', { name: `Include “${name}”` }).checked;
    expect(['Ada Müller', 'Radio', 'Optics', 'Power'].map(ticked)).toEqual([true, false, true, true]);
  });
});
