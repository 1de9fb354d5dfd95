import { screen } from '@testing-library/react';
import { expect, it, onTestFinished, vi } from 'vitest';
import { register } from '#renderer/commands/registry.ts';
import { Assurances } from '#renderer/features/transfer/import/ImportEnd.tsx';
import { draw } from '../support/draw.tsx';

const backup = '20261120T130946696Z';

it('where an import says that a backup was made, a button shows the folder it is in', async () => {
  const run = vi.fn();
  onTestFinished(
    register([{ id: 'workspace.backups', group: 'file', label: 'Show backups in folder', run }]),
  );
  const { hands } = draw(<Assurances result={{ verified: true, backup }} />);
  expect(screen.getByText(/A backup was made first/)).toBeTruthy();
  await hands.click(screen.getByRole('button', { name: 'Show it' }));
  expect(run).toHaveBeenCalledOnce();
});

it('without a backup there is nothing to show', () => {
  draw(<Assurances result={{ verified: true, backup: null }} />);
  expect(screen.queryByRole('button')).toBeNull();
});
