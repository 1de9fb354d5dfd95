import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { ComparedNetwork } from '#shared/contract/compare-network.ts';
import { nodeType } from '#shared/contract/network.ts';
import { api } from '#renderer/api/client.ts';
import { follow } from '#renderer/api/stream.ts';
import { DifferencePicture } from '#renderer/features/play/compare/network/DifferencePicture.tsx';
import { kindPath } from '#renderer/features/play/compare/network/kinds.ts';
import { MarkLegend } from '#renderer/features/play/compare/network/MarkLegend.tsx';
import { countsOf, ownerOf, pictureOf } from '#renderer/features/play/compare/network/model.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

/** Mira and Noa are in Radio. Play deletes Radio and has Mira join Optics; live alone has Noa join Power. */
async function compared(): Promise<ComparedNetwork> {
  const { workspace } = await serveCore();
  for (const [id, name] of Object.entries({ t1: 'Radio', t2: 'Optics', t3: 'Power' }))
    await api.entities.create({ type: 'team', id, data: { name } });
  for (const [id, name] of Object.entries({ s1: 'Mira', s2: 'Noa' }))
    await api.entities.create({ type: 'student', id, data: { name, team_id: 't1' } });
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const play = clientOf(await openSandbox(workspace, id));
  await play.entities.update({ type: 'student', id: 's1', data: { team_id: 't2' } });
  await play.entities.remove({ type: 'team', id: 't1' });
  await api.entities.update({ type: 'student', id: 's2', data: { team_id: 't3' } });
  return follow(api.sandboxes.compareNetwork({ id }), () => {});
}

const spread = (picture: ReturnType<typeof pictureOf>) =>
  new Map(picture.nodes.map(({ id }, at) => [id, { x: 100 * at, y: 70 * (at % 2) }]));

it('draws what somebody joined and left, says it in words, and leads from there to the record', async () => {
  const picture = pictureOf(await compared());
  const onChoose = vi.fn<(id: string | null) => void>();
  const { hands, container } = draw(
    <>
      <DifferencePicture picture={picture} points={spread(picture)} chosen={null} onChoose={onChoose} />
      <MarkLegend picture={picture} />
    </>,
  );
  // Memberships are part of what differs about the students, and are not counted by themselves.
  const list = screen.getByRole('listbox', { name: '3 differences as a network' });
  const said = within(list)
    .getAllByRole('option')
    .map((one) => one.getAttribute('aria-label') ?? '');
  expect(said.filter((one) => one.includes('belongs to')).toSorted()).toEqual([
    'Added in Play: Mira belongs to Optics',
    'Deleted in Play: Mira belongs to Radio',
    'Deleted in Play: Noa belongs to Radio',
    'In conflict: Noa belongs to Power',
  ]);
  expect(container.querySelectorAll('.diff-belongs')).not.toHaveLength(0);
  await hands.click(within(list).getByRole('option', { name: /Mira belongs to Radio$/ }));
  const chosen = onChoose.mock.calls[0]?.[0] ?? '';
  expect(ownerOf(picture, chosen)).toBe('s1');
  expect(ownerOf(picture, 't1')).toBe('t1');
});

it('explains its forms and lines, with how many there are of each', async () => {
  const picture = pictureOf(await compared());
  expect(countsOf(picture)).toContainEqual({ mark: 'removed', nodes: 1, links: 0, memberships: 2 });
  draw(<MarkLegend picture={picture} />);
  const marks = screen.getByRole('list', { name: 'What the marks mean' });
  expect(within(marks).getByText('1 record, 2 memberships')).toBeTruthy();
  const forms = screen.getByRole('list', { name: 'What the forms and lines mean' });
  const text = within(forms)
    .getAllByRole('listitem')
    .map((one) => one.textContent);
  expect(text).toEqual(['Teams3', 'Students2', 'Belongs to4']);
});

it('gives each kind of record a form of its own', () => {
  const forms = nodeType.options.map((type) => kindPath(type, { x: 0, y: 0 }, 10));
  expect(new Set(forms).size).toBe(forms.length);
});
