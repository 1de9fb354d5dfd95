import type {
  DifferingRef,
  FaultCode,
  FaultData,
  Issue,
  NetworkProblem,
  UndoConflict,
} from '../contract/fault-data.ts';
import type { FileReason } from '../contract/reasons.ts';
import { sumOf } from '../domain/counts.ts';
import { jobStates } from '../domain/jobs.ts';
import { isAuditedType } from '../domain/types.ts';
import faults from './en/faults.ts';
import typeNouns from './en/type-nouns.ts';
import { fill } from './fill.ts';
import { sentenceText } from './sentence.ts';
import type { Sentence, SentenceValues } from './sentence.ts';

const quote = (text: string): string => `"${text}"`;

/** `"Thermal" (team_1)`, or the id alone for a record without a title. */
const recordText = ({ title, id }: { title: string; id: string }): string =>
  title === '' ? id : `${quote(title)} (${id})`;

const moreText = ({ length }: readonly unknown[]): string => (length > 1 ? ` (and ${length - 1} more)` : '');

/** The rule of a denied change; the rule's code if it has no text. */
function ruleText(rule: string): string {
  return Object.hasOwn(faults.rule, rule) ? faults.rule[rule as keyof typeof faults.rule] : rule;
}

const otherNouns: Readonly<Record<string, string>> = {
  moment: 'point in time',
  transaction: 'change',
  operation: 'rejected change',
  'language-model': 'language model',
};

const missingStates: Readonly<Record<string, string>> = {
  deleted: 'is deleted',
  hidden: 'is hidden, because what it belongs to is deleted',
  in_trash: 'is in the trash: recover it first',
};

function missingText({ type, id, state, begins }: FaultData<'NOT_FOUND'>): string {
  if (type === 'sample') return 'This workspace has no sample data.';
  if (type === 'document file') return 'The file of this document is not on this computer.';
  if (type === 'person') return `No person has the id or name ${quote(id)}.`;
  const noun = isAuditedType(type) ? typeNouns[type][0] : (otherNouns[type] ?? type);
  if (state !== undefined) return `The ${noun} ${quote(id)} ${missingStates[state]}.`;
  const reason =
    begins === undefined ? '' : ` The history begins at ${begins.slice(0, 19).replace('T', ' ')} (UTC).`;
  return `There is no ${noun} ${quote(id)}.${reason}`;
}

/** `size: must be a number`; with several changes, after the number of the change. */
function issueLine({ path, message }: Issue): string {
  const [, changeIndex, field = ''] = /^changes\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
  const line = `${(changeIndex === undefined ? path : field) || 'The record'}: ${message}`;
  return changeIndex === undefined ? line : `Change ${Number(changeIndex) + 1}: ${line}`;
}

function inUseText({ title, counts, records }: FaultData<'IN_USE'>): string {
  const count = sumOf(counts);
  const names = records.map((record) => `${record.type} ${recordText(record)}`).join(', ');
  const moreRecords = count > records.length ? ` and ${count - records.length} more` : '';
  const [amount, pronoun] = count === 1 ? ['1 record', 'it'] : [`${count} records`, 'them'];
  return `${quote(title)} still has ${amount}: ${names}${moreRecords}. Move ${pronoun} first, or delete ${pronoun} too.`;
}

function alreadyText({ id, state }: FaultData<'ALREADY'>): string {
  if (state === 'live') return `${quote(id)} is not deleted.`;
  if (state === 'deleted') return `${quote(id)} is deleted already.`;
  return jobStates.includes(state) ? `Job ${quote(id)} is ${state}, so this is not possible.` : '';
}

function unknownActorText({ actor, candidates, signed_in, owner }: FaultData<'UNKNOWN_ACTOR'>): string {
  if (candidates !== undefined)
    return `Several profiles are named ${quote(actor)}. Use an id: ${candidates.join(', ')}.`;
  if (signed_in !== undefined)
    return `This workspace is shared with a server, where ${signed_in} is signed in. Nobody else can act in it.`;
  const hint = owner === undefined ? '' : ` A new workspace has only the profile ${quote(owner)}.`;
  return `There is no profile ${quote(actor)} in this workspace.${hint}`;
}

