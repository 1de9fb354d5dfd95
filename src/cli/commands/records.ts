import { computedFields } from '#shared/domain/check-payload.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { fieldOf, fieldsOf } from '#shared/domain/entities.ts';
import { ownNameOf, plainNumber } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import type { RatedByBonds } from '#shared/contract/factors.ts';
import type { TermsAdvanced } from '#shared/contract/terms.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isKnown, vocabulary } from '#shared/domain/vocabulary.ts';
import { badValue, field, flag, list, text } from '../args/option.ts';
import { nearest } from '../args/parse.ts';
import { atMost, readFilter, readObject, readSort } from '../args/values.ts';
import { command } from '../command.ts';
import { customFieldsIn, printCsv } from '../output/csv.ts';
import { UsageError } from '../output/errors.ts';
import { mention, recordColumns, recordLines } from '../output/records.ts';
import { table, tableLines } from '../output/table.ts';
import { changesText, problemLines, refusalOf } from '../output/differences.ts';
import { dryRun, operation, page } from '../operation.ts';
import { previewAndApply } from '../plan.ts';
import { yes } from '../prompts.ts';
import { amount, countOf, dependantsText, hiddenText, sentence } from '../words.ts';
import { onMoment, onWorkspace, withWorkspace } from '../workspace.ts';
import type { Open } from '../workspace.ts';

const key = <N extends 'entities.get' | 'entities.update' | 'entities.remove' | 'entities.restore'>(
  name: N,
) => ({
  type: field(name, 'type', 'TYPE', 'Which kind of record'),
  id: field(name, 'id', 'ID', 'Its id'),
});
const newField = list('FIELD', 'A field that no record of the type has yet');
const unknownFields =
  'A field that FRAMES does not know, and no record of the type has, is refused unless --new-field names it.';

export const entitiesList = command({
  path: ['entities', 'list'],
  summary: 'List records of one type',
  details: [
    'A filter is FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT (contains), FIELD>=N or FIELD<=N; FIELD= finds what is empty. ' +
      'All filters must hold. Besides the fields of the type there are created_at, updated_at, university_id and, for a student, status; own:NAME is a custom field.',
  ],
  examples: ['frames entities list team --workspace W --filter lifecycle=outgoing --sort size:desc'],
  parameters: { type: field('entities.list', 'type', 'TYPE', 'Which records') },
  options: {
    ...onMoment,
    filter: list('FILTER', 'Only records for which this holds'),
    search: field('entities.list', 'search', 'WORDS', 'Only records whose name contains all these words'),
    sort: list('FIELD[:desc]', 'Order by this field'),
    ...page('entities.list'),
    deleted: flag('List deleted records instead'),
    csv: flag(
      'Print every record that matches as CSV: the id and all fields, custom ones too; references by name and id',
    ),
  },
  async run(context, given) {
    const { type, search, limit, offset } = given;
    const query = {
      type,
      filters: atMost(given.filter ?? [], 20, '--filter').map((filter) => readFilter(type, filter)),
      sort: atMost((given.sort ?? []).flatMap(readSort), 4, '--sort'),
      deleted: given.deleted ? ('only' as const) : ('without' as const),
      search,
      limit,
      offset,
    };
    const { output } = context;
    if (given.csv && output.json) throw new UsageError('--csv and --json cannot both be given.');
    await withWorkspace(context, given, 'entities list', async ({ client }) => {
      if (query.filters.some((filter) => ownNameOf(filter.field) !== null))
        refuseUncomparable(query.filters, await client.entities.ownFields({ type }));
      await refuseUnknownValues(client, query);
      if (given.csv) {
        const read = (part: { offset: number; limit: number }) => client.entities.list({ ...query, ...part });
        const custom = given.deleted
          ? await customFieldsIn(type, read)
          : (await client.entities.ownFields({ type })).map(({ name }) => name);
        await printCsv(context.stdout, type, custom, read);
        return;
      }
      const found = await client.entities.list(query);
      output.result(found, () => {
        const { rows, matched } = found;
        const all = countOf(matched, type);
        const isPart = rows.length > 0 && rows.length < matched;
        const from = found.offset + 1;
        return [
          ...(rows.length > 0 ? [...tableLines(recordColumns(type), rows, output.width), ''] : []),
          `${sentence(isPart ? `${from} to ${found.offset + rows.length} of ${all}` : all)}${given.deleted ? ', deleted' : ''}.`,
        ];
      });
    });
  },
});

