import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { LiveBadge } from '#renderer/app/TitleBar.tsx';
import PastBar from '#renderer/features/past/PastBar.tsx';
import { openAt } from '#test/support/moments.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';
import { lookAt } from '../support/target.ts';

it('the past of a sandbox is distinguished from that of live, and restoring everything names the sandbox', async () => {
  const served = await serveCore();
  const live = clientOf(served.workspace.core);
  await live.entities.create({ type: 'team', id: 't1', data: { name: 'Radio' } });
  const { id } = await take(live, 'Spring');
  const play = clientOf(await openSandbox(served.workspace, id));
  await play.entities.create({ type: 'team', id: 't2', data: { name: 'Optics' } });
  const moment = await openAt(served.workspace, 'now', id);
  served.serve(moment);
  await serveShell();
  lookAt(`then-${id}`);
  await play.entities.remove({ type: 'team', id: 't1' });
  const { hands } = draw(
    <>
      <LiveBadge />
      <PastBar />
    </>,
  );
  expect(await screen.findByText('Play: Spring')).toBeTruthy();
  expect(await screen.findByText(/^Sandbox “Spring” as of /)).toBeTruthy();
  await hands.click(screen.getByRole('button', { name: 'Restore everything…' }));
  const dialog = within(await screen.findByRole('dialog', { name: /^Restore this sandbox to / }));
  expect(await dialog.findByText(/sandbox “Spring” gets no backup/)).toBeTruthy();
  await hands.type(await dialog.findByRole('textbox', { name: /Type “Spring”/ }), 'Spring{Enter}');
  await waitFor(async () => expect((await play.entities.find({ id: 't1' })).deleted_at).toBeNull());
  expect(await live.backups.list({})).toEqual([]);
});
