import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import CompareView from '#renderer/features/play/compare/CompareView.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

it('describes saved views by address, layout and owner', async () => {
  const { workspace } = await serveCore();
  const { view } = await api.views.create({ name: 'Weak links', address: 'frames://live/interfaces' });
  const { id } = await take(clientOf(workspace.core), 'Spring');
  const play = clientOf(await openSandbox(workspace, id));
  await play.views.update({
    id: view.id,
    address: 'frames://live/teams?f=size.gte.5&sort=name.desc',
    layout: { columns: ['name', 'size'] },
  });
  await play.views.create({ name: 'Faculty', address: 'frames://live/faculty?q=Ada' });
  navigate({ kind: 'compare', sandbox: id });
  draw(<CompareView />);
  const rowOf = async (name: RegExp) =>
    (await screen.findByRole('rowheader', { name })).closest('tbody') as HTMLElement;
  const changed = await rowOf(/^Changed: Weak links/);
  await waitFor(() =>
    expect(
      within(changed)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual([
      '',
      'Address',
      'All links',
      'All links',
      'All teamsSize ≥ 5Sorted by Name, descending',
      'Layout',
      'Defaults',
      'Defaults',
      'Columns: Name, Size',
    ]),
  );
  const added = await rowOf(/^Added: Faculty/);
  expect(added.textContent).toContain('All facultySearch: “Ada”');
  expect(document.body.textContent).not.toMatch(/frames:\/\/|prf_/);
});