const searchCommand = operation({
  path: 'search',
  operation: 'entities.searchTexts',
  summary: 'Find records by what stands in their texts: names, descriptions, notes, custom fields',
  details: ['Case and accents do not matter. All words must stand in one field.'],
  examples: ['frames search "ground station" --workspace W --json'],
  on: onMoment,
  parameters: { text: field('entities.searchTexts', 'text', 'WORDS', 'What to look for') },
  options: { limit: field('entities.searchTexts', 'limit', 'N', 'At most so many records') },
  show: (hits) => [
    ...hits.flatMap(({ id, type, title, field: key, excerpt }) => [
      mention({ id, type, title }),
      `  ${key}: ${excerpt}`,
    ]),
    `${sentence(amount(hits.length, 'record'))} found.`,
  ],
});

const advancedLines = ({ dry, graduates, unknown, problems, op_id, ...done }: TermsAdvanced): string[] => [
  `${dry ? 'Would advance' : 'Advanced'} the terms: ${changesText(done)}, of whom ${graduates} graduate.`,
  ...(unknown > 0 ? [`${sentence(countOf(unknown, 'student'))} without known terms stay as they are.`] : []),
  ...problemLines(problems),
  ...(op_id === null ? [] : ['"frames undo" undoes it.']),
];

const advanceStudents = command({
  path: ['students', 'advance'],
  summary: 'Let terms pass: every active student has fewer left, and who has none graduates',
  details: ['Who graduates is not active any more, and has the day. "frames undo" undoes all of it.'],
  examples: ['frames students advance --workspace W --terms 2 --university univ_1 --dry-run'],
  operation: 'entities.advanceTerms',
  parameters: {},
  options: {
    ...onWorkspace,
    terms: field('entities.advanceTerms', 'terms', 'N', 'How many terms'),
    university: field('entities.advanceTerms', 'university', 'ID', 'Only of this university'),
    ...dryRun,
    yes,
  },
  async run(context, given) {
    const { terms, university } = given;
    await withWorkspace(context, given, 'students advance', ({ client }) =>
      previewAndApply(context, given, {
        run: (dry, seen) =>
          client.entities.advanceTerms(
            { terms, university, dry, seen: seen?.head },
            { signal: context.signal },
          ),
        refusal: ({ problems }) => refusalOf(problems),
        lines: advancedLines,
        question: (preview) => (preview.records.length > 0 ? `Advance ${changesText(preview)}?` : null),
      }),
    );
  },
});

const ratedLines = ({ dry, unknown, problems, op_id, ...done }: RatedByBonds): string[] => [
  `${dry ? 'Would rate' : 'Rated'} by their bonds: ${changesText(done)}.`,
  ...(unknown > 0 ? [`${sentence(countOf(unknown, 'interface'))} without a known bond stay unrated.`] : []),
  ...problemLines(problems),
  ...(op_id === null ? [] : ['"frames undo" undoes it.']),
];

