import { retentionBounds } from '#shared/domain/retention.ts';
import type { RetentionPolicy } from '#shared/domain/retention.ts';
import { whole } from '../args/option.ts';
import { command } from '../command.ts';
import { retentionText } from '../output/retention.ts';
import { sentence } from '../words.ts';
import { onLive, withWorkspace } from '../workspace.ts';

const stay = (key: keyof RetentionPolicy, summary: string) => {
  const [min, max] = retentionBounds[key];
  return whole('N', summary, { min, max, default: undefined });
};

export const backupRetention = command({
  path: ['backup', 'retention'],
  summary: 'Show or change which backups stay when others are removed',
  details: [
    'The newest ones, and the newest of each of so many days, weeks (from Monday on) and months in which there are backups, all in UTC. ' +
      'Nothing is removed by it: `frames backup prune` does that. Changing it is for admins.',
  ],
  examples: [
    'frames backup retention --workspace W',
    'frames backup retention --daily 14 --monthly 24 --workspace W',
  ],
  parameters: {},
  options: {
    ...onLive,
    last: stay('last', 'So many of the newest (usually 7)'),
    daily: stay('daily', 'The newest of so many days (usually 7)'),
    weekly: stay('weekly', 'The newest of so many weeks (usually 4)'),
    monthly: stay('monthly', 'The newest of so many months (usually 12)'),
  },
  async run(context, given) {
    const { last, daily, weekly, monthly } = given;
    const wanted = { last, daily, weekly, monthly };
    const asked = Object.values(wanted).every((one) => one === undefined);
    const done = await withWorkspace(context, given, 'backup retention', async ({ client }) =>
      asked
        ? { retention: await client.backups.retention({}), op_id: null }
        : client.backups.setRetention(wanted),
    );
    context.output.result(done, () => [`${sentence(retentionText(done.retention))}.`]);
  },
});
