import { notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import NoticeBell from '#renderer/features/notices/NoticeBell.tsx';
import { Where } from '#renderer/features/notices/Where.tsx';
import { useNotices } from '#renderer/stores/notices.ts';
import { clearScreen, notice, report, showAgain } from '#renderer/ui/notices.tsx';
import { clientOf, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { leavePage } from '../support/session.ts';
import { lookAt, lookInto, tellIn } from '../support/target.ts';

beforeEach(() => {
  clearScreen();
  notifications.clean();
  useNotices.setState({ list: [], opened: false, next: 1 });
});

/** The page goes: all but the session of its window is gone. */
const leave = (): void =>
  leavePage(() => {
    notifications.clean();
    useNotices.setState({ list: [], opened: false, next: 1 });
  });

/** A page begins in that window. */
async function begin(): Promise<void> {
  await act(async () => useNotices.persist.rehydrate());
  act(() => showAgain(Where));
}

async function turn(): Promise<void> {
  leave();
  await begin();
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
  // What left with the page before may still be fading.
  await waitFor(() => expect(screen.queryByText('The backup is made')).toBeNull());
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

it('what was told of one workspace is told in no other that is opened in its place, and again once that one is open', async () => {
  await serveCore();
  draw(<NoticeBell />);
  const title = 'The team was not saved';
  lookInto('one');
  act(() => report(new Error('out of paper'), title));
  await screen.findByText(title);
  leave();
  lookInto('other');
  await begin();
  expect(useNotices.getState().list).toEqual([]);
  await waitFor(() => expect(screen.queryByText(title)).toBeNull());
  leave();
  lookInto('one');
  await begin();
  expect(useNotices.getState().list.map((told) => told.title)).toEqual([title]);
  expect(await screen.findByText(title)).toBeTruthy();
});

it('a problem of a sandbox that comes on the screen again in live says of what it is', async () => {
  const { workspace } = await serveCore();
  const { id } = await take(clientOf(workspace.core), 'Spring');
  draw(<NoticeBell />);
  act(() => report(new Error('out of ink'), 'The list was not saved'));
  tellIn(id, () => act(() => report(new Error('out of paper'), 'The team was not saved')));
  await turn();
  expect(await screen.findByText('· in the sandbox Spring')).toBeTruthy();
  const [ofLive, ofSpring] = ['The list was not saved', 'The team was not saved'].map((title) =>
    screen.getByText(title).closest('[role=alert]'),
  );
  expect(ofSpring?.textContent).toMatch(/not saved · in the sandbox Spring/u);
  expect(ofLive?.textContent).not.toContain('·');
});
