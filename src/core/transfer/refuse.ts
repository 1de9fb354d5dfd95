import { Fault } from '#shared/contract/faults.ts';

/** Why a file as a whole is refused. Nothing is ever touched then, whatever was asked for. */
export type Refusal =
  | 'unreadable'
  | 'empty'
  | 'too_large'
  | 'not_utf8'
  | 'not_json'
  | 'truncated'
  | 'too_deep'
  | 'not_an_object'
  | 'list_that_is_no_list'
  | 'nothing_to_import'
  | 'changed_since_preview'
  | 'no_room'
  | 'not_a_table'
  | 'old_workbook'
  | 'damaged_workbook'
  | 'swells'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'no_rows'
  | 'own_file'
  | 'unwritable'
  | 'not_frames'
  | 'damaged'
  | 'newer_format'
  | 'other_kind'
  | 'passphrase_needed'
  | 'wrong_passphrase';

/** The fault for a refused file: `line` counts from 1, `path` is a JSON path. */
export function refusal(
  reason: Refusal,
  message: string,
  at: { line?: number | null; path?: string | null } = {},
): Fault<'BAD_FILE'> {
  return new Fault('BAD_FILE', message, { reason, line: at.line ?? null, path: at.path ?? null });
}
