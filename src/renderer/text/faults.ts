import { ORPCError } from '@orpc/client';
import { faults } from '#shared/contract/fault-data.ts';
import type {
  DifferingRef,
  FaultCode,
  FaultData,
  Issue,
  NetworkProblem,
} from '#shared/contract/fault-data.ts';
import { filePosition, reasonSentence, targetReasons } from '#shared/texts/fault-text.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { jobStates } from '#shared/domain/jobs.ts';
import type { Verdict } from '#shared/domain/permissions.ts';
import type { RefusedCall } from '#shared/shell/refused-call.ts';
import { connectionStore } from '../api/connection.ts';
import { isCancelled } from '../api/failures.ts';
import { i18n, say } from '../i18n/setup.ts';
import { fieldName, joinWithAnd, lookUp, displayTitle, typeName } from './names.ts';
import { reasonText } from './reasons.ts';

/** The cause of an error of core, with its position in a file. */
function causeText(code: FaultCode, data: unknown): string | null {
  const cause = reasonSentence(code, data);
  if (cause === null) return null;
  const position = code === 'BAD_FILE' ? filePosition(data as FaultData<'BAD_FILE'>) : null;
  const positionText = position && lookUp(`faults:${position.key}`, position.values);
  return [reasonText(cause), positionText].filter(Boolean).join(' ');
}

function badFileKey({ reason }: FaultData<'BAD_FILE'>): string {
  if (reason === 'own_file') return 'ownFile';
  return targetReasons.has(reason) ? 'target' : 'BAD_FILE';
}

type Code = FaultCode | 'DISCONNECTED' | 'SHELL';

/** An error in three parts: what happened, whether data is safe, what to do; with details for support. */
export interface ErrorDescription {
  code: Code;
  title: string;
  safe: string;
  action: string;
  /** The exact cause: a rule, a field, a line. Null if there is none. */
  detail: string | null;
  trace: string | null;
}

type Parts = Pick<ErrorDescription, 'title' | 'safe' | 'action'>;

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
  const [field = '', index = '', ...fieldPath] = issue.path.split('.');
  if (field === 'changes' && /^\d+$/.test(index)) {
    const problem = issueText({ ...issue, path: fieldPath.join('.') });
    return say('faults:ofChange', { place: Number(index) + 1, problem });
  }
  const problem = issueProblem(issue);
  return field === '' ? problem : say('faults:named', { field: fieldOfPath(issue.path), problem });
}

/** The remaining records of a university that cannot be deleted; the first few by name. */
function inUseText({ title, counts, records }: FaultData<'IN_USE'>): string {
  const shownNames = records.map((record) =>
    say('faults:inUseName', { title: displayTitle(record.title, record.type), kind: typeName(record.type) }),
  );
  const count = sumOf(counts);
  const moreCount = count - shownNames.length;
  const names =
    moreCount > 0
      ? say('faults:inUseMore', { names: shownNames.join(', '), count: moreCount })
      : joinWithAnd(shownNames);
  return say('faults:inUse', { title, names, count });
}

/** The text of an issue that concerns a whole request, such as a missing permission or records in use. */
export function problemText({ problem, message, held, rule }: Issue): string {
  if (rule !== undefined) return permissionText(rule);
  return held ? inUseText(held) : issueProblem({ problem, message });
}

/** The problem of a value, as the end of a sentence that starts with its field. */
export const issueProblem = ({ problem, message }: Pick<Issue, 'problem' | 'message'>): string =>
  problem ? reasonText(problem) : message;

export function permissionText(rule: string): string {
  const key = `faults:rule.${rule}`;
  return i18n.exists(key) ? (say as (key: string) => string)(key) : rule;
}

/** Why a verdict denies an action, as a sentence; null if it allows the action or is unknown. */
export const denialText = (verdict: Verdict | null | undefined): string | null =>
  verdict?.allowed === false ? permissionText(verdict.rule) : null;

/** Reasons why an open workspace was not written or read. */
const writeReasons = ['full', 'read_only', 'no_backups_place', 'damaged', 'sandbox_damaged'];
const isWriteReason = (reason: string): boolean => writeReasons.includes(reason);

/** The records that others changed meanwhile; the first few by name and university. */
function changedByOthersText(records: readonly DifferingRef[]): string | null {
  const names = records.flatMap(({ title, university }) => {
    const ofUniversity = university == null ? '' : ` (${university})`;
    return title === '' ? [] : [`${title}${ofUniversity}`];
  });
  names.splice(5);
  if (names.length === 0) return null;
  const moreCount = records.length - names.length;
  if (moreCount > 0) return say('faults:movedMore', { names: names.join(', '), count: moreCount });
  return say('faults:moved', { names: joinWithAnd(names) });
}

