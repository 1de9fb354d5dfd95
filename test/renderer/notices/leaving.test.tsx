import { notifications } from '@mantine/notifications';
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tellEnd } from '#renderer/features/backups/restore/told.ts';
import { useNotices } from '#renderer/stores/notices.ts';
import { dropNotice, notice, report } from '#renderer/ui/notices.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const inFront = (is: boolean) => vi.spyOn(document, 'hasFocus').mockReturnValue(is);
/** What leaves fades out first. */
function pass(seconds: number): void {
  for (const one of [seconds, 0.4]) act(() => void vi.advanceTimersByTime(one * 1000));
}
const texts = (): (string | null)[] => screen.queryAllByRole('alert').map(({ textContent }) => textContent);
const pointed = (name: string, type: 'mouseover' | 'mouseout'): void =>
  act(() => {
    const one = screen.getByText(name).closest('[role="alert"]');
    one?.dispatchEvent(new MouseEvent(type, { bubbles: true, relatedTarget: document.body }));
  });

beforeEach(async () => {
  notifications.clean();
  useNotices.setState({ list: [], opened: false, next: 1 });
  inFront(true);
  await serveCore();
  draw(null);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const reset = { what: 'reset', version: 1, counts: { teams: 2 }, safety: null } as const;
const tellReset = (): void => act(() => tellEnd({ state: 'done', outcome: reset }));

describe('a notice', () => {
  it('of what came of long work leaves the screen after a while, and stays in the list', () => {
    tellReset();
    pass(9);
    expect(texts()).toHaveLength(1);
    pass(15);
    expect(texts()).toEqual([]);
    expect(useNotices.getState().list).toMatchObject([{ waits: true }]);
  });

  it('that nobody may be there to see waits until the window is in front', () => {
    inFront(false);
    tellReset();
    act(() => void notice({ title: 'An answer' }));
    pass(60);
    expect(texts()).toHaveLength(1);
    inFront(true);
    act(() => void window.dispatchEvent(new Event('focus')));
    pass(9);
    expect(texts()).toHaveLength(1);
    pass(15);
    expect(texts()).toEqual([]);
  });

  it('stays as long as the pointer is on one, or the focus in one', () => {
    act(() => void notice({ title: 'Pointed at', action: { label: 'Undo', run: () => {} } }));
    pointed('Pointed at', 'mouseover');
    pass(60);
    expect(texts()).toHaveLength(1);
    pointed('Pointed at', 'mouseout');
    act(() => screen.getByRole('button', { name: 'Undo' }).focus());
    pass(60);
    expect(texts()).toHaveLength(1);
    act(() => screen.getByRole('button', { name: 'Undo' }).blur());
    pass(10);
    expect(texts()).toEqual([]);
  });

  it('that went while the pointer was on it keeps no other', () => {
    act(() => void notice({ id: 'one', title: 'One' }));
    pointed('One', 'mouseover');
    act(() => void notice({ id: 'two', title: 'Two', waits: true }));
    act(() => dropNotice('one'));
    pass(25);
    expect(texts()).toEqual([]);
  });

  it('that the pointer comes on while it fades out keeps no other', () => {
    act(() => void notice({ id: 'one', title: 'One' }));
    act(() => void notice({ id: 'two', title: 'Two', waits: true }));
    act(() => dropNotice('one'));
    pointed('One', 'mouseover');
    pass(1);
    expect(screen.queryByText('One')).toBeNull();
    pass(25);
    expect(texts()).toEqual([]);
  });

  it('of what went wrong, or goes on, stays', () => {
    act(() => report(new Error('out of paper'), 'Not saved'));
    act(() => void notice({ id: 'going', title: 'Going on', passing: true }));
    pass(600);
    expect(texts()).toHaveLength(2);
    act(() => void notice({ id: 'going', title: 'Done' }));
    pass(10);
    expect(texts()).toHaveLength(1);
  });
});
