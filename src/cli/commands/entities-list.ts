import { entityTypes } from '#shared/domain/types.ts';
import { atMost, readFilter, readSort } from '../args/filters.ts';
import { flag, leaveOut, list, oneOf, text, whole } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import { ownNamesIn, printCsv } from '../output/csv.ts';
import { recordColumns } from '../output/records.ts';
import { tableLines } from '../output/table.ts';
import { countOf } from '../words.ts';
import { onMoment, withWorkspace } from '../workspace.ts';

export const entitiesList = command({
  path: ['entities', 'list'],
  summary: 'List records of one type',
  details: [
    'A filter is FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT (contains), FIELD>=N or FIELD<=N; FIELD= finds what is empty. ' +
      'All filters must hold. Besides the fields of the type there are created_at, updated_at, university_id and, for a student, status.',
  ],
  examples: [
    'frames entities list team --workspace W --filter lifecycle=outgoing --sort size:desc',
    'frames entities list student --workspace W --filter "terms_remaining<=1" --json',
    'frames entities list team --workspace W --csv > teams.csv',
  ],
  parameters: { type: oneOf('TYPE', 'Which records', entityTypes) },
  options: {
    ...onMoment,
    filter: list('FILTER', 'Only records for which this holds'),
    search: text('WORDS', 'Only records whose name contains all these words'),
    sort: list('FIELD[:desc]', 'Order by this field'),
    limit: whole('N', 'At most so many records, 100 unless told', { min: 0, max: 1000, default: 100 }),
    offset: leaveOut,
    deleted: flag('List deleted records instead'),
    csv: flag(
      'Print every record that matches as CSV: the id and all fields, own ones too; references by name and id',
    ),
  },
  async run(context, given) {
    const { type, limit, offset } = given;
    const query = {
      type,
      filters: atMost(given.filter, 20, '--filter').map((filter) => readFilter(type, filter)),
      sort: atMost(given.sort.flatMap(readSort), 4, '--sort'),
      search: given.search ?? '',
      deleted: given.deleted ? ('only' as const) : ('without' as const),
      limit,
      offset,
    };
    if (given.csv) {
      if (context.output.json) throw new UsageError('--csv and --json cannot both be given.');
      await withWorkspace(context, given, 'entities list', async ({ client }) => {
        const read = (part: { offset: number; limit: number }) => client.entities.list({ ...query, ...part });
        const own = given.deleted
          ? await ownNamesIn(type, read)
          : (await client.entities.ownFields({ type })).map(({ name }) => name);
        await printCsv(context.stdout, type, own, read);
      });
      return;
    }
    const page = await withWorkspace(context, given, 'entities list', ({ client }) =>
      client.entities.list(query),
    );
    context.output.result(page, () => {
      const shown = page.rows.length;
      const all = countOf(page.matched, type);
      const part = shown > 0 && shown < page.matched ? `${offset + 1} to ${offset + shown} of ${all}` : all;
      const table =
        shown > 0 ? [...tableLines(recordColumns(type), page.rows, context.output.width), ''] : [];
      return [...table, `${part}${given.deleted ? ', deleted' : ''}.`.replace(/^no /, 'No ')];
    });
  },
});
