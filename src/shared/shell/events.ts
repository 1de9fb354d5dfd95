import { z } from 'zod';
import { missingChanges, salvageReport } from '../contract/salvage.ts';
import { progress } from '../contract/progress.ts';
import { vocabulary } from '../domain/vocabulary.ts';
import { openingEvents } from './openings.ts';
import { refusedCall } from './refused-call.ts';
import { updateState } from './updates.ts';
import { recentWorkspace } from './workspace.ts';

/** A backup from which an unreadable workspace can be restored. */
const recoverableBackup = z.object({
  id: z.string(),
  /** ISO 8601. */
  made: z.string(),
  reason: z.string(),
  counts: z.record(z.string(), z.number()),
  verified: z.boolean().nullable(),
  /** Whether changes were made after the backup; null if unknown. */
  later: z.boolean().nullable(),
  /** Time of the last change that the backup lacks, ISO 8601; null if unknown. */
  until: z.string().nullable().default(null),
  another: z.boolean().default(false),
  /** Whether the backup's data was later replaced by a recovery or another file. The backup lacks the replacement. */
  replaced: z.boolean().default(false),
  /**
   * The folder of the backup, if not the current backup folder: a key for orders, and the path of the parent folder for display (null for
   * the workspace's own folder).
   */
  place: z.object({ key: z.string(), name: z.string().nullable() }).nullish(),
});
export type RecoverableBackup = z.infer<typeof recoverableBackup>;

const workspacePeople = z.object({
  workspace: z.string(),
  name: z.string(),
  profiles: z.array(z.object({ id: z.string(), name: z.string(), role: z.enum(vocabulary.role) })),
});
export type WorkspacePeople = z.infer<typeof workspacePeople>;

export const dataState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('restarting'), attempt: z.number() }),
  /**
   * The data process stays down until the user restarts it. `reason`: `crashed` if it crashed too often, else the workspace's error:
   * missing, newer, foreign, damaged, unreadable …
   */
  z.object({
    state: z.literal('failed'),
    reason: z.string(),
    refused: refusedCall,
    folder: z.string().optional(),
    backups: z.array(recoverableBackup).default([]),
    /** Paths of unavailable backup folders, the current one first. */
    absent: z.array(z.string()).optional(),
    /** Profiles that are allowed to act in a recovery. Null if unknown; absent until checked. */
    people: workspacePeople.nullish(),
    /** Why the backups could not be listed, for example because their drive is disconnected. */
    backupsRefused: refusedCall.optional(),
    /** Salvageable records of a corrupt file. Null if there are none; absent until checked. */
    salvage: salvageReport.nullish(),
    salvageRefused: refusedCall.optional(),
  }),
]);
export type DataState = z.infer<typeof dataState>;
export type DataFailure = Omit<Extract<DataState, { state: 'failed' }>, 'state'>;

const counts = z.record(z.string(), z.number());

/** Result of an operation on the file under the exclusive lock. */
const outcome = z.discriminatedUnion('what', [
  z.object({
    what: z.enum(['restore', 'salvage']),
    counts,
    /** Id of the backup of the previous file, or the folder that it was moved to because it was damaged. */
    safety: z.string().nullable(),
    displaced: z.string().nullable(),
    /** Whether there was no file before. */
    gone: z.boolean().optional(),
    /** Whether the backup of the previous file is in the workspace's own folder, because the backup folder was unavailable. */
    safety_usual: z.boolean().optional(),
    missing: missingChanges.nullable(),
  }),
  /** The file was accepted without the changes up to `until` (ISO 8601, null if unknown). */
  z.object({
    what: z.literal('accept'),
    until: z.string().nullable(),
    safety_usual: z.boolean().optional(),
  }),
  z.object({ what: z.literal('vacuum'), before: z.number(), after: z.number() }),
  /** The backup folder has changed; `usual`: it is the workspace's own folder. */
  z.object({ what: z.literal('place'), usual: z.boolean() }),
  /** The records were restored to the state before an update, for the previous version. */
  z.object({ what: z.literal('goBack') }),
]);
export type Outcome = z.infer<typeof outcome>;
const outcomeKind = z.enum(['restore', 'salvage', 'accept', 'vacuum', 'place', 'goBack']);

export const restoreState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running'), what: outcomeKind, progress: progress.nullable() }),
  z.object({ state: z.literal('done'), outcome }),
  /** Nothing was changed. */
  z.object({ state: z.literal('failed'), what: outcomeKind, refused: refusedCall }),
]);
export type RestoreState = z.infer<typeof restoreState>;

export const shellEvent = z.discriminatedUnion('kind', [
  /**
   * A command was chosen in the native menu; `id` is the command id that the window published. `byKey`: with its shortcut. On macOS the
   * menu gets the keys that the window has not handled.
   */
  z.object({ kind: z.literal('command'), id: z.string(), byKey: z.boolean().optional() }),
  /** The effective theme from the seat's setting and the system. */
  z.object({ kind: z.literal('theme'), theme: z.enum(['light', 'dark']) }),
  z.object({ kind: z.literal('data'), data: dataState }),
  z.object({ kind: z.literal('restore'), restore: restoreState }),
  z.object({ kind: z.literal('backedUp') }),
  z.object({ kind: z.literal('updates'), updates: updateState }),
  z.object({ kind: z.literal('recent'), workspaces: z.array(recentWorkspace) }),
  ...openingEvents,
]);
export type ShellEvent = z.infer<typeof shellEvent>;
