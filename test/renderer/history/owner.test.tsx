import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { queries } from '#renderer/stores/queries.ts';
import { ProfileName } from '#renderer/ui/ProfileName.tsx';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { lookAt } from '../support/target.ts';

it('whose a view of a sandbox is, is said by name also of somebody who is younger than the sandbox', async () => {
  const { workspace, serve } = await serveCore();
  const live = clientOf(workspace.core);
  const { id } = await take(live, 'Spring');
  const rosi = await live.workspace.createProfile({ name: 'Rosi', role: 'researcher' });
  lookAt(id);
  serve(await openSandbox(workspace, id));
  queries.clear();
  await api.workspace.actAs({ profile: rosi.id });
  const { view } = await api.views.create({ name: 'Mine', address: 'frames://live/teams' });
  expect(view.owner?.id).toBe(rosi.id);
  draw(<ProfileName id={rosi.id} />);
  expect(await screen.findByText('Rosi')).toBeTruthy();
  expect(document.body.textContent).not.toContain(rosi.id);
});
