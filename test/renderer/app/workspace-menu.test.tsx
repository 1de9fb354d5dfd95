import { screen } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { WorkspaceMenu } from '#renderer/app/WorkspaceMenu.tsx';
import { register } from '#renderer/commands/registry.ts';
import { draw } from '../support/draw.tsx';

it('the name of the workspace leads to those that were open lately, and to others', async () => {
  const chosen: string[] = [];
  const labels = {
    'workspace.rename': 'Rename workspace…',
    'workspace.open': 'Open workspace…',
    'workspace.recent.7': 'mylab',
    'go.home': 'Home',
  };
  onTestFinished(
    register(
      Object.entries(labels).map(([id, label]) => {
        return { id, label, group: 'file' as const, run: () => void chosen.push(id) };
      }),
    ),
  );
  const { hands } = draw(<WorkspaceMenu name="Sample" />);
  await hands.click(screen.getByRole('button', { name: 'Workspace Sample: open another' }));
  const items = await screen.findAllByRole('menuitem');
  expect(items.map((item) => item.textContent)).toEqual(['mylab', 'Rename workspace…', 'Open workspace…']);
  await hands.click(screen.getByRole('menuitem', { name: 'mylab' }));
  expect(chosen).toEqual(['workspace.recent.7']);
});