function conflictText({ conflicts }: { conflicts: readonly UndoConflict[] }): string {
  const [firstConflict] = conflicts;
  if (!firstConflict) return 'Nothing was undone.';
  const subject =
    firstConflict.field === null
      ? recordText(firstConflict)
      : `${firstConflict.field} of ${recordText(firstConflict)}`;
  const text =
    firstConflict.reason === 'changed_since'
      ? fill(faults.conflict.changed_since, { field: subject })
      : `${subject} ${faults.conflict[firstConflict.reason]}`;
  return `${text}${moreText(conflicts)}. Nothing was undone.`;
}

function movedText({ records }: { records: readonly DifferingRef[] }): string {
  const [firstRecord] = records;
  const subject = firstRecord
    ? `${recordText(firstRecord)}${moreText(records)} was changed`
    : 'The workspace was replaced';
  return `${subject} since you compared it. Nothing was changed. Compare again.`;
}

function undecidedText({ conflicts }: { conflicts: readonly DifferingRef[] }): string {
  const [firstConflict] = conflicts;
  const field = firstConflict?.field == null ? '' : `${firstConflict.field} of `;
  const record = firstConflict ? recordText(firstConflict) : 'a record';
  return `Both sides changed ${field}${record}${moreText(conflicts)}. Decide with --conflicts. Nothing was changed.`;
}

const networkValues = ({ host, proxy, what }: NetworkProblem) => ({
  host,
  proxy: proxy ?? '',
  what: what ?? '',
});

/** Why a server was not reached. */
export const networkTitle = (problem: NetworkProblem): string =>
  fill(faults.network[problem.reason].title, networkValues(problem));

/** Why a server was not reached, and what to do. */
export const networkText = (problem: NetworkProblem): string =>
  `${networkTitle(problem)}. ${fill(faults.network[problem.reason].action, networkValues(problem))}`;

/** What to do by command, where the window names a page. */
const syncCommands: Partial<Record<FaultData<'SYNC'>['reason'], string>> = {
  signed_out: 'Sign in with "frames sync sign-in".',
  not_joined: 'Join one with "frames sync join" first.',
  other_history: 'Compare with "frames sync compare", and repair with "frames sync repair".',
};

function syncText({ reason, minutes = 60, detail, network }: FaultData<'SYNC'>): string {
  if (network) return networkText(network);
  const texts: { title: string; safe?: string; action: string } = faults.sync[reason];
  const { title, safe, action } = texts;
  if (detail !== undefined) return `${title}: ${detail}`;
  return [`${title}.`, safe, syncCommands[reason] ?? fill(action, { minutes })].filter(Boolean).join(' ');
}

function modelText({ reason, name, status, detail, seconds, network }: FaultData<'MODEL'>): string {
  if (network)
    return [name === null ? '' : `${quote(name)}:`, networkText(network)].filter(Boolean).join(' ');
  const { title, action } = faults.model[reason];
  const details = [name === null ? '' : quote(name), status === null ? '' : `HTTP ${status}`].filter(Boolean);
  const subject = details.length === 0 ? title : `${title} (${details.join(', ')})`;
  return [`${subject}.`, fill(action, { seconds: seconds ?? 0 }), detail].filter(Boolean).join(' ');
}

const reasonGroups = {
  BAD_FILE: 'file',
  WORKSPACE: 'workspace',
  BACKUP: 'backup',
  GOLDEN: 'golden',
  SQL: 'sql',
  REPOSITORY: 'repository',
} as const satisfies Partial<Record<FaultCode, string>>;

/** The cause of an error with a reason, as a text of `reasons`; null for other errors, whose text is in `faults`. */
export function reasonSentence(code: string, data: unknown): Sentence | null {
  if (!Object.hasOwn(reasonGroups, code)) return null;
  const { reason, values, id, what, path } = (data ?? {}) as {
    reason: string;
    values?: SentenceValues;
    id?: string;
    what?: string | null;
    path?: string | null;
  };
  return {
    code: `${reasonGroups[code as keyof typeof reasonGroups]}.${reason}`,
    values: {
      ...values,
      ...(id !== undefined && { id }),
      ...(what !== undefined && { what: what ?? '' }),
      ...(path != null && { path }),
    },
  };
}

