/** Reason codes of unusable files; their texts are in `shared/texts`. */
export const workspaceReasons = [
  'missing',
  'lost',
  'empty',
  'foreign',
  'damaged',
  /** The write-ahead log belongs to another file. */
  'strange_log',
  /** The file's history ends before the recorded head. */
  'behind',
  /** The file's history is as long as the recorded one, but different. */
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
  /** The file of a sandbox is corrupt, not that of live. */
  'sandbox_damaged',
  'bad_backups_place',
  'no_backups_place',
  'not_verified',
  /** Files of documents are missing or different. */
  'documents',
  /** The disk failed while live was being replaced; the next start completes or reverts the replacement. */
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

/** Why a whole file is rejected. Nothing is changed then, whatever the options. */
export const fileReasons = [
  'unreadable',
  'empty',
  'too_large',
  'encoding_unclear',
  'encoding_fixed',
  'not_json',
  'not_xml',
  'not_a_graph',
  'truncated',
  'too_deep',
  'inexact_number',
  'duplicate_key',
  'not_an_object',
  'record_list',
  'list_that_is_no_list',
  'nothing_to_import',
  'changed_since_preview',
  'no_room',
  'not_a_table',
  'no_certificate',
  'no_answers',
  'old_workbook',
  'damaged_workbook',
  'unknown_document',
  /** The content of a file has another format than its name says, or (`not_as_named`) none that FRAMES knows. */
  'misnamed_document',
  'not_as_named',
  /** The stored file of a document is not the one that was attached. */
  'document_differs',
  'macros',
  'swells',
  'too_many_rows',
  'too_many_columns',
  'no_rows',
  'own_file',
  'unwritable',
  'no_folder',
  'there',
  'encrypted_there',
  'of_workspace',
  'not_frames',
  'damaged',
  'newer_format',
  'other_kind',
  'passphrase_needed',
  'wrong_passphrase',
  /** Encrypted, in a context where no passphrase can be given. */
  'encrypted',
] as const;
export type FileReason = (typeof fileReasons)[number];

/** Why sync with a server stopped. */
export const syncReasons = [
  'unreachable',
  /** No answer to a request that the server can have carried out. */
  'unconfirmed',
  'not_erased',
  /** Passwords and tokens would be sent unencrypted. */
  'not_encrypted',
  'credentials',
  /** This workspace is shared by another user. */
  'other_person',
  'signed_out',
  'locked',
  'limited',
  'forbidden',
  'not_joined',
  'joined_already',
  /** Data erased here would stay at the server. */
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
  'last_admin',
  'no_user',
  'file_away',
  'no_file',
  'no_backup',
  /** The server has no storage for backups, or none at the moment. */
  'makes_no_backups',
  'server_error',
] as const;
export type SyncReason = (typeof syncReasons)[number];

/** Why a certificate is refused that is accepted once its CA is trusted. */
export const trustReasons = [
  /** The CA that issued the certificate is not trusted, or the server leaves out an intermediate certificate. */
  'unknown_issuer',
  'self_signed',
] as const;

/** Why TLS fails with a server that speaks it. */
export const certificateReasons = [
  ...trustReasons,
  'certificate_expired',
  'certificate_not_yet_valid',
  'wrong_host',
  /** Another fault of the certificate; `what` is OpenSSL's code. */
  'certificate_refused',
  'tls_refused',
  'ca_file_unreadable',
  'ca_file_empty',
] as const;

/** Why a request did not reach a server. */
export const networkReasons = [
  'host_not_found',
  'connection_refused',
  'no_route',
  'timed_out',
  'connection_reset',
  ...certificateReasons,
  /** The port does not speak TLS. */
  'no_tls',
  /** An http connection was cut off, as by a port that expects TLS. */
  'needs_tls',
  'proxy_unreachable',
  'proxy_sign_in',
  'proxy_refused',
  /** The named proxy is no address, or of an unsupported kind, such as SOCKS. */
  'proxy_invalid',
  'redirected',
  /** Not an http or https address; `what` is the typed text. */
  'invalid_address',
  /** `what` does not belong to the address of a server: a sign-in, a query, or a path at which the server does not answer. */
  'extra_address_part',
  /** A page instead of an answer: of another site, or of a guest network that asks for a sign-in. */
  'web_page',
  /** A reverse proxy whose server is down. */
  'gateway',
  'connection_failed',
] as const;
export type NetworkReason = (typeof networkReasons)[number];

/** Why a statement on the question database was refused or stopped. */
export const sqlReasons = [
  'empty',
  /** Anything except reading the documented tables with known functions. */
  'not_allowed',
  'second_statement',
  'syntax',
  /** The statement, or one of its values. */
  'too_long',
  'too_slow',
  'too_much_memory',
  'failed',
] as const;
export type SqlReason = (typeof sqlReasons)[number];

export const modelReasons = [
  /** No model is selected, or this workspace does not allow sending data. */
  'off',
  /** The request holds values of records, which the level of the workspace does not allow. */
  'level',
  'unreachable',
  /** The server answered with a status such as 400, 401 or 403, or with a redirect. */
  'refused',
  'rateLimited',
  'unknownModel',
  'badAnswer',
  /** The answer is not a new wording of the texts that were sent. */
  'unfit',
  /** The answer reached the model's length limit. */
  'cutOff',
  'failed',
  'timeout',
  /** The circuit breaker is open after several failures; the model is asked again later. */
  'open',
] as const;
export type ModelReason = (typeof modelReasons)[number];
