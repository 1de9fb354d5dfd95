import { expect, it, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { buildRename } from '#renderer/features/share/shared-file.ts';
import { serveCore } from '../support/core.ts';

it('gives no renamer if there are more names than it can replace', async () => {
  await serveCore();
  for (const name of ['Ada', 'Grace']) await api.entities.create({ type: 'faculty', data: { name } });
  const request = { suggested: 'page.html', parts: [], createPage: vi.fn() };
  const kept = { people: false, universities: true, repairs: true, network: true };
  expect(await buildRename(request, kept, 1)).toBeNull();
  expect((await buildRename(request, kept, 2))?.('Ada')).not.toBe('Ada');
});
