import { notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import NoticeBell from '#renderer/features/notices/NoticeBell.tsx';
import { useNotices } from '#renderer/stores/notices.ts';
import { clearScreen, notice, report, showAgain } from '#renderer/ui/notices.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { lookAt } from '../support/target.ts';

beforeEach(() => {
  clearScreen();
  notifications.clean();
  useNotices.setState({ list: [], opened: false, next: 1 });
});

/** The window turns: all but its session is gone, and another page begins. */
async function turn(): Promise<void> {
  const goes = (): boolean => window.dispatchEvent(new Event('pagehide'));
  goes();
  const stored = sessionStorage.getItem('notices') ?? '';
  act(() => {
    notifications.clean();
    useNotices.setState({ list: [], opened: false, next: 1 });
  });
  goes();
  sessionStorage.setItem('notices', stored);
  await act(async () => useNotices.persist.rehydrate());
  act(() => showAgain());
}

it('what was told is there again in a page that comes later in the same window, and problems on the screen', async () => {
  await serveCore();
  const { hands } = draw(<NoticeBell />);
  act(() => {
    notice({ title: 'The backup is made', action: { label: 'Undo', run: () => {} } });
    report(new Error('out of paper'), 'The sandbox was not discarded');
    notice({ title: 'Going on', passing: true });
  });
  lookAt('spring');
  await turn();
  const problem = (await screen.findByText('The sandbox was not discarded')).closest(
    '[role=alert]',
  ) as HTMLElement;
  expect(within(problem).getByRole('button', { name: 'Copy details' })).toBeTruthy();
  expect(screen.queryByText('The backup is made')).toBeNull();
  await hands.click(screen.getByRole('button', { name: 'Notifications, 1 new' }));
  const entries = within(await screen.findByRole('list', { name: 'Notifications' })).getAllByRole('listitem');
  expect(entries.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/not discarded.*out of paper.*in live/u),
    expect.stringMatching(/The backup is made.*in live/u),
  ]);
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

it('a problem that was put away does not come back', async () => {
  await serveCore();
  const { hands } = draw(<NoticeBell />);
  act(() => report(new Error('out of paper'), 'Not saved'));
  const problem = (await screen.findByText('Not saved')).closest('[role=alert]') as HTMLElement;
  await hands.click(within(problem).getByRole('button', { name: 'Dismiss' }));
  await turn();
  await waitFor(() => expect(screen.queryByText('Not saved')).toBeNull());
  expect(useNotices.getState().list).toHaveLength(1);
});
