import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { lawRuns } from '#test/support/law-runs.ts';
import { own, populate } from '../../support/people.ts';
import { addUser, serverOfFile } from '../../support/server.ts';
import { anyMove, Windows } from './windows.ts';
import type { Move } from './windows.ts';

const server = await serverOfFile();
const people = await populate(server);
const users = [people.researcher, await addUser(people.admin, { role: 'admin', university_id: own })];
const edit = (window: number): Move => ({ kind: 'edit', window });
const undo = (window: number): Move => ({ kind: 'undo', window });
/** One after the other: an edit before and after each thing that changes who acts, and both taken back in another window. */
const always: Move[] = (
  [
    { kind: 'join', window: 0, to: 0 },
    { kind: 'signOut', window: 1 },
    { kind: 'signIn', window: 2 },
    { kind: 'leave', window: 1 },
    { kind: 'switch', window: 1, to: 1 },
    { kind: 'restore', window: 0 },
    { kind: 'promote', window: 2 },
  ] as Move[]
).flatMap((move) => [edit(0), edit(3), move, edit(2), edit(3), undo(1), undo(0), undo(3)]);

/** Undo in one window of what added the profile that acts in another, which has changed something and which has not. */
const added: Move[] = [{ kind: 'switch', window: 0, to: 1 }, edit(0), undo(1)];

test('undo takes its announced change in every window, after joins, leaves, sign-ins, switches, restores and promotions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyMove, { minLength: 4, maxLength: 25, size: 'max' }), async (moves) => {
      const windows = new Windows(server, users);
      try {
        await windows.open();
        for (const one of moves) await windows.perform(one);
        expect(windows.made).toBe(moves.length);
      } finally {
        await windows.close();
      }
    }),
    { numRuns: lawRuns(5), examples: [[always], [added], [added.filter(({ kind }) => kind !== 'edit')]] },
  );
}, 600_000);
