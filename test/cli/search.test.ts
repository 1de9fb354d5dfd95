import { expect, test } from 'vitest';
import { schemasOf } from '#cli/args/option.ts';
import { inFolder } from './frames.ts';

const { json } = inFolder();
const w = ['--workspace', 'W'] as const;

test(
  'frames index train makes texts findable by their meaning, and clear forgets that',
  { timeout: 60_000 },
  async () => {
    await json('init', ...w);
    const texts = { power: 'Keeps the batteries charged', thermal: 'Insulates the tank against heat' };
    for (const [id, description] of Object.entries(texts))
      await json('entities', 'create', 'team', id, '--data', JSON.stringify({ name: id, description }), ...w);
    expect((await json<{ byMeaning: unknown }>('search', 'electricity supply', ...w)).byMeaning).toBeNull();
    const trained = await json('index', 'train', ...w);
    expect(schemasOf('search.status').output.safeParse(trained).error).toBeUndefined();
    expect(trained).toMatchObject({ meaning: { trained: 4 } });
    const { byMeaning } = await json<{ byMeaning: { id: string }[] }>('search', 'electricity supply', ...w);
    expect(byMeaning[0]?.id).toBe('power');
    await json('index', 'clear', ...w);
    expect((await json<{ byMeaning: unknown }>('search', 'electricity supply', ...w)).byMeaning).toBeNull();
  },
);
