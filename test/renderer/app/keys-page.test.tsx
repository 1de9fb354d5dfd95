import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useSettingCommands } from '#renderer/app/useSettingCommands.ts';
import { ViewHost } from '#renderer/app/ViewHost.tsx';
import { run } from '#renderer/commands/registry.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

function Frame() {
  useSettingCommands();
  return (
    <>
      <button type="button">Beside</button>
      <ViewHost />
    </>
  );
}

it('the page of keys opens with the focus in its search box', async () => {
  await serveCore();
  draw(<Frame />);
  screen.getByRole('button', { name: 'Beside' }).focus();
  act(() => void run('help.shortcuts'));
  const box = await screen.findByRole('searchbox');
  await waitFor(() => expect(document.activeElement).toBe(box));
});
