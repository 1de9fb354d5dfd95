import { z } from 'zod';
import { json, jsonObject } from '../contract/json.ts';
import type { auditedTypes } from '../domain/types.ts';

const recordsParameters = z.object({
  type: z.string(),
  count: z.number(),
  fields: z.array(z.string()),
  created: z.number(),
  links: z.number(),
  contents: z.number(),
  references: z.number(),
  retired: z.number(),
  /** The common values of the one changed field. */
  was: json,
  became: json,
});
const recordParameters = z.object({
  type: z.string().optional(),
  id: z.string(),
  title: z.string(),
  fields: z.array(z.string()).optional(),
  links: z.number().optional(),
  contents: z.number().optional(),
});
const titledRecord = z.object({ id: z.string(), title: z.string() });
const countOnly = z.object({ count: z.number() });
const nestedLabel = z.object({ label: z.string(), params: jsonObject });
const sandboxParameters = z.object({ type: z.string(), id: z.string(), title: z.string() });
/** `missing_*` is the range of lost changes, if there are any. */
const recoveryParameters = z.object({
  recovery: z.boolean().optional(),
  missing_until: z.string().nullish(),
  missing_maybe: z.boolean().optional(),
});
const importParameters = z.object({
  source: z.string(),
  type: z.string().optional(),
  count: z.number(),
  made: z.number().optional(),
});
const movedPositions = z.object({ count: z.number(), title: z.string().optional() });
const mergeParameters = z.object({ id: z.string(), name: z.string(), count: z.number() });
const head = z.object({ id: z.number(), hash: z.string(), op_id: z.string().optional() });
const anyParameters = z.record(z.string(), json);

/** The labels of transactions with their parameters; `label-text.ts` describes each. Records also have `<type>.create` and so on. */
export const labelParameters = {
  'records.change': recordsParameters.partial(),
  'records.edit': recordsParameters.partial(),
  'records.remove': recordsParameters.partial(),
  'records.restore': recordsParameters.partial(),
  /** `contents`: the number of merged records that belong to merged universities. */
  'records.merged': z.object({
    type: z.string(),
    id: z.string(),
    title: z.string(),
    count: z.number(),
    contents: z.number().optional(),
  }),
  'records.salvaged': countOnly,
  'records.export': z.object({ file: z.string() }),
  'records.purge': z.object({ count: z.number(), days: z.number() }),
  'students.advanced': z.object({
    terms: z.number(),
    count: z.number(),
    graduates: z.number(),
    university: z.string().optional(),
  }),
  'interfaces.rated': countOnly,
  'contacts.applied': countOnly,
  'answers.read': z.object({
    source: z.string(),
    count: z.number(),
    confirmed: z.number(),
    deleted: z.number(),
    added: z.number(),
  }),
  'maps.scanned': z.object({ id: z.string(), title: z.string() }),
  /** A webhook of this repository received it. */
  'tasks.evidence': titledRecord,
  'repair.done': titledRecord,
  'repair.approved': titledRecord,
  'repair.unapproved': titledRecord,
  'repair.checked': titledRecord,
  'repair.unchecked': titledRecord,
  'repair.planned': titledRecord,
  /** Null: the default. */
  'repairs.approval': z.object({ four_eyes: z.boolean().nullable() }),
  import: importParameters,
  'sheet.import': importParameters,
  seed: z.object({ size: z.string(), seed: z.number(), total: z.number() }).partial(),
  'sample.clear': z.object({ removed: z.number(), left: z.number() }),
  undo: nestedLabel,
  redo: nestedLabel,
  'positions.arrange': movedPositions,
  'positions.release': movedPositions,
  'shared-sandbox.take': sandboxParameters,
  'profile.rename': z.object({ id: z.string(), title: z.string(), was: z.string().optional() }),
  'profile.change': z.object({
    id: z.string(),
    title: z.string(),
    was: z.string().optional(),
    role: z.string().optional(),
    university: z.string().nullish(),
  }),
  /** Older workspaces have only the owner's name. */
  'workspace.create': z.object({
    title: z.string(),
    workspace: z.string().optional(),
    name: z.string().optional(),
    made: z.string().optional(),
  }),
  'workspace.rename': z.object({ title: z.string(), was: z.string() }),
  'workspace.restored': recoveryParameters.extend({ backup: z.string() }),
  'workspace.salvaged': recoveryParameters,
  'workspace.accepted': recoveryParameters,
  'workspace.log_aside': recoveryParameters,
  'workspace.vacuumed': anyParameters,
  'golden.publish': z.object({ version: z.number() }),
  'golden.brought': z.object({ version: z.number(), backup: z.string() }),
  'golden.reset': z.object({ version: z.number().nullish(), made: z.string(), count: z.number() }),
  'backups.create': z.object({ backup: z.string(), reason: z.string() }),
  'backups.prune': countOnly,
  'backups.records': z.object({
    backup: z.string(),
    made: z.string(),
    count: z.number(),
    title: z.string().optional(),
  }),
  'backups.restored': z.object({ backup: z.string().optional(), made: z.string(), count: z.number() }),
  'backups.retention': anyParameters,
  'checkpoint.create': z.object({ id: z.string(), name: z.string(), at: z.number() }),
  'checkpoint.rename': z.object({ id: z.string(), name: z.string(), from: z.string() }),
  'checkpoint.remove': z.object({ id: z.string(), name: z.string() }),
  'forecast.save': z.object({ id: z.string() }),
  'forecast.remove': z.object({ id: z.string(), made: z.string() }),
  'moment.restored': z.object({ at: z.number(), time: z.string(), all: z.boolean(), count: z.number() }),
  'sandbox.promoted': mergeParameters.extend({ play: head, agents: z.array(z.string()).optional() }),
  'sandbox.refreshed': mergeParameters.extend({ was: head.nullable(), now: head }),
  'sandbox.adopted': z.object({ title: z.string() }),
  'people.erase': z.object({ type: z.string(), id: z.string(), rows: z.number(), count: z.number() }),
  'people.archive': z.object({ count: z.number(), days: z.number() }),
  'people.clean_up': anyParameters,
  'analysis.ranking': z.object({ people: z.boolean() }),
  'sync.snapshot': countOnly,
  'sync.refused': z.union([countOnly, nestedLabel]),
  'sync.reset': z.object({ count: z.number().optional(), op_id: z.string().optional() }),
  'sync.kept': anyParameters,
  'sync.given': anyParameters,
  'sync.erased': z.object({ type: z.string(), id: z.string(), count: z.number().optional() }),
} as const;

export const recordActions = ['create', 'update', 'delete', 'restore'] as const;
type RecordLabel = `${(typeof auditedTypes)[number]}.${(typeof recordActions)[number]}`;
export type NamedLabel = keyof typeof labelParameters;
export type LabelCode = NamedLabel | RecordLabel;

/** The parameters of a label. The log can hold more, such as the merge base of a refresh. */
export type LabelParams<C extends LabelCode> = C extends NamedLabel
  ? z.input<(typeof labelParameters)[C]>
  : z.input<typeof recordParameters>;
