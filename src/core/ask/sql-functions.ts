/**
 * Functions that a question may call. Excluded: those that access files, load code, reveal the program, or are not deterministic, except
 * `random`.
 */
export const allowedFunctions: ReadonlySet<string> = new Set(
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

/** Table-valued functions for JSON. */
export const tableFunctions: ReadonlySet<string> = new Set(['json_each', 'json_tree']);
