import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { ComparedNetwork } from '#shared/contract/compare-network.ts';
import { api } from '#renderer/api/client.ts';
import { follow } from '#renderer/api/stream.ts';
import { DifferencePicture } from '#renderer/features/play/compare/network/DifferencePicture.tsx';
import { MarkLegend } from '#renderer/features/play/compare/network/MarkLegend.tsx';
import { countsOf, pictureOf } from '#renderer/features/play/compare/network/model.ts';
import type { PictureNode } from '#renderer/features/play/compare/network/model.ts';
import { namesWithRoom } from '#renderer/features/play/compare/network/names.ts';
import { itemsOf, onScreen, walked, whole } from '#renderer/features/play/compare/network/places.ts';
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
    'Deleted in Play: Radio → Optics, Link',
    'Deleted in Play: Radio, Team',
    'Differs in live only: Power, Team',
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

const namesOf = (...given: Parameters<typeof namesWithRoom>): string[] =>
  [...namesWithRoom(...given).keys()].toSorted();

it('writes no name over another; the one that is chosen has its name', async () => {
  const picture = pictureOf(await compared());
  const heap = new Map(['t1', 't2', 't3'].map((id) => [id, { x: 100, y: 100 }]));
  for (const id of ['t4', 't5', 't6', 't7']) heap.set(id, { x: 100, y: 100 });
  const around = ([x, y]: [number, number], id: string) => ({ id, at: { x: 100 + x, y: 100 + y } });
  const crowd = [
    around([0, 20], 't4'),
    around([0, -20], 't5'),
    around([30, 0], 't6'),
    around([-30, 0], 't7'),
  ];
  for (const { id, at } of crowd) heap.set(id, at);
  const nodes = [
    ...picture.nodes,
    ...crowd.map(({ id }) => nodeOf(id, { title: '', mark: null, found: false })),
  ];
  expect(namesOf({ ...picture, nodes }, heap, 't3')).toEqual(['t3']);
  const spread = onScreen(points, { width: 800, height: 500 }, whole);
  expect(namesOf(picture, spread, null)).toEqual(['t1', 't2', 't3']);
});

const nodeOf = (id: string, rest: Partial<PictureNode> = {}): PictureNode => {
  return { id, type: 'team', title: id, mark: 'changed', found: true, ...rest };
};

it('names what is in conflict first, and what differs elsewhere where there is no room beneath it', () => {
  const changed = nodeOf('Thermal control');
  const conflict = nodeOf('Flight software', { mark: 'conflict' });
  const other = nodeOf('Ground systems', { mark: null, found: false });
  const picture = { nodes: [changed, conflict], links: [] };
  const places = new Map([
    [changed.id, { x: 100, y: 100 }],
    [conflict.id, { x: 150, y: 100 }],
    [other.id, { x: 125, y: 100 }],
  ]);
  const named = namesWithRoom(picture, places, null);
  expect(named.get(conflict.id)).toEqual({ x: 150, y: 125 });
  expect(named.get(changed.id)?.y).toBeLessThan(100 - 10);
  // Another stands right beneath it.
  places.set(changed.id, { x: 150, y: 120 });
  const above = namesWithRoom(picture, places, null).get(conflict.id);
  expect(above?.x).toBe(150);
  expect(above?.y).toBeLessThan(100 - 10);
  // Above it too: its name stands to one side.
  places.set(other.id, { x: 150, y: 80 });
  const beside = namesWithRoom({ ...picture, nodes: [...picture.nodes, other] }, places, null);
  expect(beside.get(conflict.id)?.x).toBeGreaterThan(150 + 20);
  expect(beside.has(other.id)).toBe(false);
});

it('writes above a person where the head ends', () => {
  const person = nodeOf('Ada', { type: 'student', mark: 'conflict' });
  const picture = { nodes: [person, nodeOf('Radio')], links: [] };
  const places = new Map([
    ['Ada', { x: 100, y: 100 }],
    ['Radio', { x: 100, y: 120 }],
  ]);
  expect(namesWithRoom(picture, places, null).get('Ada')?.y).toBeLessThan(100 - 19);
});
