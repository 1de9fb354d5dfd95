import { expect, it, vi } from 'vitest';
import { renamerOf } from '#renderer/features/share/shared-file.ts';
import { serveCore } from '../support/core.ts';

it('gives no renamer if there are more names than it can replace', async () => {
  const { workspace } = await serveCore();
  for (const name of ['Ada', 'Grace'])
    await workspace.client.entities.create({ type: 'faculty', data: { name } });
  const request = { suggested: 'page.html', parts: [], make: vi.fn() };
  const kept = { people: false, universities: true, repairs: true, network: true };
  expect(await renamerOf(request, kept, 1)).toBeNull();
  expect((await renamerOf(request, kept, 2))?.('Ada')).not.toBe('Ada');
});
