import type { Filter } from '#shared/contract/entities.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { customNameOf, parsePlainNumber } from '#shared/domain/custom-fields.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isKnownValue, vocabulary } from '#shared/domain/vocabulary.ts';
import { badValue, field, flag, list, text } from '../args/option.ts';
import { nearestWord } from '../args/parse.ts';
import { limitValues, parseFilter, parseJsonObject, parseSort } from '../args/values.ts';
import { command } from '../command.ts';
import { customFieldsIn, printCsv } from '../output/csv.ts';
import { UsageError } from '../output/errors.ts';
import { recordMention, recordColumns, recordLines } from '../output/records.ts';
import { tableLines } from '../output/table.ts';
import { operationCommand, pagingOptions, plannedCommand } from '../operation.ts';
import { typeCountPhrase, dependantsText, hiddenText, capitalise } from '../format.ts';
import { findUnknownField } from '../unknown-fields.ts';
import { pointInTimeOptions, withWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';
import { stateFields } from '#shared/domain/states.ts';

const recordParameters = <
  N extends 'entities.get' | 'entities.update' | 'entities.remove' | 'entities.restore',
>(
  name: N,
) => ({
  type: field(name, 'type', 'TYPE', 'Record type'),
  id: field(name, 'id', 'ID', 'Record id'),
});
const newFieldOption = list('FIELD', 'Allow a new custom field with this name');
const listsHint =
  'A list of ids, such as bearers, may be one text with commas: {"bearers": "student_1,faculty_2"}.';
const unknownFieldHint =
  'To add a new custom field, name it with --new-field; other unknown fields are rejected.';

export const entitiesList = command({
  path: ['entities', 'list'],
  summary: 'List records of a type',
  details: [
    'Filters are FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT (contains), FIELD>=N, FIELD<=N or FIELD= (empty); several are combined with ' +
      'AND. You can also use created_at, updated_at, university_id, own:NAME (a custom field) and, for students, status, for repairs and tasks, state.',
  ],
  examples: ['frames entities list team --workspace W --filter lifecycle=outgoing --sort size:desc'],
  parameters: { type: field('entities.list', 'type', 'TYPE', 'Record type') },
  options: {
    ...pointInTimeOptions,
    filter: list('FILTER', 'Only records that match'),
    search: field('entities.list', 'search', 'WORDS', 'Only records whose name contains all these words'),
    sort: list('FIELD[:desc]', 'Sort by this field'),
    ...pagingOptions('entities.list'),
    deleted: flag('List deleted records instead'),
    csv: flag('Print all matching records as CSV, with all fields; references by name and id'),
  },
  async run(context, args) {
    const { type, search, limit, offset } = args;
    const query = {
      type,
      filters: limitValues(args.filter ?? [], 20, '--filter').map((filter) => parseFilter(type, filter)),
      sort: limitValues((args.sort ?? []).flatMap(parseSort), 4, '--sort'),
      deleted: args.deleted ? ('only' as const) : ('without' as const),
      search,
      limit,
      offset,
    };
    const { output } = context;
    if (args.csv && output.json) throw new UsageError('Use either --csv or --json, not both.');
    await withWorkspace(context, args, 'entities list', async ({ client }) => {
      if (query.filters.some((filter) => customNameOf(filter.field) !== null))
        refuseUncomparable(query.filters, await client.entities.customFields({ type }));
      await refuseUnknownValues(client, query);
      if (args.csv) {
        const readPart = (page: { offset: number; limit: number }) =>
          client.entities.list({ ...query, ...page });
        const customFields = args.deleted
          ? await customFieldsIn(type, readPart)
          : (await client.entities.customFields({ type })).map(({ name }) => name);
        await printCsv(context.stdout, type, customFields, readPart);
        return;
      }
      const result = await client.entities.list(query);
      output.result(result, () => {
        const { rows, matched } = result;
        const countText = typeCountPhrase(matched, type);
        const isPart = rows.length > 0 && rows.length < matched;
        const firstNumber = result.offset + 1;
        return [
          ...(rows.length > 0 ? [...tableLines(recordColumns(type), rows, output.width), ''] : []),
          `${capitalise(isPart ? `${firstNumber} to ${result.offset + rows.length} of ${countText}` : countText)}${args.deleted ? ', deleted' : ''}.`,
        ];
      });
    });
  },
});

const advanceStudents = plannedCommand({
  path: 'students advance',
  operation: 'entities.advanceTerms',
  summary: 'Advance all active students by one or more terms',
  details: ['Students with no terms left graduate today and are no longer active. Undo with "frames undo".'],
  examples: ['frames students advance --workspace W --terms 2 --university univ_1 --dry-run'],
  options: {
    terms: field('entities.advanceTerms', 'terms', 'N', 'Number of terms'),
    university: field('entities.advanceTerms', 'university', 'ID', 'Only this university'),
  },
  question: 'Advance',
});

const rateInterfaces = plannedCommand({
  path: 'interfaces rate',
  operation: 'analysis.rateByBonds',
  summary: 'Rate unrated links by their bond',
  details: [
    'Sets the factor values that match each bond: in the baseline model, codified-strong rates 0.15, codified-moderate 0.30, ' +
      'institutional-weak 0.75 and fragile-temporary 1. Rated links do not change.',
  ],
  examples: ['frames interfaces rate --workspace W --dry-run'],
  options: {
    university: field(
      'analysis.rateByBonds',
      'university',
      'ID',
      'Only links with an end at this university',
    ),
  },
  question: 'Rate',
});

export const recordCommands = [
  entitiesList,
  advanceStudents,
  rateInterfaces,
  operationCommand({
    path: 'entities get',
    operation: 'entities.get',
    summary: 'Show a record, including a deleted one',
    examples: ['frames entities get team team_1 --workspace W'],
    targetOptions: pointInTimeOptions,
    parameters: recordParameters('entities.get'),
    show: recordLines,
  }),
  operationCommand({
    path: 'entities create',
    operation: 'entities.create',
    summary: 'Create a record',
    details: [
      'Without ID, the record gets a new id. Fields that you leave out get their defaults.',
      listsHint,
      unknownFieldHint,
    ],
    examples: [
      `frames entities create team --workspace W --data '{"name": "Thermal", "discipline": "mechanical"}'`,
    ],
    parameters: {
      type: field('entities.create', 'type', 'TYPE', 'Record type'),
      id: field('entities.create', 'id', 'ID', 'New id'),
    },
    options: { data: text('JSON', 'Fields, as a JSON object'), 'new-field': newFieldOption },
    writes: true,
    checkArguments: ({ data }) => parseJsonObject(data, '--data'),
    async input(args, { client }) {
      const data = parseJsonObject(args.data, '--data');
      await refuseUnknownFields(client, args.type, Object.keys(data), args['new-field']);
      return { data: splitReferenceLists(args.type, data) };
    },
    show: ({ record }) => [`Created ${recordMention(record)}.`],
  }),
  operationCommand({
    path: 'entities update',
    operation: 'entities.update',
    summary: 'Change fields of a record',
    details: [
      'Changes only the given fields. null is a value; --unset removes a field.',
      listsHint,
      unknownFieldHint,
    ],
    examples: [
      `frames entities update team team_1 --workspace W --data '{"lifecycle": "outgoing"}' --unset project_id`,
    ],
    parameters: recordParameters('entities.update'),
    options: {
      data: text('JSON', 'Fields to set, as a JSON object'),
      unset: field('entities.update', 'unset', 'FIELD', 'Remove this field'),
      'new-field': newFieldOption,
    },
    writes: true,
    checkArguments(args) {
      if (args.data !== undefined || args.unset !== undefined) parseJsonObject(args.data, '--data');
      else
        throw new UsageError('frames entities update requires --data JSON or --unset FIELD.', {
          argument: '--data',
        });
    },
    async input(args, { client }) {
      const data = parseJsonObject(args.data, '--data');
      await refuseUnknownFields(client, args.type, Object.keys(data), args['new-field']);
      return { data: splitReferenceLists(args.type, data) };
    },
    show: ({ op_id, record }) => [
      op_id === null ? `Nothing to change in ${recordMention(record)}.` : `Changed ${recordMention(record)}.`,
    ],
  }),
  operationCommand({
    path: 'entities delete',
    operation: 'entities.remove',
    summary: 'Delete a record',
    details: [
      'Hides its links too, and clears references to it, until you restore the record with "frames undo" or "frames entities ' +
        'restore". Deleting a university that has records requires --with-contents; its records are then hidden too.',
    ],
    parameters: recordParameters('entities.remove'),
    options: {
      'with-contents': field(
        'entities.remove',
        'with_contents',
        '',
        'Delete a university that has records; they are hidden too',
      ),
    },
    writes: true,
    show: (result, { type, id }) => [
      `Deleted ${recordMention({ type, id, title: result.title })}${hiddenText(result)}.`,
    ],
  }),
  operationCommand({
    path: 'entities restore',
    operation: 'entities.restore',
    summary: 'Restore a deleted record',
    details: ['Records hidden with it become visible again. Records deleted separately stay deleted.'],
    parameters: recordParameters('entities.restore'),
    options: {
      'with-references': field(
        'entities.restore',
        'with_references',
        '',
        'Also restore the records it needs, such as the ends of a link',
      ),
    },
    writes: true,
    show(result) {
      const dependants = dependantsText(result);
      return [`Restored ${recordMention(result.record)}${dependants === '' ? '' : ` with ${dependants}`}.`];
    },
  }),
  operationCommand({
    path: 'views list',
    operation: 'views.list',
    summary: 'List the saved views of a workspace',
    targetOptions: pointInTimeOptions,
  }),
];

/** Accepts a list of references as one comma-separated text. */
function splitReferenceLists(type: EntityType, data: JsonObject): JsonObject {
  const entries = Object.entries(data).map(([name, value]): [string, Json] => {
    if (fieldOf(type, name)?.kind !== 'references' || typeof value !== 'string') return [name, value];
    const ids = value.split(',').map((id) => id.trim());
    return [name, ids.filter((id) => id !== '')];
  });
  return Object.fromEntries(entries);
}

/** Stops typing errors from creating fields. Throws UsageError if neither the type, its records nor `newFields` have a field. */
async function refuseUnknownFields(
  client: OpenWorkspace['client'],
  type: EntityType,
  names: readonly string[],
  newFields: readonly string[],
): Promise<void> {
  const unknownField = await findUnknownField(
    client.entities,
    type,
    names.filter((name) => !newFields.includes(name)),
  );
  if (unknownField === null) return;
  const { name: fieldName, suggestion } = unknownField;
  const hint = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
  const message = `Unknown field "${fieldName}" of ${type}.${hint} To add it, use --new-field ${fieldName}. Nothing was changed.`;
  throw new UsageError(message, { argument: '--data', given: fieldName });
}

/** Stops typing errors in open lists from looking like empty results. Throws UsageError for a value that no list and no record has. */
async function refuseUnknownValues(
  client: OpenWorkspace['client'],
  {
    type,
    filters,
    deleted,
  }: Pick<Parameters<OpenWorkspace['client']['entities']['list']>[0], 'type' | 'deleted'> & {
    filters: readonly Filter[];
  },
): Promise<void> {
  for (const { field: fieldName, op, value } of filters) {
    const openList =
      fieldName === stateFields[type]?.key ? stateFields[type].list : fieldOf(type, fieldName)?.list;
    if (
      !openList ||
      (op !== 'is' && op !== 'is_not') ||
      typeof value !== 'string' ||
      isKnownValue(openList, value)
    )
      continue;
    const equalsFilter = { field: fieldName, op: 'is' as const, value };
    if ((await client.entities.list({ type, filters: [equalsFilter], deleted, limit: 0 })).matched > 0)
      continue;
    const suggestion = nearestWord(value, vocabulary[openList]);
    const { message, details } = badValue(
      `--filter ${fieldName}`,
      value,
      `one of ${vocabulary[openList].join(', ')}`,
    );
    throw new UsageError(
      suggestion === undefined ? message : `${message} Did you mean "${suggestion}"?`,
      details,
    );
  }
}

/** Throws UsageError for `>=` or `<=` between a custom field of numbers and a value that is none, or between texts and a number. */
function refuseUncomparable(filters: readonly Filter[], customFields: readonly CustomField[]): void {
  for (const { field: fieldName, op, value } of filters) {
    const customField = customFields.find(({ name }) => name === customNameOf(fieldName));
    if (!customField || (op !== 'gte' && op !== 'lte') || typeof value !== 'string') continue;
    if (customField.kind === 'number' && parsePlainNumber(value) === null)
      throw badValue(`--filter ${fieldName}`, value, 'a number such as 980.5');
    if (customField.kind === 'text' && /^[-+]?\d/.test(value)) {
      const message = `The custom field "${customField.name}" has text values, which cannot be compared with numbers. Use =, != or ~.`;
      throw new UsageError(message, { argument: '--filter', given: fieldName });
    }
  }
}