type Details = { readonly [C in FaultCode]?: (data: FaultData<C>) => string | null };

/** The exact causes; for other codes, `causeText` gives the sentence of the reason. */
const causeTexts: Details = {
  INVALID: ({ issues }) => issues.map(issueText).join(' · '),
  FORBIDDEN: ({ rule }) => permissionText(rule),
  IN_USE: inUseText,
  MOVED_ON: ({ records }) => changedByOthersText(records),
  BUSY: ({ holder }) => (holder === null ? null : say('faults:busyHolder', { holder })),
  MODEL: ({ detail }) => detail,
  WORKSPACE: (data) =>
    isWriteReason(data.reason) && data.values?.['why'] === undefined ? null : causeText('WORKSPACE', data),
};

/** The refusal of another process of the program, in the window's language. */
export function refusalText({ code, data, message }: RefusedCall): string {
  const { reason } = (data ?? {}) as { reason?: unknown };
  if (code === 'INTERNAL' && typeof reason === 'string') return lookUp(`reasons:shell.${reason}`) ?? message;
  if (code === 'WORKSPACE') return causeText('WORKSPACE', data) ?? message;
  const { title, detail } = describeError(new ORPCError(code, { data, message }));
  if (detail === null) return `${title}.`;
  return code === 'BUSY' ? `${title}. ${detail}` : detail;
}

const notFoundKeys: Readonly<Record<string, string>> = {
  moment: 'noMoment',
  sandbox: 'noSandbox',
  'language-model': 'noModel',
  person: 'noPerson',
};

const networkKey = (network: NetworkProblem | undefined): string | undefined =>
  network && `network.${network.reason}`;

/** Why a server was not reached, and what to do. */
export function networkText(network: NetworkProblem): string {
  const { title, action } = partsOf(`network.${network.reason}`, { network });
  return `${title}. ${action}`;
}

/** What failed at a server, and what to do. */
export function syncProblemText(problem: FaultData<'SYNC'>): string {
  const { title, action } = partsOf(textKeys.SYNC?.(problem) ?? 'SYNC', problem);
  return `${title}. ${action}`;
}

/** The keys in `faults` of errors whose texts depend on their data. */
const textKeys: { readonly [C in FaultCode]?: (data: FaultData<C>) => string } = {
  WORKSPACE: ({ reason }) => (isWriteReason(reason) ? `writeFailed.${reason}` : 'WORKSPACE'),
  BAD_FILE: badFileKey,
  SYNC: ({ reason, network }) => networkKey(network) ?? `sync.${reason}`,
  MODEL: ({ reason, network }) => networkKey(network) ?? `model.${reason}`,
  BUSY: ({ what = 'workspace' }) => `busy.${what}`,
  ALREADY: ({ state }) => (jobStates.some((one) => one === state) ? 'jobState' : 'ALREADY'),
  GOLDEN: ({ version }) => (version > 0 ? 'goldenVersion' : 'GOLDEN'),
  NOT_FOUND: ({ type }) => notFoundKeys[type] ?? 'NOT_FOUND',
};

/** Text keys of errors after which the form keeps its input, because nothing was written. */
const inputKeptKeys = ['INVALID', 'writeFailed.full', 'writeFailed.read_only'];

/** The parts of an error’s text. A lockout without a stated time lasts at most an hour, so `minutes` is 60 by default. */
function partsOf(key: string, data: object & { network?: NetworkProblem | undefined }): Parts {
  const values = { minutes: 60, seconds: 0, ...data, ...data.network };
  const part = (name: keyof Parts | 'window'): string | undefined => lookUp(`faults:${key}.${name}`, values);
  const safe =
    inputKeptKeys.includes(key) || key.startsWith('busy.') ? 'faults:inputKept' : 'faults:unchanged';
  // `window`: for an action that names a command where the window has a button.
  const action = part('window') ?? part('action') ?? '';
  return { title: part('title') ?? key, safe: part('safe') ?? say(safe), action };
}

export function describeError(error: unknown): ErrorDescription {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'SHELL') return { code, ...partsOf(code, {}), detail: message, trace: null };
  if (code === 'DISCONNECTED') {
    const key = connectionStore.getState().failure === null ? code : 'unreached';
    return { code, ...partsOf(key, {}), detail: null, trace: null };
  }
  const data = faultData(error, code);
  if (data === null) return { code, ...partsOf(code, {}), detail: null, trace: null };
  const pick = <T>(table: { readonly [C in FaultCode]?: (data: never) => T }): T | undefined =>
    table[code]?.(data as never);
  const detail = pick(causeTexts);
  return {
    code,
    ...partsOf(pick(textKeys) ?? code, data),
    detail: detail === undefined ? causeText(code, data) : detail,
    trace: 'trace_id' in data ? data.trace_id : null,
  };
}
