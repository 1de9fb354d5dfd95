import { constants } from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';

/** Functions that a question may call: none that access files, load code, reveal the program, or vary, except `random`. */
const allowedFunctions: ReadonlySet<string> = new Set(
  `abs avg coalesce concat concat_ws count format glob group_concat hex ifnull iif if instr length like lower ltrim max median min nullif
  octet_length percentile percentile_cont percentile_disc printf quote random replace round rtrim sign string_agg substr substring subtype sum total
  trim typeof unhex unicode unistr unistr_quote upper char likely unlikely
  date datetime julianday strftime time timediff unixepoch current_date current_time current_timestamp
  json json_array json_array_length json_extract json_group_array json_group_object json_insert json_object json_patch json_pretty json_quote
  json_remove json_replace json_set json_type json_valid -> ->>
  acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow power radians sin sinh sqrt tan
  tanh trunc
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

const tableFunctions: ReadonlySet<string> = new Set(['json_each', 'json_tree']);

/** The first access of a statement that was denied. */
export interface DeniedAccess {
  what: string;
}

const actionNames = new Map(
  Object.entries(constants)
    .filter(([name, value]) => name.startsWith('SQLITE_') && typeof value === 'number')
    .filter(([name]) => !/_(CHANGESET|DENY|IGNORE|OK)/.test(name))
    .map(([name, value]) => [value, name.replace('SQLITE_', '').replaceAll('_', ' ')]),
);

/** Restricts statements to reading the given tables. Returns a function for the first denied access, and the tables read. */
export function guardStatement(
  db: DatabaseSync,
  tables: ReadonlySet<string>,
): { firstDenied: () => DeniedAccess | null; usedTables: ReadonlySet<string> } {
  // Every module can be used like a table.
  const modules = new Set(
    (db.prepare('PRAGMA module_list').all() as { name: string }[]).map(({ name }) => name.toLowerCase()),
  );
  let denied: DeniedAccess | null = null;
  const usedTables = new Set<string>();
  const deny = (what: string): number => {
    denied ??= { what };
    return constants.SQLITE_DENY;
  };
  db.setAuthorizer((action, firstArgument, secondArgument) => {
    if (action === constants.SQLITE_SELECT || action === constants.SQLITE_RECURSIVE)
      return constants.SQLITE_OK;
    if (action === constants.SQLITE_READ) {
      const table = (firstArgument ?? '').toLowerCase();
      if (tables.has(table)) {
        usedTables.add(table);
        return constants.SQLITE_OK;
      }
      if (tableFunctions.has(table)) return constants.SQLITE_OK;
      // Subqueries report no column: their name comes alone.
      const isSubquery =
        (secondArgument ?? '') === '' && !modules.has(table) && !/^(sqlite|pragma)_/.test(table);
      return isSubquery ? constants.SQLITE_OK : deny(firstArgument ?? '');
    }
    if (action === constants.SQLITE_FUNCTION) {
      const name = (secondArgument ?? '').toLowerCase();
      return allowedFunctions.has(name) ? constants.SQLITE_OK : deny(`${name}()`);
    }
    return deny(actionNames.get(action) ?? `action ${action}`);
  });
  return { firstDenied: () => denied, usedTables };
}

const commentPattern = String.raw`--[^\n]*(?:\n|$)|/\*(?:[^*]|\*(?!/))*(?:\*/|$)`;
const leadingPattern = new RegExp(String.raw`^(?:[\s;]|${commentPattern})*`, 'u');
const emptyPattern = new RegExp(String.raw`^(?:[\s;]|${commentPattern})*$`, 'u');

/** Whether a text holds no statement: only blanks, semicolons and comments. */
export const isEmptySql = (text: string): boolean => emptyPattern.test(text);

/** The first word of a statement, in capitals. */
export const firstWord = (sql: string): string =>
  /^\w+/.exec(sql.slice(leadingPattern.exec(sql)?.[0].length ?? 0))?.[0].toUpperCase() ?? '';