const rateInterfaces = command({
  path: ['interfaces', 'rate'],
  summary: 'Rate interfaces without factor values by their bonds',
  details: [
    'Each gets the factor values that its bond stands for: the baseline then rates codified-strong .15, codified-moderate .30, institutional-weak .75 ' +
      'and fragile-temporary 1. Interfaces that are rated stay as they are.',
  ],
  examples: ['frames interfaces rate --workspace W --dry-run'],
  operation: 'analysis.rateByBonds',
  parameters: {},
  options: {
    ...onWorkspace,
    university: field('analysis.rateByBonds', 'university', 'ID', 'Only with an end at this university'),
    ...dryRun,
    yes,
  },
  async run(context, given) {
    const { university } = given;
    await withWorkspace(context, given, 'interfaces rate', ({ client }) =>
      previewAndApply(context, given, {
        run: (dry, seen) =>
          client.analysis.rateByBonds({ university, dry, seen: seen?.head }, { signal: context.signal }),
        refusal: ({ problems }) => refusalOf(problems),
        lines: ratedLines,
        question: (preview) => (preview.records.length > 0 ? `Rate ${changesText(preview)}?` : null),
      }),
    );
  },
});

export const recordCommands = [
  entitiesList,
  advanceStudents,
  searchCommand,
  rateInterfaces,
  operation({
    path: 'entities get',
    operation: 'entities.get',
    summary: 'Show one record, a deleted one too',
    examples: ['frames entities get team team_1 --workspace W'],
    on: onMoment,
    parameters: key('entities.get'),
    show: recordLines,
  }),
  operation({
    path: 'entities create',
    operation: 'entities.create',
    summary: 'Create a record',
    details: [
      'Without ID the record gets an id of its own. Fields that are not named get the defaults of their type.',
      unknownFields,
    ],
    examples: [
      `frames entities create team --workspace W --data '{"name": "Thermal", "discipline": "mechanical"}'`,
    ],
    parameters: {
      type: field('entities.create', 'type', 'TYPE', 'Which kind of record'),
      id: field('entities.create', 'id', 'ID', 'An id that no record has yet'),
    },
    options: { data: text('JSON', 'Its fields, as a JSON object'), 'new-field': newField },
    writes: true,
    before: ({ data }) => readObject(data, '--data'),
    async input(given, { client }) {
      const data = readObject(given.data, '--data');
      await refuseUnknownFields(client, given.type, Object.keys(data), given['new-field']);
      return { data };
    },
    show: ({ record }) => [`Created ${mention(record)}.`],
  }),
  operation({
    path: 'entities update',
    operation: 'entities.update',
    summary: 'Change fields of a record',
    details: [
      'Only the named fields change. null is a value; --unset removes a field altogether.',
      unknownFields,
    ],
    examples: [
      `frames entities update team team_1 --workspace W --data '{"lifecycle": "outgoing"}' --unset project_id`,
    ],
    parameters: key('entities.update'),
    options: {
      data: text('JSON', 'Fields to set, as a JSON object'),
      unset: field('entities.update', 'unset', 'FIELD', 'A field to remove'),
      'new-field': newField,
    },
    writes: true,
    before(given) {
      if (given.data !== undefined || given.unset !== undefined) readObject(given.data, '--data');
      else
        throw new UsageError('--data JSON or --unset FIELD is missing for frames entities update.', {
          argument: '--data',
        });
    },
    async input(given, { client }) {
      const data = readObject(given.data, '--data');
      await refuseUnknownFields(client, given.type, Object.keys(data), given['new-field']);
      return { data };
    },
    show: ({ op_id, record }) => [
      op_id === null ? `Nothing to change in ${mention(record)}.` : `Changed ${mention(record)}.`,
    ],
  }),
  operation({
    path: 'entities delete',
    operation: 'entities.remove',
    summary: 'Delete a record',
    details: [
      'Its interfaces are hidden with it, and so are the records of a university, until "frames undo" or "frames entities restore" restores it; ' +
        'references to it read as empty. A university that still has records is refused unless --with-contents is given.',
    ],
    parameters: key('entities.remove'),
    options: {
      'with-contents': field(
        'entities.remove',
        'with_contents',
        '',
        'The records of a university may be hidden with it',
      ),
    },
    writes: true,
    show: (removed, { type, id }) => [
      `Deleted ${mention({ type, id, title: removed.title })}${hiddenText(removed)}.`,
    ],
  }),
  operation({
    path: 'entities restore',
    operation: 'entities.restore',
    summary: 'Restore a deleted record',
    details: ['What was hidden with it is visible again. What was deleted by itself stays deleted.'],
    parameters: key('entities.restore'),
    options: {
      'with-references': field(
        'entities.restore',
        'with_references',
        '',
        'Restore too what it would be hidden without, as the ends of an interface',
      ),
    },
    writes: true,
    show(restored) {
      const shown = dependantsText(restored);
      return [`Restored ${mention(restored.record)}${shown === '' ? '' : ` with ${shown}`}.`];
    },
  }),
  operation({
    path: 'views list',
    operation: 'views.list',
    summary: 'List the saved views of a workspace',
    on: onMoment,
    show: (views, _, { width }) => table(views, ['name', 'owner', 'updated_at', 'address'], width),
  }),
];

