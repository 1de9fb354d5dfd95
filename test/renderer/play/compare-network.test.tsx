import { sinceBase } from '#shared/domain/points-in-time.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { ComparedNetwork } from '#shared/contract/compare-network.ts';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { lookOf } from '#renderer/features/network/look/appearance.ts';
import { styleByChange, withChanges } from '#renderer/features/network/look/marks.ts';
import { readModel } from '#renderer/features/network/model/model.ts';
import { noChoices } from '#renderer/features/play/compare/choices.ts';
import DifferenceNetwork from '#renderer/features/play/compare/network/DifferenceNetwork.tsx';
import { changesOf } from '#renderer/features/play/compare/network/DifferenceList.tsx';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

/** Three teams in a line, and Mira in the first; Play deletes the first with its link, moves Mira to the second, which it renames, and live alone changes the third. */
async function sandbox(): Promise<string> {
  const { workspace } = await serveCore();
  for (const [id, name] of Object.entries({ t1: 'Radio', t2: 'Optics', t3: 'Power' }))
    await api.entities.create({ type: 'team', id, data: { name, size: 3, discipline: 'software' } });
  await api.entities.create({ type: 'student', id: 's1', data: { name: 'Mira', team_id: 't1' } });
  await api.entities.create({ type: 'interface', id: 'l1', data: { from: 't1', to: 't2' } });
  await api.entities.create({ type: 'interface', id: 'l2', data: { from: 't2', to: 't3' } });
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const play = clientOf(await openSandbox(workspace, id));
  await play.entities.update({ type: 'student', id: 's1', data: { team_id: 't2' } });
  await play.entities.remove({ type: 'interface', id: 'l1' });
  await play.entities.remove({ type: 'team', id: 't1' });
  await play.entities.update({ type: 'team', id: 't2', data: { name: 'Lenses' } });
  await api.entities.update({ type: 'team', id: 't3', data: { size: 7 } });
  return id;
}

const read = (id: string): Promise<ComparedNetwork> => awaitResult(api.compare.network({ id }), () => {});

it('changes are coloured by their kind with a sign and a pattern, and everything else is dimmed', async () => {
  const compared = await read(await sandbox());
  const model = readModel(compared.network);
  const palette = (token: string): string => (token === 'canvas' ? '#ffffff' : `#${token}`);
  const { styles } = withChanges(lookOf(model, { colour: 'type', size: '' }, palette), changesOf(compared));
  expect(styles.node('t1')).toMatchObject({ color: '#bad', sign: '−', isPriority: true });
  expect(styles.node('t2')).toMatchObject({ color: '#info', sign: '~' });
  expect(styles.node('t3')).toMatchObject({ color: '#text-2', sign: '↓' });
  expect(styles.edge('l1')).toMatchObject({ color: '#bad', sign: '−', dash: styleByChange.removed.dash });
  expect(styles.edge('l2').sign).toBeUndefined();
  const patterns = Object.values(styleByChange).map(({ dash }) => String(dash));
  expect(new Set(patterns).size).toBe(patterns.length);
});

it('a difference is opened from the list by keyboard, with its fields and choice', async () => {
  const id = await sandbox();
  const onChange = vi.fn();
  const { hands } = draw(
    <DifferenceNetwork
      {...{ id, rows: [], findOpening: () => null }}
      picking={{ choices: noChoices, canSelect: true, canDecide: true, onChange }}
      query={{ ...sinceBase(id), classes: [], text: '' }}
      onCancel={() => {}}
    />,
  );
  const list = within(await screen.findByRole('region', { name: 'Differences in the network' }));
  const button = (name: RegExp) => list.getByRole('button', { name });
  button(/^Changed in sandbox: Lenses Team$/).focus();
  await hands.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(button(/^Changed in sandbox: Mira Student$/));
  await hands.keyboard('{ArrowUp}{Enter}');
  const card = within(await screen.findByRole('article', { name: 'Differences of “Lenses”' }));
  expect(card.getAllByText('Optics')).not.toHaveLength(0);
  await hands.click(card.getByRole('checkbox', { name: 'Include' }));
  expect(onChange).toHaveBeenCalledOnce();
  button(/^Changed in sandbox: Lenses/).focus();
  await hands.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('article')).toBeNull());
});
