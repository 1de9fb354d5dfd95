import { ORPCError } from '@orpc/client';
import { faults } from '#shared/contract/fault-data.ts';
import type { DifferingRef, FaultCode, FaultData, Issue } from '#shared/contract/fault-data.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { jobStates } from '#shared/domain/jobs.ts';
import type { Refused } from '#shared/shell/refused.ts';
import type { FileReason } from '#shared/contract/reasons.ts';
import { connection } from '../api/connection.ts';
import { isCancelled } from '../api/failures.ts';
import { i18n, say } from '../i18n/setup.ts';
import { coreText } from './core.ts';
import { foundText } from './found.ts';
import { fieldName, joined, lookUp, titleOr, typeName } from './names.ts';

/** The problem of a file, and its position. */
function fileText({ reason, line, path }: FaultData<'BAD_FILE'>, message: string): string {
  const where =
    line !== null ? say('faults:fileAt', { line }) : path !== null ? say('faults:filePath', { path }) : '';
  return [coreText('file', reason, message), where].filter((part) => part !== '').join(' ');
}

/** Reasons why a file could not be written. */
const unwritable: ReadonlySet<string> = new Set<FileReason>([
  'unwritable',
  'no_folder',
  'there',
  'encrypted_there',
  'of_workspace',
]);

/** The text group of a refused file. */
function fileTexts({ reason }: Pick<FaultData<'BAD_FILE'>, 'reason'>) {
  if (reason === 'own_file') return 'faults:ownFile' as const;
  return unwritable.has(reason) ? ('faults:target' as const) : ('faults:BAD_FILE' as const);
}

type Code = FaultCode | 'DISCONNECTED' | 'SHELL';

/** An error in three parts: what happened, whether data is safe, what to do; with details for support. */
export interface Described {
  code: Code;
  title: string;
  safe: string;
  action: string;
  /** The exact cause: a rule, a field, a line. Null if there is none. */
  detail: string | null;
  trace: string | null;
}

type Parts = Pick<Described, 'title' | 'safe' | 'action'>;

function codeOf(error: unknown): Code {
  if (isCancelled(error)) return 'CANCELLED';
  if (!(error instanceof ORPCError)) return 'SHELL';
  if (error.code === 'DISCONNECTED') return 'DISCONNECTED';
  const code: unknown = error.code;
  return typeof code === 'string' && Object.hasOwn(faults, code) ? (code as FaultCode) : 'INTERNAL';
}

/** The data of a declared error; null for other errors. */
export function faultData<C extends FaultCode>(error: unknown, code: C): FaultData<C> | null {
  if (!(error instanceof ORPCError) || error.code !== code) return null;
  const parsed = faults[code].data.safeParse(error.data);
  return parsed.success ? (parsed.data as FaultData<C>) : null;
}

/** The field of an issue: the first part of its path, or all of it for a custom field. */
export function fieldOfPath(path: string): string {
  const [first = ''] = path.split('.');
  const name = fieldName(first);
  return name === first ? fieldName(path) : name;
}

/** "Size must be at least 1"; with several changes, including the index of the change. */
export function issueText(issue: Issue): string {
  const [field = '', place = '', ...rest] = issue.path.split('.');
  if (field === 'changes' && /^\d+$/.test(place)) {
    const problem = issueText({ ...issue, path: rest.join('.') });
    return say('faults:ofChange', { place: Number(place) + 1, problem });
  }
  const problem = coreText('issue', issue.code, issue.message);
  return field === '' ? problem : say('faults:named', { field: fieldOfPath(issue.path), problem });
}

/** The remaining records of a university that cannot be deleted; the first few by name. */
function inUseText({ title, counts, records }: FaultData<'IN_USE'>): string {
  const all = records.map((one) =>
    say('faults:inUseName', { title: titleOr(one.title, one.type), kind: typeName(one.type) }),
  );
  const count = sumOf(counts);
  const rest = count - all.length;
  const names = rest > 0 ? say('faults:inUseMore', { names: all.join(', '), count: rest }) : joined(all);
  return say('faults:inUse', { title, names, count });
}

/** The cause of a refused request as a whole. */
export function problemText({ code, message, held, rule }: Issue): string {
  if (rule !== undefined) return permissionText(rule);
  return held ? inUseText(held) : coreText('issue', code, message);
}

export function permissionText(rule: string): string {
  const key = `faults:rule.${rule}`;
  return i18n.exists(key) ? (say as (key: string) => string)(key) : rule;
}

/** Reasons why an open workspace was not written or read. */
const writeReasons = ['full', 'read_only', 'no_backups_place', 'damaged', 'sandbox_damaged'] as const;

function writeReasonOf(error: unknown): (typeof writeReasons)[number] | null {
  const reason = faultData(error, 'WORKSPACE')?.reason;
  return writeReasons.find((one) => one === reason) ?? null;
}

/** The records that others changed meanwhile; the first few by name and university. */
function movedText(records: readonly DifferingRef[]): string | null {
  const shown = records.flatMap(({ title, university }) => {
    const whose = university == null ? '' : ` (${university})`;
    return title === '' ? [] : [`${title}${whose}`];
  });
  shown.splice(5);
  if (shown.length === 0) return null;
  const rest = records.length - shown.length;
  if (rest > 0) return say('faults:movedMore', { names: shown.join(', '), count: rest });
  return say('faults:moved', { names: joined(shown) });
}

const isDamaged = (reason: unknown): boolean => reason === 'damaged' || reason === 'sandbox_damaged';

/** Removes the closing sentence that every error has. */
const withoutSafe = (message: string): string => message.replace(/ Nothing was changed\.$/, '');

