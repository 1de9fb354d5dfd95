import { z } from 'zod';
import { mapMediaType } from '../domain/document-formats.ts';
import { fieldOf } from '../domain/entities.ts';
import type { JsonObject } from '../domain/json.ts';
import { fieldsIn } from '../domain/patch.ts';
import { isPerson } from '../domain/person-name.ts';
import { endingEvidence, evidenceOf, isSet } from '../domain/states.ts';
import { nameField } from '../domain/title.ts';
import { entityTypes } from '../domain/types.ts';
import type { EntityType } from '../domain/types.ts';
import type { SyncRow } from '../sync/operation.ts';

/** A row of a log with facts of its transaction. `first` is the number of the transaction’s first row. A transaction without visible records is one entry. */
export interface LogEntry {
  row: number;
  first: number;
  op_id: string;
  label: string;
  actor: string;
  created_at: string;
  /** The person whom the transaction erased, in its first entry. */
  erases: { type: string; id: string } | null;
  /** Whether this is the first entry of its transaction. */
  is_first: boolean;
  /** Whether the transaction creates no task before this one. */
  is_first_task: boolean;
  record: (Omit<SyncRow, 'type'> & { type: EntityType }) | null;
  /** The current title of the record, so that an erased one does not appear. */
  title: string | null;
}

/** A CloudEvent 1.0. It has no values but a title, so that an erased person cannot stay in a delivered event. */
export const workspaceEvent = z.object({
  specversion: z.literal('1.0'),
  /** The same whenever this log is read. */
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.string(),
  datacontenttype: z.literal('application/json'),
  data: z.object({
    /** Of the transaction, such as "team.update" or "undo". */
    label: z.string(),
    action: z.enum(['create', 'update', 'delete', 'restore', 'erase']),
    /** Without custom fields: their names can name people. */
    fields: z.array(z.string()),
    /** Id of a profile. */
    actor: z.string(),
    title: z.string().optional(),
  }),
});
export type WorkspaceEvent = z.infer<typeof workspaceEvent>;

/** The ends of event types, by the action of a log row. */
export const verbs = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  restore: 'restored',
} as const;

type Change = NonNullable<LogEntry['record']>;
type Rule = (record: Change, entry: LogEntry) => boolean;

const isWriteOf = ({ type, action }: Change, expected: EntityType): boolean =>
  type === expected && (action === 'create' || action === 'update');
const isApproved = (payload: JsonObject | null): boolean => isSet(payload?.['approved_on']);
const mapIn = (payload: JsonObject | null): unknown => {
  const { media_type, sha256 } = (payload?.['file'] ?? {}) as JsonObject;
  return media_type === mapMediaType ? sha256 : undefined;
};
const evidenceKeys = (payload: JsonObject | null, kinds: readonly string[]): string[] =>
  evidenceOf(payload ?? {}).flatMap(({ source, ref, kind }) =>
    kinds.includes(kind) ? [JSON.stringify([source, ref, kind])] : [],
  );
const hasNewEvidence =
  (...kinds: string[]): Rule =>
  (row) => {
    const known = evidenceKeys(row.before, kinds);
    return isWriteOf(row, 'task') && evidenceKeys(row.after, kinds).some((key) => !known.includes(key));
  };

/** Further names of log entries. Append only: the place in the list is part of an event's id. */
const derivedEvents: readonly (readonly [type: string, applies: Rule])[] = [
  [
    'idea.created',
    ({ type, action, after }) => type === 'repair' && action === 'create' && !isApproved(after),
  ],
  ['spec.frozen', (row) => isWriteOf(row, 'repair') && !isApproved(row.before) && isApproved(row.after)],
  [
    'tasks.created',
    ({ type, action }, { is_first_task }) => type === 'task' && action === 'create' && is_first_task,
  ],
  ['task.updated', ({ type, action }) => type === 'task' && action === 'update'],
  ['pr.opened', hasNewEvidence('opened')],
  ['pr.merged', hasNewEvidence(...endingEvidence)],
  ['build.failed', hasNewEvidence('failed')],
  [
    'risk.changed',
    (row) => isWriteOf(row, 'document') && ![undefined, mapIn(row.before)].includes(mapIn(row.after)),
  ],
];

