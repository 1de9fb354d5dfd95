import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  clearNotices,
  markSeen,
  remember,
  settle,
  showNotices,
  useNotices,
} from '#renderer/stores/notices.ts';
import { appear, sweep, vanish } from '#renderer/ui/on-screen.ts';

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
  sweep(new Set());
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

  it('of one key wait once, and not any more when it is over', () => {
    tell('problem', { waits: true });
    tell('problem', { waits: true });
    expect(waiting()).toEqual(['problem']);
    settle('problem');
    expect(waiting()).toEqual([]);
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

  it('of one key are all kept; what the earlier ones offered is over', () => {
    tell('undo', { action });
    tell('undo', { action });
    const [last, before] = useNotices.getState().list;
    expect(last?.action).not.toBeNull();
    expect(before?.action).toBeNull();
    settle('undo');
    expect(useNotices.getState().list.every((one) => one.action === null)).toBe(true);
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

describe('notices on the screen', () => {
  const plain = (key: string) => ({ key, tone: 'plain' as const, answer: false });
  const bad = (key: string) => ({ key, tone: 'bad' as const, answer: false });
  const answer = (key: string) => ({ key, tone: 'plain' as const, answer: true });

  it('answer only the latest of what the person did: no older one offers to undo', () => {
    appear(plain('by somebody else'));
    appear(answer('a'));
    expect(appear(answer('b'))).toEqual(['a']);
    expect(appear(answer('b'))).toEqual([]);
    expect(appear(bad('problem'))).toEqual([]);
    expect(appear(answer('c'))).toEqual(['b']);
    expect(sweep(new Set()).toSorted()).toEqual(['by somebody else', 'c', 'problem']);
  });

  it('are three at most: the oldest makes room', () => {
    for (const key of ['a', 'b', 'c']) expect(appear(plain(key))).toEqual([]);
    expect(appear(plain('d'))).toEqual(['a']);
    expect(appear(plain('d'))).toEqual([]);
  });

  it('problems stay longer than what was only told', () => {
    appear(bad('x'));
    appear(plain('a'));
    appear(bad('y'));
    expect(appear(plain('b'))).toEqual(['a']);
    expect(appear(bad('z'))).toEqual(['b']);
    expect(appear(bad('v'))).toEqual(['x']);
  });

  it('make no room for one that has gone', () => {
    for (const key of ['a', 'b', 'c']) appear(plain(key));
    vanish('b');
    expect(appear(plain('d'))).toEqual([]);
    expect(sweep(new Set(['c'])).toSorted()).toEqual(['a', 'd']);
    expect(sweep(new Set())).toEqual(['c']);
  });
});
