import { auditedTypes, entityTypes } from '#shared/domain/types.ts';
import { leaveOut, maybeOneOf, needed, oneOf, text, whole } from '../args/option.ts';
import { readMoment } from '../args/moment.ts';
import { command } from '../command.ts';
import { follow } from '../follow.ts';
import { differenceLines, momentColumns } from '../output/moments.ts';
import type { FoundDifferences } from '../output/moments.ts';
import { recordLines } from '../output/records.ts';
import { tableLines } from '../output/table.ts';
import { amount, sentence } from '../words.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';
import { entitiesList } from './entities-list.ts';

const page = {
  limit: whole('N', 'At most so many, 50 unless told', { min: 1, max: 1000, default: 50 }),
  offset: leaveOut,
};

export const momentsList = command({
  path: ['moments', 'list'],
  summary: 'List the moments that one can look at, newest first, with their checkpoints',
  details: [
    'A moment is what the records were after a transaction. It is named by the id of the transaction, by a time (ISO 8601, UTC), ' +
      'which means the last transaction that is not later, by a checkpoint, or as "first" or "now". A time without seconds is meant to the ' +
      'end of that minute, a day alone to the end of that day.',
  ],
  examples: ['frames moments list --workspace W --until 2026-11-20'],
  parameters: {},
  options: {
    ...onWorkspace,
    from: text('TIME', 'Only from this time on (ISO 8601; without a zone it is UTC)'),
    until: text('TIME', 'Only up to this time; a day or a minute is meant to its end'),
    ...page,
  },
  async run(context, given) {
    const { limit, offset } = given;
    const from = readMoment(given.from, '--from', 'start');
    const until = readMoment(given.until, '--until', 'end');
    const wanted = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
    const found = await withWorkspace(context, given, 'moments list', ({ client }) =>
      client.moments.list({ ...wanted, limit, offset }),
    );
    context.output.result(found, () => {
      const { rows, total } = found;
      const table = rows.length > 0 ? [...tableLines(momentColumns, rows, context.output.width), ''] : [];
      const all = amount(total, 'moment');
      const part = rows.length < total ? `${offset + 1} to ${offset + rows.length} of ${all}` : all;
      return [...table, `${sentence(part)}.`];
    });
  },
});

export const momentsShow = command({
  path: ['moments', 'show'],
  summary: 'Show a record as it was at a moment, or list the records of a type that were there',
  details: ['As "frames entities get" and "frames entities list" with --at.'],
  examples: ['frames moments show 2026-11-20 team team_1 --workspace W'],
  parameters: {
    at: needed('MOMENT', 'When'),
    type: oneOf('TYPE', 'Which kind of record', entityTypes),
    id: text('ID', 'Which one; without it all of them are listed'),
  },
  options: onWorkspace,
  async run(context, given) {
    const { type, id } = given;
    if (id === undefined)
      return entitiesList.run(context, { ...given, filter: [], sort: [], limit: 100, offset: 0 });
    const record = await withWorkspace(context, given, 'moments show', ({ client }) =>
      client.entities.get({ type, id }),
    );
    context.output.result(record, () => recordLines(record));
  },
});

export const momentsDiff = command({
  path: ['moments', 'diff'],
  summary: 'Show what two moments have different, record by record and field by field',
  examples: ['frames moments diff "Before the merger" now --workspace W --type team'],
  parameters: {
    from: needed('FROM', 'The one moment'),
    to: needed('TO', 'The other, as "now"'),
  },
  options: {
    ...onWorkspace,
    type: maybeOneOf('TYPE', 'Only records of this type', auditedTypes),
    action: maybeOneOf('ACTION', 'Only what this became of', ['created', 'updated', 'deleted', 'restored']),
    search: text('TEXT', 'Only where the name or id contains this'),
    ...page,
  },
  async run(context, given) {
    const { from, to, type, action, limit, offset } = given;
    const asked = {
      from,
      to,
      types: type ? [type] : [],
      actions: action ? [action] : [],
      text: given.search ?? '',
      limit,
      offset,
    };
    const found = await withWorkspace(context, given, 'moments diff', async ({ client }) =>
      follow<FoundDifferences>(
        await client.moments.differences(asked, { signal: context.signal }),
        context.output,
      ),
    );
    context.output.result(found, () => differenceLines(found, offset, context.output.width));
  },
});
