import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { useRegistry } from '#renderer/commands/registry.ts';
import BackupsHost from '#renderer/features/versions/BackupsHost.tsx';
import VersionsView from '#renderer/features/versions/VersionsView.tsx';
import GoldenHost from '#renderer/features/versions/golden/GoldenHost.tsx';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { serveShell } from '../support/shell.ts';
import { lookAt } from '../support/target.ts';

const whyOf = (command: string): string =>
  useRegistry.getState().commands.find(({ id }) => id === command)?.why ?? '';

it('in the past of a sandbox, actions of live link to live, not to the sandbox', async () => {
  layOut();
  const { workspace, serve } = await serveCore();
  await awaitResult(api.backups.create({}), () => {});
  const { id } = await take(clientOf(workspace.core), 'Spring');
  serve(await openSandbox(workspace, id));
  await serveShell();
  lookAt(`then-${id}`);
  const { hands } = draw(
    <>
      <BackupsHost />
      <GoldenHost />
      <VersionsView />
    </>,
  );
  for (const command of ['data.backup', 'data.prune', 'golden.reset'])
    await waitFor(() => expect(whyOf(command)).toMatch(/live/));
  await hands.click(await screen.findByRole('button', { name: /^More/ }));
  const restore = await screen.findByRole('menuitem', { name: /^Restore…/ });
  expect(restore.textContent).toContain('Go back to live');
});
