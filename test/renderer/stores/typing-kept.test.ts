import { beforeEach, describe, expect, it } from 'vitest';
import { getDraft, draftKeyOf, storeTyping, recoverTyping } from '#renderer/stores/drafts.ts';
import { useSeat } from '#renderer/stores/seat.ts';

const typing = { record: 'team_1', field: 'name', raw: 'Half' };
const items = () => useSeat.getState().items;

beforeEach(() => useSeat.setState({ items: {} }));

describe('input in a cell', () => {
  it('is kept while it is typed, and forgotten when the cell is left', () => {
    storeTyping(typing);
    storeTyping({ ...typing, raw: 'Half a' });
    expect(items()).toEqual({ typing: { ...typing, raw: 'Half a' } });
    storeTyping(null);
    expect(items()).toEqual({});
  });

  it('becomes a draft of its record when the window ended without warning', () => {
    useSeat.setState({ items: { typing, 'draft:team_1': { size: '3' } } });
    recoverTyping();
    expect(getDraft(draftKeyOf.record('team_1'))).toEqual({ size: '3', name: 'Half' });
    expect(items()).not.toHaveProperty('typing');
    recoverTyping();
    expect(getDraft(draftKeyOf.record('team_1'))).toEqual({ size: '3', name: 'Half' });
  });

  it.each([[7], [{}], [{ record: 1, field: 'name', raw: 'x' }], [{ record: 'a', field: 'b' }], [[]]])(
    'that cannot be understood is nothing: %j',
    (kept) => {
      useSeat.setState({ items: { typing: kept } });
      recoverTyping();
      expect(Object.keys(items()).filter((key) => key.startsWith('draft:'))).toEqual([]);
    },
  );
});