/** The position in a refused file. */
export function filePosition({ line, path }: FaultData<'BAD_FILE'>) {
  if (line !== null) return { key: 'fileAt', values: { line } } as const;
  return path === null ? null : ({ key: 'filePath', values: { path } } as const);
}

/** Reasons why a file could not be written. */
export const targetReasons: ReadonlySet<string> = new Set<FileReason>([
  'unwritable',
  'no_folder',
  'there',
  'encrypted_there',
  'of_workspace',
]);

function fileText(data: FaultData<'BAD_FILE'>): string {
  const position = filePosition(data);
  const positionText = position === null ? '' : fill(faults[position.key], position.values);
  const unchangedNote = targetReasons.has(data.reason) ? faults.unchanged : '';
  return [causeOf('BAD_FILE', data), positionText, unchangedNote].filter(Boolean).join(' ');
}

function causeOf(code: keyof typeof reasonGroups, data: unknown): string {
  const cause = reasonSentence(code, data);
  return cause === null ? '' : sentenceText(cause).trim();
}

/** The English sentence of each error, for the command line, the server and the log. The window shows `en/faults.ts` and `de/faults.ts`. */
const sentences: { readonly [C in FaultCode]: (data: FaultData<C>) => string } = {
  NOT_FOUND: missingText,
  INVALID: ({ issues }) =>
    `${issues[0] ? `${issueLine(issues[0])}${moreText(issues)}` : faults.INVALID.title}. ${faults.unchanged}`,
  FORBIDDEN: ({ rule }) => ruleText(rule),
  DUPLICATE_ID: ({ id, type }) => `The id ${quote(id)} already belongs to a ${type}.`,
  IN_USE: inUseText,
  ALREADY: alreadyText,
  BUSY: ({ holder, what }) => {
    const { title, action } = faults.busy[what ?? 'workspace'];
    const heldBy = holder === null ? '' : ` ${fill(faults.busyHolder, { holder })}`;
    return `${title}.${heldBy} ${faults.unchanged} ${action}`;
  },
  NOTHING_TO_UNDO: ({ direction }) => `You have no change to ${direction}.`,
  UNDO_CHANGED: () => 'Another change was made since. Nothing was undone.',
  UNDO_CONFLICT: conflictText,
  MOVED_ON: movedText,
  UNDECIDED: undecidedText,
  NOT_EMPTY: ({ counts }) =>
    `The workspace already has ${sumOf(counts)} records. Import into it with --force, or use an empty workspace.`,
  UNKNOWN_ACTOR: unknownActorText,
  GRANT_EXPIRED: () => `${faults.GRANT_EXPIRED.title}. ${faults.GRANT_EXPIRED.action}`,
  SYNC: syncText,
  BAD_FILE: fileText,
  BACKUP: (data) => `${causeOf('BACKUP', data)} ${faults.unchanged}`,
  GOLDEN: (data) => `${causeOf('GOLDEN', data)} ${faults.unchanged}`,
  WORKSPACE: (data) =>
    data.reason === 'unsettled'
      ? causeOf('WORKSPACE', data)
      : `${causeOf('WORKSPACE', data)} ${faults.unchanged}`,
  SQL: (data) => causeOf('SQL', data),
  REPOSITORY: (data) => causeOf('REPOSITORY', data),
  MODEL: modelText,
  CANCELLED: () => `${faults.CANCELLED.title}. ${faults.unchanged}`,
  INTERNAL: () => `${faults.INTERNAL.title}. Earlier changes are saved; this one was not made.`,
};

export function faultText<C extends FaultCode>(code: C, data: FaultData<C>): string {
  return (sentences[code] as (data: FaultData<C>) => string)(data);
}
