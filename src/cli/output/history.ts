import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import type { UndoConflict } from '#shared/contract/faults.ts';
import type { Json } from '#shared/domain/json.ts';
import { isAuditedType } from '#shared/domain/types.ts';
import { amount, countOf, nameOf, capitalise, timeOf } from '../phrases.ts';
import { valueText } from './table.ts';
import type { Column } from './table.ts';

type Params = Readonly<Record<string, unknown>>;

const verbs: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'changed',
  delete: 'deleted',
  restore: 'restored',
};

/** Templates of transaction labels, with parameters in braces. `{records}` is the one named record, or a count of a type. */
const labels: Readonly<Record<string, string>> = {
  'workspace.create': 'created the workspace',
  'workspace.rename': 'renamed the workspace to "{title}"',
  'workspace.restored': 'restored backup {backup}',
  'workspace.salvaged': 'salvaged a corrupt file',
  'workspace.accepted': 'accepted the file as it is',
  'workspace.log_aside': 'quarantined a foreign log',
  'workspace.vacuumed': 'compacted the file',
  'people.erase': 'erased a person',
  'people.archive': 'archived inactive people',
  'analysis.ranking': 'changed whether rankings name people',
  'people.clean_up': 'changed the clean-up setting',
  'records.purge': 'purged deleted records',
  'profile.rename': 'renamed profile "{was}" to "{title}"',
  'profile.change': 'changed profile "{title}"',
  'golden.publish': 'published golden version {version}',
  'golden.brought': 'restored golden version {version} from backup {backup}',
  'golden.reset': 'reset to golden version {version}',
  'records.export': 'exported "{file}"',
  'records.salvaged': 'salvaged records from a corrupt file',
  'records.change': 'changed {records}',
  'records.edit': 'changed {records}',
  'records.remove': 'deleted {records}',
  'records.restore': 'restored {records}',
  'backups.create': 'made backup {backup}',
  'backups.prune': 'removed {count} backups',
  'backups.records': 'restored {records} from backup {backup}',
  'backups.restored': 'restored backup {backup}',
  'backups.retention': 'changed backup retention',
  'checkpoint.create': 'created checkpoint "{name}"',
  'checkpoint.rename': 'renamed checkpoint "{from}" to "{name}"',
  'checkpoint.remove': 'removed checkpoint "{name}"',
  'forecast.save': 'saved a forecast',
  'forecast.remove': 'removed the forecast of {made}',
  'moment.restored': 'restored {records} as of {time}',
  'sandbox.promoted': 'promoted {records} from sandbox "{name}"',
  'sandbox.adopted': 'renamed the workspace to "{title}", as in live',
  'sandbox.refreshed': 'refreshed {records} from live',
  'shared-sandbox.take': 'copied changes of shared sandbox {records}',
  'positions.arrange': 'moved {records} in the network',
  'positions.release': 'reset the position of {records}',
  'sample.clear': 'removed sample data',
  'sync.snapshot': 'downloaded from the server',
  'sync.refused': 'reverted a change that the server rejected',
  'sync.reset': 'reset to the server’s values',
  'sync.kept': 'kept a value in a sync conflict',
  'sync.erased': 'erased a person',
  'sync.given': 'sent again to the restored server',
  'students.advanced': 'advanced {records} by {terms} terms',
  'records.merged': 'merged {count} records into "{title}"',
  'contacts.applied': 'applied {count} proposals from contacts',
  'answers.read': 'read answers from "{source}"',
  'interfaces.rated': 'rated {records} by bond',
  'repair.done': 'marked repair "{title}" as done',
  'sheet.import': 'imported "{source}"',
  import: 'imported "{source}"',
  seed: 'added sample data',
};

function recordsText({ title, type, count }: Params): string {
  if (typeof title === 'string' && title !== '') return `"${title}"`;
  const number = typeof count === 'number' ? count : 0;
  return isAuditedType(type) ? countOf(number, type) : amount(number, 'record');
}

