import { expect, it } from 'vitest';
import { classify } from '#core/compare/classify.ts';

const team = (payload: Record<string, string | number>) => ({
  id: 't1',
  payload: { name: 'Radio', ...payload },
});
const classOf = (live: Record<string, string | number>, play: Record<string, string | number>) =>
  classify({
    type: 'team',
    id: 't1',
    base: team({ size: 3, description: '' }),
    live: team(live),
    play: team(play),
    twoTypes: false,
  })?.class;

it('is of the one side that changed more, where both changed something alike, as after promoting it', () => {
  expect(classOf({ size: 5, description: 'Ours' }, { size: 5, description: '' })).toBe('live');
  expect(classOf({ size: 5, description: '' }, { size: 5, description: 'Tried' })).toBe('play');
  expect(classOf({ size: 3, description: 'Ours' }, { size: 5, description: '' })).toBe('both');
  expect(classOf({ size: 5, description: '' }, { size: 5, description: '' })).toBe('same');
});
