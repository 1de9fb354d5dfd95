import { describe, expect, it } from 'vitest';
import { withPlace } from '#renderer/stores/recent-places.ts';
import { printAddress } from '#shared/address/address.ts';
import { networkOf } from '#shared/address/network.ts';
import { historyOf, listOf, recordIn } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';

describe('recent places', () => {
  const put = (texts: readonly string[], view: View): string[] => withPlace(texts, { target: 'live', view });

  it('are kept once each, the latest first', () => {
    let texts: string[] = [];
    for (const view of [listOf('team'), historyOf(), listOf('team')]) texts = put(texts, view);
    expect(texts).toEqual(['frames://live/teams', 'frames://live/history']);
  });

  it('are one whatever is searched or sorted there; a record and a saved view are their own', () => {
    let texts = put([], { ...listOf('team'), search: 'x', sort: [{ field: 'name', direction: 'asc' }] });
    texts = put(texts, { ...listOf('team'), search: 'y' });
    expect(texts).toEqual(['frames://live/teams']);
    texts = put(texts, {
      ...listOf('team'),
      search: 'y',
      panel: { kind: 'record', id: 't', tab: 'details' },
    });
    texts = put(texts, { ...listOf('team'), search: 'y', saved: 'v' });
    expect(texts).toEqual([
      'frames://live/teams?q=y&view=v',
      'frames://live/teams?sel=t',
      'frames://live/teams',
    ]);
  });

  it('are one however the network looks; around a record it is another', () => {
    let texts = put([], networkOf({ colour: 'type', layout: 'university' }));
    texts = put(texts, networkOf({ size: '' }));
    expect(texts).toEqual([printAddress({ target: 'live', view: networkOf() })]);
    texts = put(texts, networkOf({ focus: 't', layout: 'university' }));
    expect(texts).toHaveLength(2);
    texts = put(put(texts, historyOf({ actor: 'a', open: 'o' })), historyOf());
    expect(texts).toHaveLength(3);
  });

  it('are only so many', () => {
    let texts: string[] = [];
    for (let n = 0; n < 30; n += 1) texts = put(texts, recordIn('team', String(n)));
    expect(texts).toHaveLength(12);
    expect(texts[0]).toContain('sel=29');
  });
});