/** The details of the corruption, such as SQLite's message; null if there are none. */
function damageText(message: string): string | null {
  if (message.startsWith('Damage was met in ')) return say('faults:unwritten.damaged.notWritten');
  const found = /\bis damaged: (?<what>.+?)\.?(?= [A-Z]|$)/.exec(message)?.groups?.['what'];
  if (i18n.language === 'en') return found === undefined ? withoutSafe(message) : `${found}.`;
  return found === undefined || found.startsWith('SQLite cannot read') ? null : `${foundText(found)}.`;
}

function detailOf(error: unknown): string | null {
  const message = error instanceof Error ? error.message : String(error);
  const invalid = faultData(error, 'INVALID');
  if (invalid) return invalid.issues.map(issueText).join(' · ');
  const forbidden = faultData(error, 'FORBIDDEN');
  if (forbidden) return permissionText(forbidden.rule);
  const used = faultData(error, 'IN_USE');
  if (used) return inUseText(used);
  const moved = faultData(error, 'MOVED_ON');
  if (moved) return movedText(moved.records);
  const busy = faultData(error, 'BUSY');
  if (busy) return busy.holder === null ? null : say('faults:busyHolder', { holder: busy.holder });
  const file = faultData(error, 'BAD_FILE');
  if (file) return fileText(file, message);
  const backup = faultData(error, 'BACKUP');
  if (backup) return coreText('backup', backup.reason, message);
  const golden = faultData(error, 'GOLDEN');
  if (golden) return coreText('golden', golden.reason, message);
  const sql = faultData(error, 'SQL');
  if (sql) return coreText('sql', sql.reason, message);
  const model = faultData(error, 'MODEL');
  if (model) return model.detail;
  const workspace = faultData(error, 'WORKSPACE');
  // The reason is already a complete description.
  const why = writeReasonOf(error);
  if (why !== null) return isDamaged(why) ? damageText(message) : null;
  return workspace ? coreText('workspace', workspace.reason, message) : null;
}

/** The refusal of another process of the program, in the window's language. */
export function refusalText({ code, data, message }: Refused): string {
  if (i18n.language === 'en' && message !== '') return message;
  const { reason } = (data ?? {}) as { reason?: unknown };
  if (code === 'INTERNAL' && typeof reason === 'string') return coreText('shell', reason, message);
  if (code === 'WORKSPACE' && isDamaged(reason)) return coreText('workspace', String(reason), message);
  const { title, detail } = describeError(new ORPCError(code, { data, message }));
  if (detail === null) return `${title}.`;
  return code === 'BUSY' ? `${title}. ${detail}` : detail;
}

function textsOf(error: unknown, code: Code) {
  const why = writeReasonOf(error);
  if (why !== null) return `faults:unwritten.${why}` as const;
  if (code === 'DISCONNECTED' && connection.getState().failure !== null) return 'faults:unreached' as const;
  const file = faultData(error, 'BAD_FILE');
  if (file) return fileTexts(file);
  const sync = faultData(error, 'SYNC');
  if (sync) return `faults:sync.${sync.reason}` as const;
  const model = faultData(error, 'MODEL');
  if (model) return `languageModels:fault.${model.reason}` as const;
  const state = faultData(error, 'ALREADY')?.state;
  if (jobStates.some((one) => one === state)) return 'faults:jobState' as const;
  const missing = faultData(error, 'NOT_FOUND')?.type;
  if (missing === 'moment') return 'faults:noMoment' as const;
  if (missing === 'sandbox') return 'faults:noSandbox' as const;
  if (missing === 'language-model') return 'faults:noModel' as const;
  if (missing === 'person') return 'faults:noPerson' as const;
  return `faults:${code}` as const;
}

/** The golden version that cannot be used, and why; version 0 is the shipped one. */
function goldenParts({ version, reason }: FaultData<'GOLDEN'>, message: string): Parts {
  const why = coreText('golden', reason, withoutSafe(message));
  return {
    title: version > 0 ? say('faults:GOLDEN.version', { version }) : say('faults:GOLDEN.title'),
    safe: `${why} ${say('faults:unchanged')}`,
    action: say('faults:GOLDEN.action'),
  };
}

/** Errors before anything was written: the form keeps its input. */
const keepsInput: readonly Texts[] = [
  'faults:INVALID',
  'faults:BUSY',
  'faults:unwritten.full',
  'faults:unwritten.read_only',
];

function partsOf(error: unknown, code: Code): Parts {
  const of = textsOf(error, code);
  const golden = faultData(error, 'GOLDEN');
  if (golden) return goldenParts(golden, error instanceof Error ? error.message : '');
  return {
    title: say(`${of}.title`),
    safe: lookUp(`${of}.safe`) ?? say(keepsInput.includes(of) ? 'faults:inputKept' : 'faults:unchanged'),
    action: actionOf(error, of),
  };
}

type Texts = ReturnType<typeof textsOf>;

/** The action with the duration of a lock or pause; servers that do not state one lock for at most an hour. */
function actionOf(error: unknown, of: Texts): string {
  const sync = faultData(error, 'SYNC');
  if (sync?.reason === 'locked') return say('faults:sync.locked.action', { minutes: sync.minutes ?? 60 });
  const model = faultData(error, 'MODEL');
  if (model?.reason === 'open')
    return say('languageModels:fault.open.action', { seconds: model.seconds ?? 0 });
  return say(`${of as Exclude<Texts, 'faults:sync.locked' | 'languageModels:fault.open'>}.action`);
}

/** Describes any caught error. */
export function describeError(error: unknown): Described {
  const code = codeOf(error);
  return {
    code,
    ...partsOf(error, code),
    detail: code === 'SHELL' ? (error instanceof Error ? error.message : String(error)) : detailOf(error),
    trace: faultData(error, 'INTERNAL')?.trace_id ?? null,
  };
}
