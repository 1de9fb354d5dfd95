import { identifiesRows } from '#shared/contract/sheets.ts';
import type { SheetPreview, SheetView } from '#shared/contract/sheets.ts';
import { valuesOf } from '#shared/domain/number-text.ts';
import { blockedIssue } from '#core/import/table/import.ts';
import { typeCountPhrase } from '../format.ts';
import { UsageError } from '../output/errors.ts';
import { choicesFor } from './table-choices.ts';
import type { TableArguments } from './table-choices.ts';
import { columnLines } from './table-texts.ts';

type Arguments = TableArguments & { accept: boolean };

/** Why a table cannot be imported with the given options; null if it can. */
export const tableFault = (
  views: readonly SheetView[],
  preview: SheetPreview,
  args: Arguments,
): UsageError | null =>
  doubtFault(views, args) ?? decimalsFault(preview, args) ?? undecidedFault(preview) ?? blockedFault(preview);

function blockedFault({ blocked, others }: SheetPreview): UsageError | null {
  if (blocked === null || others.some(({ writes }) => writes > 0)) return null;
  return new UsageError(`The table ${blockedIssue(blocked).message}.`, { argument: 'FILE' });
}

/** Refuses a doubtful reading unless options settle it. The message shows the reading. */
function doubtFault(views: readonly SheetView[], args: Arguments): UsageError | null {
  if (args.accept) return null;
  for (const view of views) {
    const type = args.type ?? view.type;
    const reading = [
      `It would be read as ${typeCountPhrase(view.rows, type)}:`,
      ...columnLines(view, choicesFor(view, args, type)),
      'Accept this with --accept.',
    ].join('\n');
    const { types, names, encodings } = view.doubts;
    if (encodings.length > 0) {
      const readings = encodings.map(({ encoding, sample }) => `  ${encoding}: ${sample}`);
      return new UsageError(
        [
          `The letters of ${view.name} can be read in several encodings. Say it with --encoding:`,
          ...readings,
          'Accept the first with --accept.',
        ].join('\n'),
        { argument: '--encoding' },
      );
    }
    if (args.type === undefined && types !== null) {
      const candidates =
        types.length === 0 ? 'nothing in it says' : `it can be ${types.map(String).join(' or ')}`;
      const typeColumn = view.doubts.type_column;
      const byColumn = typeColumn === null ? '' : ` or --column "${view.columns[typeColumn]?.name}=row_type"`;
      return new UsageError(
        `What is a row of ${view.name}? ${candidates}. Say it with --type${byColumn}. ${reading}`,
        {
          argument: '--type',
        },
      );
    }
    if (!identifiesRows(type, choicesFor(view, args, type).columns)) {
      const message = `Which column of ${view.name} has the names? None is read as a name. Say it with --column HEADING=name. ${reading}`;
      return new UsageError(message, { argument: '--column' });
    }
    const { titled } = view;
    if (titled && type === 'student' && args.type === undefined && view.row_types.length === 0) {
      const message = `What are the ${titled.count} people with titles like "${titled.example}"? Say it with --by-title (faculty) or --type student. ${reading}`;
      return new UsageError(message, { argument: '--by-title' });
    }
    const [group] = view.doubts.groups;
    if (group !== undefined) {
      const { name = '', filled = 0 } = view.columns[group] ?? {};
      const message = `Does each value of "${name}" count for the rows below it? Only ${filled} of ${view.rows} rows have one. Say so with --fill-down "${name}". ${reading}`;
      return new UsageError(message, { argument: '--fill-down' });
    }
    const column = names[type];
    const heading = column === undefined ? undefined : view.columns[column]?.name;
    const [role] = view.doubts.roles[type] ?? [];
    if (heading === undefined || args.column.length > 0) {
      if (!role) continue;
      const options = role.columns.map((one) => `--column "${view.columns[one]?.name}=${role.field}"`);
      const message = `Which column of ${view.name} is ${role.field}? No heading says so. Say it with ${options.join(' or ')}. ${reading}`;
      return new UsageError(message, { argument: '--column' });
    }
    return new UsageError(
      `Which column of ${view.name} has the names? No heading says so. Say it with --column "${heading}=name". ${reading}`,
      { argument: '--column' },
    );
  }
  return null;
}

/** Refuses numbers that can be read in two ways, unless options settle it. */
function decimalsFault(preview: SheetPreview, { accept }: Arguments): UsageError | null {
  if (accept || (preview.report.problems['number_order'] ?? 0) === 0) return null;
  const problems = [preview, ...preview.others].flatMap((one) => one.problems);
  const value = problems.find(({ code }) => code === 'number_order')?.value ?? '1,250';
  const { '.': point, ',': comma } = valuesOf(value);
  const message = `Numbers like "${value}" can be read in two ways, and the table does not show which. Say it with --decimals comma (it is ${comma}) or --decimals point (it is ${point}).`;
  return new UsageError(message, { argument: '--decimals' });
}

function undecidedFault({ matched, others }: SheetPreview): UsageError | null {
  const undecided = others.reduce(
    (sum, sheetPreview) => sum + sheetPreview.matched.undecided,
    matched.undecided,
  );
  if (undecided === 0) return null;
  const message = `Rows with the name of an existing record: ${undecided}. Use --matching update, skip or create. Nothing was changed.`;
  return new UsageError(message, { argument: '--matching' });
}
