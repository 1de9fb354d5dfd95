import { beforeEach, describe, expect, it } from 'vitest';
import {
  clearNotices,
  markSeen,
  addNotice,
  setNoticeListOpen,
  useNotices,
} from '#renderer/stores/notices.ts';

const tell = (key: string, more: Partial<Parameters<typeof addNotice>[0]> = {}): void =>
  addNotice({
    key,
    title: key,
    more: null,
    tone: 'plain',
    action: null,
    isOngoing: false,
    needsAttention: false,
    ...more,
  });
const keysNow = (): string[] => useNotices.getState().list.map(({ key }) => key);
const waiting = (): string[] =>
  useNotices
    .getState()
    .list.filter(({ needsAttention: waits }) => waits)
    .map(({ key }) => key);
const action = { label: 'Undo', run: () => {} };

beforeEach(() => {
  useNotices.setState({ list: [], opened: false, next: 1 });
});

describe('the notices of a session', () => {
  it('are kept newest first, each with its time', () => {
    tell('a');
    tell('b');
    expect(keysNow()).toEqual(['b', 'a']);
    expect(useNotices.getState().list[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('wait only if they must be seen, until they are', () => {
    tell('own doing', { action });
    expect(waiting()).toEqual([]);
    tell('problem', { needsAttention: true });
    tell('by somebody else', { needsAttention: true });
    expect(waiting()).toEqual(['by somebody else', 'problem']);
    markSeen('problem');
    expect(waiting()).toEqual(['by somebody else']);
    setNoticeListOpen(true);
    expect(waiting()).toEqual([]);
    tell('seen at once', { needsAttention: true });
    expect(waiting()).toEqual([]);
    expect(keysNow()).toHaveLength(4);
  });

  it('can be cleared, except ongoing ones; their number is limited', () => {
    for (let n = 0; n < 250; n += 1) tell(String(n));
    expect(useNotices.getState().list).toHaveLength(200);
    tell('going', { isOngoing: true });
    clearNotices();
    expect(keysNow()).toEqual(['going']);
  });
});
