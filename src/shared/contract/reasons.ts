/**
 * What kind of thing is wrong where a file cannot be used. The window says each in the language of the person (`core.ts` of its catalogue); the
 * message beside it is core's own English sentence.
 */
export const workspaceReasons = [
  'missing',
  'lost',
  'empty',
  'foreign',
  'damaged',
  /** The write-ahead log beside the file is another file's. */
  'strange_log',
  /** The history of the file ends before what was written down beside it. */
  'behind',
  /** It goes as far, and another way. */
  'another_line',
  'unreadable',
  'read_only',
  'read_only_folder',
  'full',
  'newer',
  'older',
  'no_such_version',
  'not_empty_folder',
  'sandbox',
  /** It is the file of a sandbox that is damaged, and not live. */
  'sandbox_damaged',
  'bad_backups_place',
  'no_backups_place',
  'not_verified',
  /** The disk failed while live was being replaced; whoever opens it next settles that. */
  'unsettled',
] as const;
export type WorkspaceReason = (typeof workspaceReasons)[number];

export const backupReasons = [
  'missing',
  'damaged',
  'newer',
  'foreign',
  'unreadable',
  'no_room',
  /** Of another workspace. */
  'another',
] as const;
export type BackupReason = (typeof backupReasons)[number];

export const goldenReasons = [
  'missing',
  'changed',
  'damaged',
  'foreign',
  'newer',
  'unreadable',
  'no_room',
] as const;
export type GoldenReason = (typeof goldenReasons)[number];

/** Why a file as a whole is refused. Nothing is ever touched then, whatever was asked for. */
export const fileReasons = [
  'unreadable',
  'empty',
  'too_large',
  'not_utf8',
  'not_json',
  'not_xml',
  'not_a_graph',
  'truncated',
  'too_deep',
  'inexact_number',
  'duplicate_key',
  'not_an_object',
  'list_that_is_no_list',
  'nothing_to_import',
  'changed_since_preview',
  'no_room',
  'not_a_table',
  'no_answers',
  'old_workbook',
  'damaged_workbook',
  'unknown_document',
  'macros',
  'swells',
  'too_many_rows',
  'too_many_columns',
  'no_rows',
  'own_file',
  'unwritable',
  /** The folder for it. */
  'no_folder',
  /** A file of that name is there. */
  'there',
  'encrypted_there',
  'of_workspace',
  'not_frames',
  'damaged',
  'newer_format',
  'other_kind',
  'passphrase_needed',
  'wrong_passphrase',
  /** Where no passphrase can be given. */
  'encrypted',
] as const;
export type FileReason = (typeof fileReasons)[number];

/** Why sync with a server cannot go on. */
export const syncReasons = [
  'unreachable',
  /** Passwords and tokens would leave this computer unencrypted. */
  'not_encrypted',
  'credentials',
  'signed_out',
  'locked',
  'limited',
  'forbidden',
  'not_joined',
  'joined_already',
  /** What is erased here would stay at the server. */
  'shared',
  'not_live',
  'no_server',
  'older_server',
  'older_client',
  'other_history',
  'unsent',
  'not_yours',
  'unknown_university',
  'no_keyring',
  /** Nobody on the server would be an admin any more. */
  'last_admin',
  /** Nobody on the server has that id. */
  'no_user',
  'file_away',
  'no_file',
  /** The backup is not on the server any more. */
  'no_backup',
  /** The server has no place for backups, or none just now. */
  'makes_no_backups',
  'server_error',
] as const;
export type SyncReason = (typeof syncReasons)[number];

/** Why a statement over the question database is refused, or was ended. */
export const sqlReasons = [
  'empty',
  /** Anything but reading the documented tables with known functions. */
  'not_allowed',
  'second_statement',
  'syntax',
  /** The statement, or a value that it makes. */
  'too_long',
  'too_slow',
  'too_much_memory',
  'failed',
] as const;
export type SqlReason = (typeof sqlReasons)[number];

/** Why a language model is not asked, or gave no answer. */
export const modelReasons = [
  /** No model is chosen, or nothing may leave the computer for this workspace. */
  'off',
  'unreachable',
  /** By an answer of the server such as 400, 401 or 403, or because it redirects. */
  'refused',
  'rateLimited',
  'unknownModel',
  'badAnswer',
  /** The answer reached the limit of the model before its end. */
  'cutOff',
  /** The server answered with 5xx. */
  'failed',
  'timeout',
  /** The circuit breaker is open: it failed several times, and is asked again later. */
  'open',
] as const;
export type ModelReason = (typeof modelReasons)[number];
