import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { ComparedNetwork } from '#shared/contract/compare-network.ts';
import { api } from '#renderer/api/client.ts';
import { follow } from '#renderer/api/stream.ts';
import { DifferencePicture } from '#renderer/features/play/compare/network/DifferencePicture.tsx';
import { MarkLegend } from '#renderer/features/play/compare/network/MarkLegend.tsx';
import { countsOf, pictureOf } from '#renderer/features/play/compare/network/model.ts';
import {
  itemsOf,
  namesWithRoom,
  onScreen,
  walked,
  whole,
} from '#renderer/features/play/compare/network/places.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

/** Three teams in a line; Play deletes the first with its link, renames the second, and live alone changes the third. */
async function compared(): Promise<ComparedNetwork> {
  const { workspace } = await serveCore();
  for (const [id, name] of Object.entries({ t1: 'Radio', t2: 'Optics', t3: 'Power' }))
    await api.entities.create({ type: 'team', id, data: { name, size: 3, discipline: 'software' } });
  await api.entities.create({ type: 'interface', id: 'l1', data: { from: 't1', to: 't2' } });
  await api.entities.create({ type: 'interface', id: 'l2', data: { from: 't2', to: 't3' } });
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const play = clientOf(await openSandbox(workspace, id));
  await play.entities.remove({ type: 'team', id: 't1' });
  await play.entities.update({ type: 'team', id: 't2', data: { name: 'Lenses' } });
  await api.entities.update({ type: 'team', id: 't3', data: { size: 7 } });
  return follow(api.sandboxes.compareNetwork({ id }), () => {});
}

const points = new Map([
  ['t1', { x: 0, y: 0 }],
  ['t2', { x: 200, y: 0 }],
  ['t3', { x: 400, y: 0 }],
]);

it('marks what differs with a sign and a word, counts it, and is walked with the arrow keys', async () => {
  const picture = pictureOf(await compared());
  expect(countsOf(picture)).toEqual([
    { mark: 'changed', nodes: 1, links: 0, memberships: 0 },
    { mark: 'removed', nodes: 1, links: 1, memberships: 0 },
    { mark: 'live', nodes: 1, links: 0, memberships: 0 },
  ]);
  const onChoose = vi.fn<(id: string | null) => void>();
  const { hands } = draw(
    <>
      <DifferencePicture picture={picture} points={points} chosen="t2" onChoose={onChoose} />
      <MarkLegend picture={picture} />
    </>,
  );
  const list = screen.getByRole('listbox', { name: '4 differences as a network' });
  const options = within(list).getAllByRole('option');
  expect(options.map((one) => one.getAttribute('aria-label') ?? '').toSorted()).toEqual([
    'Changed in Play: Lenses, Team',
    'Differs in live only: Power, Team',
    'Removed in Play: Radio → Optics, Link',
    'Removed in Play: Radio, Team',
  ]);
  expect(within(list).getByRole('option', { selected: true }).getAttribute('aria-label')).toContain('Lenses');
  const legend = within(screen.getByRole('list', { name: 'What the marks mean' }));
  expect(legend.getByText('1 record, 1 link')).toBeTruthy();
  fireEvent.keyDown(list, { key: 'ArrowRight' });
  fireEvent.keyDown(list, { key: 'ArrowLeft' });
  fireEvent.keyDown(list, { key: 'Escape' });
  await hands.click(within(list).getByRole('option', { name: /Radio, Team$/ }));
  expect(onChoose.mock.calls).toEqual([['t3'], ['l1'], [null], ['t1']]);
});

it('goes the way of a key to the nearest, and nowhere where nothing is', async () => {
  const picture = pictureOf(await compared());
  const places = onScreen(points, { width: 800, height: 500 }, whole);
  const items = itemsOf(picture, places);
  expect(walked(items, 't3', 'ArrowRight')).toBeUndefined();
  expect(walked(items, 't3', 'ArrowUp')).toBeUndefined();
  expect(walked(items, null, 'ArrowUp')).toBe(items[0]);
  expect(walked(items, 't3', 'End')).toBe(items.at(-1));
  for (const { x, y } of places.values()) expect([x > 0 && x < 800, y > 0 && y < 500]).toEqual([true, true]);
});

it('writes no name over another; the one that is chosen has its name', async () => {
  const picture = pictureOf(await compared());
  const heap = new Map(['t1', 't2', 't3'].map((id, at) => [id, { x: 100 + at, y: 100 }]));
  expect([...namesWithRoom(picture, heap, 't3')]).toEqual(['t3']);
  const spread = onScreen(points, { width: 800, height: 500 }, whole);
  expect([...namesWithRoom(picture, spread, null)].toSorted()).toEqual(['t1', 't2', 't3']);
});