/** Formats a label with its parameters: `created team "Flight software"`. */
export function labelText(label: string, params: Params): string {
  const inner = params['params'];
  if (typeof params['label'] === 'string' && typeof inner === 'object' && inner !== null)
    return labelText(params['label'], inner as Params);
  const [type = '', action = ''] = label.split('.');
  const { title, id } = params;
  const named = typeof title === 'string' && title !== '' ? `"${title}"` : typeof id === 'string' ? id : '';
  if (!Object.hasOwn(labels, label))
    return verbs[action] ? `${verbs[action]} ${nameOf(type)} ${named}`.trim() : label;
  const { retired } = params;
  const retiredText = typeof retired === 'number' ? `; ${countOf(retired, 'student')} became inactive` : '';
  const text = (labels[label] ?? label).replaceAll(/\{(\w+)\}/g, (_, key: string) =>
    key === 'records'
      ? recordsText(params)
      : key === 'time'
        ? timeOf(String(params[key]))
        : valueText(params[key]),
  );
  return `${text}${retiredText}`;
}

export function transactionText({ label, params, undoes, redoes }: AuditTransaction): string {
  const text = labelText(label, params);
  if (undoes) return `Undone: ${text}`;
  return redoes ? `Redone: ${text}` : capitalise(text);
}

/** Names of the actor and agent. An unknown profile has no name, and its id would not help. */
export function actorName({ id, name, agent }: AuditTransaction['actor']): string {
  const person = name === '' || name === id ? 'unknown' : name;
  return agent === undefined ? person : `${agent} for ${person}`;
}

export const transactionColumns: readonly Column<AuditTransaction>[] = [
  { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
  { title: 'When (UTC)', cell: ({ created_at }) => timeOf(created_at) },
  { title: 'Who', cell: ({ actor }) => actorName(actor) },
  { title: 'What', cell: transactionText },
  { title: 'Changes', align: 'right', cell: ({ changes }) => changes.toLocaleString('en-US') },
  { title: 'State', cell: ({ undone }) => (undone ? 'undone' : '') },
];

/** Formats a value of a change; text is quoted. Absent differs from null. */
export const formatValue = (value: Json | undefined): string =>
  value === undefined ? '(none)' : JSON.stringify(value);

/** Formats a change: a line for the record, and a line per field of an update. */
export function changeLines({ action, type, entity_id, title, before, after }: AuditChange): string[] {
  const head = `${verbs[action]} ${nameOf(type)} ${title ? `"${title}" ` : ''}(${entity_id})`;
  if (action !== 'update') return [head];
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const side = (payload: AuditChange['before'], field: string): string =>
    formatValue(payload && Object.hasOwn(payload, field) ? payload[field] : undefined);
  return [
    head,
    ...[...fields].map((field) => `    ${field}: ${side(before, field)} → ${side(after, field)}`),
  ];
}

const reasons: Readonly<Record<UndoConflict['reason'], string>> = {
  changed_since: 'has changed since',
  deleted_since: 'has been deleted since',
  erased: 'was erased',
  in_use: 'is in use by others',
  last_admin: 'is the only admin',
};

/** "Undone: created team "X" (2 changes).", and the conflicts with later changes. */
export function stepLines(
  verb: string,
  step: { label: string; params: Params; changes: number; left: readonly UndoConflict[] },
): string[] {
  const first = `${verb}: ${labelText(step.label, step.params)} (${amount(step.changes, 'change')}).`;
  if (step.left.length === 0) return [first];
  const conflicts = step.left.map(({ type, id, title, field, reason }) => {
    const record = `${nameOf(type)} ${title ? `"${title}" ` : ''}(${id})`;
    return `  ${field === null ? record : `${field} of ${record}`} ${reasons[reason]}`;
  });
  return [first, 'Not undone because of later changes:', ...conflicts];
}
