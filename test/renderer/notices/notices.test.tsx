import { ORPCError } from '@orpc/client';
import { notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import NoticeBell from '#renderer/features/notices/NoticeBell.tsx';
import NoticeList from '#renderer/features/notices/NoticeList.tsx';
import { useNotices } from '#renderer/stores/notices.ts';
import { useProgram } from '#renderer/stores/program.ts';
import { undoAction } from '#renderer/stores/undo.ts';
import { describeError } from '#renderer/text/faults.ts';
import { detailsText } from '#renderer/ui/Failure.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { leaveProblemsBehind, notice, reportError } from '#renderer/ui/notices.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const at = '2026-11-20T10:00:00.000Z';
const inner = (trace: string) => new ORPCError('INTERNAL', { data: { trace_id: trace }, defined: true });

beforeEach(() => {
  notifications.clean();
  useNotices.setState({ list: [], opened: false, next: 1 });
  useProgram.setState({
    program: { version: '1.2.3', electron: '', chromium: '', node: '', system: '' },
  });
});

describe('the details of an error', () => {
  it('are the lines that support asks for', () => {
    const text = detailsText(describeError(inner('trace-17')), {
      occurredAt: at,
      version: '1.2.3',
      activity: 'Not saved',
    });
    expect(text.split('\n')).toEqual([
      'FRAMES: 1.2.3',
      `Time: ${at}`,
      'Doing: Not saved',
      'Error: INTERNAL',
      'Message: Something went wrong in FRAMES',
      'Trace id: trace-17',
    ]);
  });
});

describe('errors', () => {
  it('leave the screen with their page, and wait in the list', async () => {
    await serveCore();
    draw(<NoticeList />);
    const stop = leaveProblemsBehind();
    act(() => reportError(inner('trace-19'), 'Not saved'));
    await screen.findByRole('alert');
    act(() => navigate({ kind: 'jobs' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(useNotices.getState().list.map(({ needsAttention }) => needsAttention)).toEqual([true]);
    stop();
  });

  it('stays until it is dismissed, offers its details, and is kept in the list', async () => {
    await serveCore();
    const { hands } = draw(<NoticeList />);
    act(() => reportError(inner('trace-18'), 'Not saved'));
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText('trace-18')).toBeTruthy();
    expect(within(alert).getByRole('button', { name: 'Copy details' })).toBeTruthy();
    await hands.click(within(alert).getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(useNotices.getState().list.map(({ needsAttention: waits }) => waits)).toEqual([false]);
    expect(within(screen.getByRole('list')).getByText('Not saved')).toBeTruthy();
    expect(within(screen.getByRole('list')).getByText('Problem')).toBeTruthy();
  });
});

describe('the bell', () => {
  it('counts unseen notices, not answers to the person’s own actions', async () => {
    await serveCore();
    const { hands } = draw(<NoticeBell />);
    const { op_id } = await api.entities.create({ type: 'team', data: { name: 'One' } });
    act(() => void notice({ title: 'Created One', ...undoAction(op_id) }));
    expect(screen.getByRole('button', { name: 'Notifications' })).toBeTruthy();
    act(() => reportError(inner('trace-19'), 'Not saved'));
    act(() => void notice({ title: 'Your change has replaced Ada’s', needsAttention: true }));
    await hands.click(await screen.findByRole('button', { name: 'Notifications, 2 new' }));
    expect(await screen.findByText('Created One')).toBeTruthy();
    await hands.keyboard('{Escape}');
    expect(await screen.findByRole('button', { name: 'Notifications' })).toBeTruthy();
  });
});
