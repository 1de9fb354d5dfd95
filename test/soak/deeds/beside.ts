import { runFrames } from '../../e2e/lib/command.ts';
import type { Deed } from './deed.ts';

/** What a second process does to the same workspace meanwhile. */
export const besideDeeds: readonly Deed[] = [
  {
    name: 'a command writes',
    weight: 1,
    async act({ workspace, chance }) {
      const data = JSON.stringify({ name: `From beside ${chance.below(100)}` });
      await runFrames(['entities', 'create', 'team', '--data', data, '--workspace', workspace, '--json']);
    },
  },
  {
    name: 'a command takes back',
    weight: 1,
    act: async ({ workspace }) => void (await runFrames(['undo', '--workspace', workspace, '--json'])),
  },
];
