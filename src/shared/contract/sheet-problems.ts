import { z } from 'zod';
import { jsonValue } from './record.ts';

export const sheetProblem = z.object({
  code: z.enum([
    'unknown_choice',
    'not_a_number',
    'out_of_range',
    'not_whole',
    /** A valid but unlikely number: 99,999,999 members. */
    'unlikely_number',
    'not_yes_or_no',
    'not_an_object',
    'too_long',
    'cell_error',
    'converted',
    'reference_missing',
    'reference_ambiguous',
    'reference_created',
    /** A name to be created that is nearly the same as another one in the table or of an existing record. */
    'reference_alike',
    /** A text with letters probably lost or garbled before the import: "?ukasz", "MÃ¼ller". */
    'lost_letters',
    /** Name and id of a cell refer to different records (`becomes`: the title for the id). The name counts. */
    'name_over_id',
    /** An unknown or ambiguous name next to the id of a record with another name (`becomes`). The id counts. */
    'id_over_name',
    'name_missing',
    /** A contact without a known participant. */
    'people_missing',
    'end_missing',
    'end_unknown',
    /** Several records have the name of an end; the suggestions tell them apart. */
    'end_ambiguous',
    /** Shares read as fractions of one. */
    'share_fraction',
    /** Shares read as per cent of which none is above `value`, so that they can be points on a scale. */
    'share_small',
    /** A share read as 100 % minus its value (`becomes`). One problem per column, with an example. */
    'share_rest',
    /** A loss that contradicts its bond (`becomes`). */
    'loss_bond',
    /** A row that is probably a total of the others. */
    'total_row',
    /** A row that is probably the heading or footer of a section. */
    'section_row',
    /** A row with the name of an organisation in a table of people. */
    'organisation_row',
    /** A row of another type, according to its type column. */
    'other_type',
    /** An unknown word in the column of types; the row gets the type of the others (`becomes`). */
    'unknown_type',
    /** A placeholder for no value: "N/A", "TBD". */
    'placeholder',
    /** Several names in a cell for one. */
    'several_names',
    /** Several teams of a student: the first is the team, the others (`becomes`) are further teams. */
    'several_teams',
    /** Several names in an end of a link; each becomes a link (`becomes`: the number). */
    'several_links',
    /** A link that goes both ways becomes two links. */
    'both_ways',
    /** Ambiguous numbers without a hint in the table; read by `becomes`: point or comma. One per table. */
    'number_order',
    'same_ends',
    'bad_id',
    'id_taken',
    'repeated',
    /** A row of the same person as an earlier row (`becomes`: its line), by name and e-mail or number; both become one record. */
    'joined_row',
    'match_ambiguous',
    /** Numeric dates with an unknown order of day and month. One problem per separator. */
    'date_order',
    /** Numeric dates read by a default order, or with a two-digit year. */
    'date_read',
    /** Not a date, in a date field or a custom column of days; `empty` if the day does not exist. */
    'not_a_date',
    'not_https',
  ]),
  column: z.number().nullable(),
  field: z.string().nullable(),
  /** The value as written. All rows with the same problem and value are one entry. */
  value: z.string(),
  count: z.number(),
  lines: z.array(z.number()),
  /** Number of these rows that are imported; in the others the existing record has the value already. */
  came: z.number(),
  /** `decide`: needs a decision. `along`: creates a record. `minor`: read by its likely meaning. `known`: the existing record has it. */
  weight: z.enum(['decide', 'along', 'minor', 'known']),
  action: z.enum(['kept', 'empty', 'skipped', 'converted', 'created']),
  becomes: jsonValue.nullable(),
  /** Possible meanings: a list value, a record with its title, another name, or an order of day and month with an example. */
  suggestions: z.array(z.object({ value: z.string(), label: z.string() })),
});
export type SheetProblem = z.infer<typeof sheetProblem>;
