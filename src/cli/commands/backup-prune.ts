import type { Pruned } from '#shared/contract/backups.ts';
import { flag } from '../args/option.ts';
import { command } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { follow } from '../follow.ts';
import { tableLines } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { retentionText } from '../output/retention.ts';
import { amount, bytesOf, sentence, timeOf } from '../words.ts';
import { onLive, withWorkspace } from '../workspace.ts';

export const backupPrune = command({
  path: ['backup', 'prune'],
  summary: 'Remove the backups that need not stay',
  details: [
    'Which ones stay is said by `frames backup retention`. The newest, and the newest that `frames backup verify` found whole, always stay; so ' +
      'do those of a later moment than now, of newer versions, and what cannot be read. For admins; the audit says what went.',
  ],
  examples: ['frames backup prune --dry --workspace W --json', 'frames backup prune --yes --workspace W'],
  parameters: {},
  options: { ...onLive, dry: flag('Only say what would go, and why the others stay'), yes },
  async run(context, given) {
    const { output, signal } = context;
    const done = await withWorkspace(context, given, 'backup prune', async ({ client }) => {
      const shown = await follow(await client.backups.prune({ dry: true }, { signal }), output);
      if (given.dry) return shown;
      const only = shown.removed.map(({ id }) => id);
      if (only.length > 0) await confirm(context, given.yes, `Remove ${went(shown)} for good?`);
      return follow(await client.backups.prune({ only }, { signal }), output);
    });
    output.result(done, () => lines(done, output.width));
  },
});

/** "3 backups, the newest of 2026-10-01 08:00:00" */
function went({ removed }: Pruned): string {
  const newest = removed[0] ? `, the newest of ${timeOf(removed[0].made)} (UTC)` : '';
  return `${amount(removed.length, 'backup')}${newest},`;
}

const words: Readonly<Record<string, string>> = {
  last: 'among the newest',
  daily: 'newest of a day',
  weekly: 'newest of a week',
  monthly: 'newest of a month',
  newest: 'the newest',
  verified: 'the newest that was found whole',
  future: 'made later than now: a clock was set back',
  newer: 'made by a newer version of FRAMES',
  unreadable: 'cannot be read',
  other: 'not among those that were shown',
};

type Kept = Pruned['kept'][number];
const columns: readonly Column<Kept>[] = [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'Made (UTC)', cell: ({ made }) => (made === null ? '' : timeOf(made)) },
  { title: 'Stays because', cell: ({ why }) => why.map((one) => words[one] ?? one).join(', ') },
];

function lines(done: Pruned, width: number): string[] {
  const { dry, removed, kept, bytes, retention } = done;
  const verb = dry ? 'would go' : 'removed';
  return [
    `${sentence(amount(removed.length, 'backup'))} ${verb}: ${bytesOf(bytes)} ${dry ? 'would be' : 'are'} free by that.`,
    ...removed.map(({ id }) => `    ${id}`),
    `The rule: ${retentionText(retention)}.`,
    ...(kept.length > 0 ? tableLines(columns, kept, width) : ['There are no other backups.']),
  ];
}
