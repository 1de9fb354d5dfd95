import type { Issue } from '../contract/fault-data.ts';
import rules from './en/rules.ts';
import { fill } from './fill.ts';
import type { TextValues } from './fill.ts';

/** The server's errors in English, by code and cause; without a cause, the default. FRAMES shows its own texts for most of them. */
const serverTexts = {
  UNAUTHORIZED: 'Sign in first: the access token is missing or expired.',
  'UNAUTHORIZED.metrics':
    'The token for the metrics is missing or wrong: FRAMES_METRICS_TOKEN of the server.',
  'UNAUTHORIZED.signature': 'The signature of the delivery is missing, wrong or too old.',
  INVALID_CREDENTIALS: 'The email, the password or the token is wrong.',
  'INVALID_CREDENTIALS.ended': 'That sign-in has ended. Start it again.',
  'INVALID_CREDENTIALS.password': 'That is not your current password.',
  'INVALID_CREDENTIALS.bootstrap':
    'The bootstrap token is wrong, or has been used: it creates the first admin once.',
  SESSION_REVOKED:
    'This sign-in was used twice and has been ended to be safe. Sign in again; nothing on this computer is lost.',
  ACCOUNT_LOCKED:
    'Too many attempts to sign in failed. Try again in {{minutes}} min, or ask an admin of the server for a new password.',
  FORBIDDEN: 'Your role or university does not allow this.',
  'FORBIDDEN.state_needs_researcher': 'Only admins and researchers replace all records.',
  'FORBIDDEN.admins_only': 'Only admins of the server may do this.',
  'FORBIDDEN.people': rules.people_on_server,
  'FORBIDDEN.sign_in_denied': 'Your university did not sign you in, or you cancelled it.',
  'FORBIDDEN.sign_in_invalid':
    'The answer of your university’s sign-in was invalid. Try again; if that does not help, tell an admin of the server.',
  'FORBIDDEN.sign_in_unverified':
    'Your university does not confirm your email address, so the server cannot recognise you. Ask an admin of the server.',
  'FORBIDDEN.sign_in_unknown':
    'You have no account on this server yet. Ask an admin of the server to make one with your email address.',
  'FORBIDDEN.sign_in_inactive': 'Your access to this server has ended. Ask an admin of the server.',
  'FORBIDDEN.sign_in_other_person':
    'Your email address belongs to another person’s account here. Ask an admin of the server.',
  RATE_LIMITED: 'Too many requests. Try again later.',
  VALIDATION_ERROR: 'The request is not well formed: send JSON.',
  'VALIDATION_ERROR.late': 'The request did not arrive in time.',
  'VALIDATION_ERROR.not_http': 'This is not an HTTP request.',
  'VALIDATION_ERROR.unstorable': 'The request has a value that the server cannot store.',
  NOT_FOUND: 'There is no such route.',
  'NOT_FOUND.backup': 'There is no such backup.',
  'NOT_FOUND.ask': 'This program has no workspaces, so it answers no questions. Ask in a workspace.',
  'NOT_FOUND.map': 'No map of a repository of this project was synced to this server.',
  NO_OIDC: 'This server has no sign-in by a university: use a password.',
  EMAIL_TAKEN: 'A user with the email {{email}} already exists.',
  DUPLICATE_ID: 'The id "{{id}}" is in use.',
  'DUPLICATE_ID.twice': 'The id "{{id}}" is given twice.',
  IN_USE: 'The university still has records. Confirm that they are hidden with it.',
  JOB_STATE: 'Job "{{id}}" is {{state}}, so this is not possible. Nothing was changed.',
  LAST_ADMIN: 'No admin would be left. Make another user an admin first.',
  MOVED_ON: 'The state has changed since you read it.',
  OTHER_HISTORY: 'The server was restored, or is another one: its history is not the one you know.',
  TOO_LARGE: 'The request is too large.',
  'TOO_LARGE.files': 'Your files take up more than {{limit, number}} bytes on this server. Ask its admin.',
  'TOO_LARGE.uploads':
    'Your unfinished uploads take up more than {{limit, number}} bytes on this server. Try again later, or ask its admin.',
  'TOO_LARGE.head': 'The head of the request is too large.',
  'TOO_LARGE.records': 'There are more than {{limit, number}} records: use sync.',
  UPGRADE_REQUIRED: 'This server is older than your FRAMES. Ask its admin to update it.',
  CLIENT_OUTDATED: 'Your FRAMES is older than this server. Update it.',
  UNAVAILABLE: 'The server cannot answer now. Try again in a moment.',
  'UNAVAILABLE.no_backups': 'This server makes no backups: FRAMES_BACKUP_DIR is not set.',
  'UNAVAILABLE.restoring': 'A restore is already running.',
  'UNAVAILABLE.oidc': 'The sign-in of your university cannot be reached now.',
  INTERNAL: 'Something went wrong on the server. Nothing was changed.',
} as const;

type Suffix<Code extends string, Key> = Key extends `${Code}.${infer Cause}` ? Cause : never;
/** The causes of a code that have a text of their own. */
export type ServerCause<Code extends string> = Suffix<Code, keyof typeof serverTexts>;

/** The sentence of an error: of its first issue, its rule, its cause, or its code. */
export function serverText(code: string, data: object, cause?: string): string {
  const { issues = [], rule } = data as { issues?: readonly Issue[]; rule?: string };
  const [firstIssue] = issues;
  if (firstIssue) return `${firstIssue.path || 'The request'}: ${firstIssue.message}`;
  if (rule !== undefined && Object.hasOwn(rules, rule)) return rules[rule as keyof typeof rules];
  const textsByCode: Readonly<Record<string, string>> = serverTexts;
  const notFoundText = `There is no ${code.replace('_NOT_FOUND', '').replaceAll('_', ' ').toLowerCase()} "{{id}}".`;
  return fill(
    textsByCode[`${code}.${cause ?? rule ?? ''}`] ?? textsByCode[code] ?? notFoundText,
    data as TextValues,
  );
}
