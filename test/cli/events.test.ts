import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import type { EventPage, WorkspaceEvent } from '#shared/events/events.ts';
import { subscribersIn } from '#core/events/subscribers.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { inFolder, startFrames } from './frames.ts';

const { folder, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

beforeAll(async () => {
  await seed();
});

const addTeam = (name: string) =>
  json<{ op_id: string }>('entities create', 'team', '--data', JSON.stringify({ name }), ...w);
const newest = async (): Promise<string> => {
  for (let after = ''; ;) {
    const { cursor } = await json<EventPage>(
      'events list',
      ...(after === '' ? [] : ['--after', after]),
      '--limit',
      '1000',
      ...w,
    );
    if (cursor === after) return cursor;
    after = cursor;
  }
};

/** How many changes the subscriber has not read; null before it exists. */
function unread(): number | null {
  using db = openConnection(join(folder, 'w/frames.sqlite'), { mode: 'read', log: silentLog });
  return subscribersIn(db)[0]?.behind ?? null;
}

/** Follows until the subscriber has read everything. Returns what was printed. */
async function follow(args: readonly string[]): Promise<WorkspaceEvent[]> {
  const { child, ended } = startFrames(folder, args);
  await vi.waitFor(() => expect(unread()).toBe(0), { timeout: 50_000, interval: 50 });
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as WorkspaceEvent);
}

test('events are listed with a cursor from which the list goes on', async () => {
  const after = await newest();
  const { op_id } = await addTeam('Listed');
  const page = await json<EventPage>('events list', '--after', after, '--type', 'frames.team.created', ...w);
  expect(page.events.map(({ id }) => id)).toEqual([`${op_id}/0`]);
  const { stdout } = await frames('events list', '--after', after, ...w);
  expect(stdout).toMatch(/frames\.team\.created +team\/team_\S+ +Listed +team\.create/);
  expect(stdout).toContain(`Cursor: ${page.cursor}`);
  const { error } = await refused('events list', '--type', 'nothing', ...w);
  expect(error.code).toBe('INVALID');
  expect((await refused('events follow', '--after', '1.00000000', ...w)).error.code).toBe('NOT_FOUND');
});

test('following prints a line for each event until it is interrupted, and a subscriber goes on where it ended', async () => {
  const start = await newest();
  const subscriber = ['events', 'follow', '--subscriber', 'board', '--after', start, ...w];
  const first = await addTeam('First');
  expect((await follow(subscriber)).map(({ id }) => id)).toEqual([`${first.op_id}/0`]);
  const second = await addTeam('Second');
  expect((await frames('health', ...w)).stdout).toContain('board: unread changes: 1');
  expect((await follow(subscriber)).map(({ id }) => id)).toEqual([`${second.op_id}/0`]);
});
