import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#shared/contract/index.ts';
import { auditedTypes } from '#shared/domain/types.ts';
import { leaveOut, maybeOneOf, text, whole } from '../args/option.ts';
import { command } from '../command.ts';
import type { Output } from '../output/output.ts';
import { changeLines, transactionColumns, transactionText, whoMade } from '../output/history.ts';
import { tableLines } from '../output/table.ts';
import { amount, sentence, timeOf } from '../words.ts';
import { onMoment, withWorkspace } from '../workspace.ts';
import { readMoment } from '../args/moment.ts';

type Client = ContractRouterClient<Contract>;
interface Page {
  limit: number;
  offset: number;
}

export const auditList = command({
  path: ['audit', 'list'],
  summary: 'List what was done, newest first, or the changes of one transaction',
  examples: [
    'frames audit list --workspace W --entity team_1',
    'frames audit list --workspace W --changes 12 --json',
  ],
  parameters: {},
  options: {
    ...onMoment,
    changes: whole('ID', 'Show the changes of this transaction', {
      min: 1,
      max: Number.MAX_SAFE_INTEGER,
      default: undefined,
    }),
    entity: text('ID', 'Only what changed this record'),
    type: maybeOneOf('TYPE', 'Only what changed records of this type', auditedTypes),
    action: maybeOneOf('ACTION', 'Only what did this', ['create', 'update', 'delete', 'restore']),
    'actor-filter': text('PROFILE', 'Only what this profile did (id or name)'),
    university: text('ID', 'Only what changed records of this university'),
    from: text('TIME', 'Only from this moment on (ISO 8601; without a zone it is UTC)'),
    until: text('TIME', 'Only up to this moment; a day or a minute is meant to its end'),
    limit: whole('N', 'At most so many, 50 unless told', { min: 1, max: 1000, default: 50 }),
    offset: leaveOut,
  },
  async run(context, given) {
    const { changes, entity, type, action, university, limit, offset } = given;
    const page = { limit, offset };
    const from = readMoment(given.from, '--from', 'start');
    const until = readMoment(given.until, '--until', 'end');
    await withWorkspace(context, given, 'audit list', async ({ client }) => {
      if (changes !== undefined) return showChanges(client, context.output, changes, page);
      const actor = await profileId(client, given['actor-filter']);
      const wanted = { actor, entity_id: entity, type, action, university_id: university, from, until };
      const given_ = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
      const found = await client.history.list({ ...given_, ...page });
      context.output.result(found, () => [
        ...(found.rows.length > 0
          ? [...tableLines(transactionColumns, found.rows, context.output.width), '']
          : []),
        range(found, page, 'transaction'),
      ]);
    });
  },
});

async function showChanges(client: Client, output: Output, id: number, page: Page): Promise<void> {
  const found = await client.history.changes({ id, ...page });
  const { transaction } = found;
  output.result(found, () => [
    `${transactionText(transaction)}${transaction.undone ? ' (undone since)' : ''}`,
    `by ${whoMade(transaction.actor)}, ${timeOf(transaction.created_at)} UTC, hash ${transaction.hash}`,
    '',
    ...found.rows.flatMap(changeLines),
    ...(found.rows.length > 0 ? [''] : []),
    range(found, page, 'change'),
  ]);
}

function range(
  { rows, total }: { rows: readonly unknown[]; total: number },
  { offset }: Page,
  noun: string,
): string {
  const all = amount(total, noun);
  if (rows.length === 0 || rows.length === total) return `${sentence(all)}.`;
  return `${offset + 1} to ${offset + rows.length} of ${all}.`;
}

/** The id of a profile named by id or by name. A name that nobody has any more is passed on: the log may still know it. */
async function profileId(client: Client, wanted: string | undefined): Promise<string | undefined> {
  if (wanted === undefined) return undefined;
  const guests = (await client.workspace.profilesOfLive({})).filter(({ guest }) => guest);
  const profiles = [...(await client.workspace.profiles({})), ...guests];
  return (
    (profiles.find(({ id }) => id === wanted) ?? profiles.find(({ name }) => name === wanted))?.id ?? wanted
  );
}
