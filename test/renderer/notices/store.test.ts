import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  clearNotices,
  markSeen,
  remember,
  settle,
  showNotices,
  useNotices,
} from '#renderer/stores/notices.ts';

const tell = (key: string, more: Partial<Parameters<typeof remember>[0]> = {}): void =>
  remember({
    key,
    title: key,
    more: null,
    tone: 'plain',
    action: null,
    passing: false,
    waits: false,
    ...more,
  });
const keysNow = (): string[] => useNotices.getState().list.map(({ key }) => key);
const waiting = (): string[] =>
  useNotices
    .getState()
    .list.filter(({ waits }) => waits)
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

  it('wait only if they want to be looked at, until they are', () => {
    tell('own doing', { action });
    expect(waiting()).toEqual([]);
    tell('problem', { waits: true });
    tell('by somebody else', { waits: true });
    expect(waiting()).toEqual(['by somebody else', 'problem']);
    markSeen('problem');
    expect(waiting()).toEqual(['by somebody else']);
    showNotices(true);
    expect(waiting()).toEqual([]);
    tell('seen at once', { waits: true });
    expect(waiting()).toEqual([]);
    expect(keysNow()).toHaveLength(4);
  });

  it('of long work wait, of short work not', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 9), toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    for (const [key, seconds] of [
      ['short', 2],
      ['long', 60],
    ] as const) {
      tell(key, { passing: true });
      vi.setSystemTime(Date.now() + seconds * 1000);
      // How far it has come is no end of it.
      expect(waiting()).toEqual([]);
      tell(key);
    }
    expect(waiting()).toEqual(['long']);
  });

  it('that tell of something going on give way to what came of it', () => {
    tell('export', { passing: true });
    tell('export');
    expect(useNotices.getState().list).toHaveLength(1);
    tell('other', { passing: true });
    settle('other');
    expect(keysNow()).toEqual(['export']);
  });

  it('can be cleared, but for what still goes on; only so many are kept', () => {
    for (let n = 0; n < 250; n += 1) tell(String(n));
    expect(useNotices.getState().list).toHaveLength(200);
    tell('going', { passing: true });
    clearNotices();
    expect(keysNow()).toEqual(['going']);
  });
});
