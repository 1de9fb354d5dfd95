import { expect, it } from 'vitest';
import { networkOf } from '#shared/address/network.ts';
import { historyOf, listOf, recordAlone, recordIn } from '#shared/address/view.ts';
import { inPlace } from '#renderer/features/search/inPlace.ts';

const alone = recordAlone('student', 's');

it('a record takes the place of one that stands by itself, also one of another kind', () => {
  expect(inPlace(recordIn('team', 't', 'links'), alone)).toEqual(recordAlone('team', 't', 'links'));
  expect(inPlace({ ...recordIn('team', 't'), deleted: 'only' }, alone)).toEqual(recordAlone('team', 't'));
});

it('elsewhere it stands beside its list', () => {
  for (const now of [listOf('team'), recordIn('team', 'u'), historyOf(), { kind: 'home' } as const]) {
    expect(inPlace(recordIn('team', 't'), now)).toEqual(recordIn('team', 't'));
  }
});

it('in the network what can be drawn there stays there, with everything as it was', () => {
  const now = networkOf({ colour: 'university', types: ['team'], focus: 'x' });
  for (const type of ['team', 'student', 'interface'] as const) {
    expect(inPlace(recordIn(type, 't', 'links'), now)).toEqual({
      ...now,
      panel: { kind: 'record', id: 't', tab: 'links' },
    });
  }
  for (const view of [recordIn('outcome', 'o'), { ...recordIn('team', 't'), deleted: 'only' as const }]) {
    expect(inPlace(view, now)).toBe(view);
  }
});

it('what is no record is shown as it is', () => {
  for (const view of [listOf('team'), historyOf(), recordAlone('team', 't')]) {
    expect(inPlace(view, alone)).toBe(view);
  }
});