/** A typing error makes no new field. Throws UsageError for one that neither the type nor any of its records has, nor `allowed` names. */
async function refuseUnknownFields(
  client: Open['client'],
  type: EntityType,
  given: readonly string[],
  allowed: readonly string[],
): Promise<void> {
  const fields = ['id', 'university_id', ...fieldsOf(type).map(({ key: one }) => one)];
  const known = new Set([...fields, ...(computedFields[type] ?? []), ...allowed]);
  const unknown = given.filter((one) => !known.has(one));
  if (unknown.length === 0) return;
  const custom = (await client.entities.ownFields({ type })).map(({ name }) => name);
  const wrong = unknown.find((one) => !custom.includes(one));
  if (wrong === undefined) return;
  const near = nearest(wrong, [...fields, ...custom]);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const message = `No ${type} has a field "${wrong}".${hint} For a new field say --new-field ${wrong}. Nothing was changed.`;
  throw new UsageError(message, { argument: '--data', given: wrong });
}

/**
 * A typing error in the value of an open list finds nothing, which reads as if there were no such records. Throws UsageError for a value that
 * is on no list and that no record has.
 */
async function refuseUnknownValues(
  client: Open['client'],
  {
    type,
    filters,
    deleted,
  }: Pick<Parameters<Open['client']['entities']['list']>[0], 'type' | 'deleted'> & {
    filters: readonly Filter[];
  },
): Promise<void> {
  for (const { field: filtered, op, value } of filters) {
    const open = type === 'student' && filtered === 'status' ? 'lifecycle' : fieldOf(type, filtered)?.list;
    if (!open || (op !== 'is' && op !== 'is_not') || typeof value !== 'string' || isKnown(open, value))
      continue;
    const same = { field: filtered, op: 'is' as const, value };
    if ((await client.entities.list({ type, filters: [same], deleted, limit: 0 })).matched > 0) continue;
    const near = nearest(value, vocabulary[open]);
    const { message, details } = badValue(
      `--filter ${filtered}`,
      value,
      `one of ${vocabulary[open].join(', ')}`,
    );
    throw new UsageError(near === undefined ? message : `${message} Did you mean "${near}"?`, details);
  }
}

/** At least and at most of a custom field: numbers of numbers. Throws UsageError where the field and the value are of two kinds. */
function refuseUncomparable(filters: readonly Filter[], columns: readonly OwnField[]): void {
  for (const { field: filtered, op, value } of filters) {
    const own = columns.find(({ name }) => name === ownNameOf(filtered));
    if (!own || (op !== 'gte' && op !== 'lte') || typeof value !== 'string') continue;
    if (own.kind === 'number' && plainNumber(value) === null)
      throw badValue(`--filter ${filtered}`, value, 'a number such as 980.5');
    if (own.kind === 'text' && /^[-+]?\d/.test(value)) {
      const message = `The custom field "${own.name}" holds texts, which have no order among numbers. Make them numbers, or use =, != or ~.`;
      throw new UsageError(message, { argument: '--filter', given: filtered });
    }
  }
}
