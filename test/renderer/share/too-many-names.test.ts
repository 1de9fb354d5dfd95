import { expect, it, vi } from 'vitest';
import { renamerOf } from '#renderer/features/share/shared-file.ts';

const graph = vi.hoisted(() => vi.fn());
vi.mock('#renderer/api/client.ts', () => ({ api: { network: { graph } } }));
vi.mock('#renderer/i18n/setup.ts', () => ({ say: (key: string) => key }));

it('gives no renamer if there are more names than it can replace', async () => {
  graph.mockResolvedValue({ nodes: { id: ['a'], title: ['Ada'], type: ['student'] }, matched: 2 });
  const request = { suggested: 'page.html', parts: [], make: vi.fn() };
  const kept = { people: false, universities: true, repairs: true, network: true };
  expect(await renamerOf(request, kept)).toBeNull();
  expect(graph.mock.calls[0]?.[0]).toMatchObject({ types: ['faculty', 'student'] });
});