/** Kinds of jobs by the labels of the transactions at their ends. Jobs that only compute leave nothing in the log. */
const jobKinds: Readonly<Partial<Record<string, string>>> = {
  'backups.create': 'backup',
  import: 'import',
  'maps.scanned': 'scan',
};

/** The subscriber that plans the tasks of new repairs. It works while it exists. */
export const planStepName = 'template-agent';

const eventTypes: ReadonlySet<string> = new Set([
  ...entityTypes.flatMap((type) => Object.values(verbs).map((verb) => `frames.${type}.${verb}`)),
  ...derivedEvents.map(([type]) => type),
  'job.completed',
  'person.erased',
]);
export const eventType = z.string().refine((type) => eventTypes.has(type), 'must be an event type');

/** Whether events have the record's title: its name, unless it is a person. Other titles are values, or name people. */
export const hasEventTitle = (type: EntityType): boolean => nameField(type) !== null && !isPerson(type);

/** The events of an entry of the log of a workspace, in order. */
export function eventsOf(entry: LogEntry, workspace: string): WorkspaceEvent[] {
  const { row, first, op_id, label, actor, created_at: time, erases, record, title } = entry;
  const eventFor = (
    type: string,
    n: string,
    subject: { type: string; id: string },
    data: Pick<WorkspaceEvent['data'], 'action' | 'fields' | 'title'>,
  ): WorkspaceEvent => ({
    specversion: '1.0',
    id: `${op_id}/${row - first}${n}`,
    source: `/workspaces/${workspace}`,
    type,
    subject: `${subject.type}/${subject.id}`,
    time,
    datacontenttype: 'application/json',
    data: { label, actor, ...data },
  });
  const events = erases ? [eventFor('person.erased', '.0', erases, { action: 'erase', fields: [] })] : [];
  const job = entry.is_first ? jobKinds[label] : undefined;
  if (job !== undefined)
    events.push(
      eventFor('job.completed', '.job', { type: 'job', id: job }, { action: 'create', fields: [] }),
    );
  if (!record) return events;
  const { type, action, before, after } = record;
  const changed = isWriteOf(record, type) ? fieldsIn(before, after) : [];
  const fields = changed.filter((field) => fieldOf(type, field));
  const data = { action, fields, ...(title !== null && hasEventTitle(type) && { title }) };
  events.push(eventFor(`frames.${type}.${verbs[action]}`, '', record, data));
  for (const [index, [name, applies]] of derivedEvents.entries())
    if (applies(record, entry)) events.push(eventFor(name, `.${index + 1}`, record, data));
  return events;
}

/** The last read row and the end of its operation's id; '' before the first event. Valid for the log that gave it. */
export const eventCursor = z.string().regex(/^(\d{1,15}\.[^.]{1,8})?$/, 'must be a cursor from an answer');
export const cursorAt = (row: number, op_id: string): string => `${row}.${op_id.slice(-8)}`;
export const rowOfCursor = (cursor: string): number => Number(cursor.split('.')[0]);

/** At most `limit` events, or those of one change. The end is reached when the cursor stays the same. */
export const eventPage = z.object({ events: z.array(workspaceEvent), cursor: z.string() });
export type EventPage = z.infer<typeof eventPage>;
export type EventRequest = { after: string; types: readonly string[] | null; limit: number };

/** Adds the events of entries to a page until it is full. */
export function addEntries(
  page: EventPage,
  entries: readonly LogEntry[],
  workspace: string,
  { types, limit }: Pick<EventRequest, 'types' | 'limit'>,
): void {
  for (const entry of entries) {
    if (page.events.length >= limit) return;
    page.events.push(...eventsOf(entry, workspace).filter(({ type }) => types?.includes(type) ?? true));
    page.cursor = cursorAt(entry.row, entry.op_id);
  }
}
