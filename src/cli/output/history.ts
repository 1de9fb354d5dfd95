import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import type { UndoConflict } from '#shared/contract/faults.ts';
import type { Json } from '#shared/domain/json.ts';
import { isAuditedType } from '#shared/domain/types.ts';
import { amount, countOf, nameOf, sentence, timeOf } from '../words.ts';
import { valueText } from './records.ts';
import type { Column } from './table.ts';

type Params = Readonly<Record<string, unknown>>;

const verbs: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'changed',
  delete: 'deleted',
  restore: 'restored',
};

/** What was lost with what was done with the file. */
function lostOf(say: (key: string) => string, params: Params): string {
  const until = say('missing_until');
  const how = params['recovery'] === true ? ', in recovery, when nobody could tell who acted' : '';
  const lost = params['missing_maybe'] === true ? 'may be lost' : 'are lost';
  return how + (until === '' ? '' : `; changes until ${timeOf(until)} (UTC) ${lost}`);
}

const others: Readonly<Record<string, (say: (key: string) => string, params: Params) => string>> = {
  'workspace.create': () => 'created the workspace',
  'profile.rename': (say) => `renamed the profile "${say('was')}" to "${say('title')}"`,
  'profile.change': (say, params) => {
    const parts = [
      say('was') && `formerly "${say('was')}"`,
      say('role') && `role ${say('role')}`,
      say('university') && `university "${say('university')}"`,
      params['university'] === null && 'no university',
    ].filter(Boolean);
    return `changed the profile "${say('title')}"${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
  },
  'workspace.rename': (say) => `renamed the workspace to "${say('title')}"`,
  'workspace.restored': (say, params) => `restored the backup ${say('backup')}${lostOf(say, params)}`,
  'golden.publish': (_, params) => `published golden version ${number(params['version'])}`,
  'golden.brought': (say, params) =>
    `brought back golden version ${number(params['version'])} from the backup ${say('backup')}`,
  'golden.reset': (_, params) => `reset to golden version ${number(params['version'])}`,
  'workspace.salvaged': (say, params) =>
    `salvaged what could be read of a damaged file${lostOf(say, params)}`,
  'workspace.accepted': (say, params) => `took the file as it was put there${lostOf(say, params)}`,
  'workspace.log_aside': (say, params) => `set the log of another file aside${lostOf(say, params)}`,
  'records.salvaged': () => 'took records out of a damaged file that the log could not be read for',
  'workspace.vacuumed': () => 'compacted the file',
  'backups.prune': (_, params) => `removed ${amount(number(params['count']), 'backup')}`,
  'backups.records': (say, params) => `restored ${one(say) || many(params)} from the backup ${say('backup')}`,
  'backups.retention': () => 'changed which backups stay',
  'checkpoint.create': (say) => `set the checkpoint "${say('name')}"`,
  'checkpoint.rename': (say) => `renamed the checkpoint "${say('from')}" to "${say('name')}"`,
  'checkpoint.remove': (say) => `removed the checkpoint "${say('name')}"`,
  'moment.restored': (say, params) => `took ${many(params)} back to what was at ${timeOf(say('time'))}`,
  import: (say) => `imported ${say('source') || 'a file'}`,
  'sheet.import': (say) => `imported ${say('source') ? `the table ${say('source')}` : 'a table'}`,
  seed: () => 'filled the workspace with sample data',
  'records.change': (_, params) =>
    `${number(params['created']) > 0 ? 'added or changed' : 'changed'} ${many(params)}`,
  'records.edit': (_, params) => `changed ${many(params)}`,
  'records.remove': (_, params) => `deleted ${many(params)}`,
  'records.restore': (_, params) => `restored ${many(params)}`,
  'sandbox.promoted': (say, params) => `promoted ${many(params)} from the sandbox "${say('name')}"`,
  'sandbox.adopted': (say) => `called the workspace "${say('title')}" here too, as in live`,
  'sandbox.refreshed': (_, params) => `brought ${many(params)} from live into the sandbox`,
  'positions.arrange': (say, params) => `moved ${one(say) || many(params)} in the network`,
  'positions.release': (say, params) =>
    one(say)
      ? `forgot the position of ${one(say)}`
      : `forgot ${countOf(number(params['count']), 'position')}`,
};

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const one = (say: (key: string) => string): string => (say('title') ? `"${say('title')}"` : '');

/** "40 teams", or records when they are of several types. */
function many(params: Params): string {
  const { type } = params;
  return isAuditedType(type)
    ? countOf(number(params['count']), type)
    : amount(number(params['count']), 'record');
}

/** What a label's code and parameters say: `created team "Flight software"`. */
export function labelText(label: string, params: Params): string {
  const inner = params['params'];
  if (typeof params['label'] === 'string' && typeof inner === 'object' && inner !== null) {
    return labelText(params['label'], inner as Params);
  }
  const say = (key: string): string => (typeof params[key] === 'string' ? params[key] : '');
  const other = others[label];
  if (other) return other(say, params);
  const [type = '', action = ''] = label.split('.');
  const verb = verbs[action];
  if (verb) return `${verb} ${nameOf(type)} ${say('title') ? `"${say('title')}"` : say('id')}`.trim();
  return label;
}

/** What a transaction did, an undo or a redo told as such. */
export function transactionText({ label, params, undoes, redoes }: AuditTransaction): string {
  const what = labelText(label, params);
  if (undoes) return `Undone: ${what}`;
  return redoes ? `Done again: ${what}` : sentence(what);
}

/** Who made it; of somebody whose profile is not here only the id is known, which says nothing to a person. */
export const whoMade = ({ id, name }: AuditTransaction['actor']): string =>
  name === '' || name === id ? 'somebody unknown here' : name;

export const transactionColumns: readonly Column<AuditTransaction>[] = [
  { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
  { title: 'When (UTC)', cell: ({ created_at }) => timeOf(created_at) },
  { title: 'Who', cell: ({ actor }) => whoMade(actor) },
  { title: 'What', cell: transactionText },
  { title: 'Changes', align: 'right', cell: ({ changes }) => changes.toLocaleString('en-US') },
  { title: 'State', cell: ({ undone }) => (undone ? 'undone' : '') },
];

const marks: Readonly<Record<AuditChange['action'], string>> = {
  create: '+',
  update: '~',
  delete: '-',
  restore: '+',
};

/** One change: what happened to which record, and for an update a line a field. */
export function changeLines(change: AuditChange): string[] {
  const { action, type, entity_id, title, before, after } = change;
  const head = `${marks[action]} ${verbs[action]} ${nameOf(type)} ${title ? `"${title}" ` : ''}(${entity_id})`;
  if (action !== 'update') return [head];
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const side = (payload: AuditChange['before'], field: string): string => {
    if (!payload || !Object.hasOwn(payload, field)) return '(absent)';
    return quoted(payload[field] as Json);
  };
  return [
    head,
    ...[...fields].map((field) => `    ${field}: ${side(before, field)} → ${side(after, field)}`),
  ];
}

function quoted(value: Json): string {
  return typeof value === 'string' ? JSON.stringify(value) : valueText(value) || 'null';
}

const reasons: Readonly<Record<UndoConflict['reason'], string>> = {
  changed_since: 'has been changed since',
  deleted_since: 'has been deleted since',
  in_use: 'is in use by others',
  end_missing: 'joins something that is not there any more',
  last_admin: 'is needed: no other profile is an admin',
};

/** What stands in the way of an undo: one line each. */
export function conflictLines(conflicts: readonly UndoConflict[]): string[] {
  return conflicts.map(({ type, id, title, field, reason }) => {
    const record = `${nameOf(type)} ${title ? `"${title}" ` : ''}(${id})`;
    return `  ${field === null ? record : `${field} of ${record}`} ${reasons[reason]}`;
  });
}

/** "Undone: created team "X" (2 changes)." */
export function stepLines(
  verb: string,
  step: { label: string; params: Params; changes: number; left: readonly UndoConflict[] },
): string[] {
  const first = `${verb}: ${labelText(step.label, step.params)} (${amount(step.changes, 'change')}).`;
  if (step.left.length === 0) return [first];
  return [first, 'Left as they are, because of later changes:', ...conflictLines(step.left)];
}
