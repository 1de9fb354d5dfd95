import { screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { follow } from '#renderer/api/stream.ts';
import { RecordsPreview } from '#renderer/features/backups/restore/RecordsPreview.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

beforeEach(() => layOut());

/** Two teams that are deleted, which were linked; the id of a backup in which they are. */
async function given(): Promise<string> {
  await serveCore();
  for (const [id, name] of [
    ['radio', 'Radio'],
    ['optics', 'Optics'],
  ] as const)
    await api.entities.create({ type: 'team', id, data: { name } });
  await api.entities.create({ type: 'interface', id: 'link', data: { from: 'radio', to: 'optics' } });
  const { id } = await follow(api.backups.create({}), () => {});
  for (const team of ['radio', 'optics']) await api.entities.remove({ type: 'team', id: team });
  return id;
}

const show = (id: string, records: string[]) =>
  draw(<RecordsPreview id={id} records={records} onBack={() => {}} onDone={() => {}} />);

const ticks = () => screen.queryByRole('checkbox', { name: 'Bring back their links too' });

it('no tick is offered for links whose other ends are gone too: what these are is said', async () => {
  show(await given(), ['radio']);
  expect(
    await screen.findByText(
      '1 link of the backup stays gone, as its other end is gone too: Optics. Choose that too to bring it back.',
    ),
  ).toBeTruthy();
  expect(ticks()).toBeNull();
});

it('with both ends chosen the link is offered', async () => {
  show(await given(), ['radio', 'optics']);
  expect(await screen.findByText('1 link of the backup is gone now.')).toBeTruthy();
  expect(ticks()).toBeTruthy();
  expect(screen.queryByText(/stays gone/)).toBeNull();
});
