import { z } from 'zod';
import { missing, salvageReport } from '../contract/salvage.ts';
import { progress } from '../contract/progress.ts';
import { vocabulary } from '../domain/vocabulary.ts';
import { openingEvents } from './openings.ts';
import { refused } from './refused.ts';
import { updateState } from './updates.ts';
import { recentWorkspace } from './workspace.ts';

const recoverable = z.object({
  id: z.string(),
  made: z.string(),
  reason: z.string(),
  counts: z.record(z.string(), z.number()),
  verified: z.boolean().nullable(),
  later: z.boolean().nullable(),
  until: z.string().nullable().default(null),
  another: z.boolean().default(false),
  replaced: z.boolean().default(false),
  place: z.object({ key: z.string(), name: z.string().nullable() }).nullish(),
});

/** How the process that holds the workspace is doing. */
export const dataState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('ready') }),
  /** It ended by itself and is being started again. */
  z.object({ state: z.literal('restarting'), attempt: z.number() }),
  /**
   * It will not be started again unless somebody asks. `reason` is `crashed` when it ended too often, else what the
   * workspace refused with: missing, newer, foreign, damaged, unreadable …
   */
  z.object({
    state: z.literal('failed'),
    reason: z.string(),
    refused,
    folder: z.string().optional(),
    /** Of which the workspace can be made again, the newest first. */
    backups: z.array(recoverable).default([]),
    /** Places of backups that are not there, as those on a drive that is not connected. */
    absent: z.array(z.string()).optional(),
    /** Who there is, in whose name it can be recovered; null where nobody can tell, missing where nobody has looked (yet). */
    people: z
      .object({
        workspace: z.string(),
        name: z.string(),
        profiles: z.array(z.object({ id: z.string(), name: z.string(), role: z.enum(vocabulary.role) })),
      })
      .nullish(),
    /** Why nobody can tell which there are, as where their drive is not connected. */
    backupsRefused: refused.optional(),
    /** What can be salvaged of a damaged file; null where nothing can, missing where nobody has looked (yet). */
    salvage: salvageReport.nullish(),
    /** Why nobody could look. */
    salvageRefused: refused.optional(),
  }),
]);
export type DataState = z.infer<typeof dataState>;

const counts = z.record(z.string(), z.number());

/** What was done with the file of a workspace while nobody had it open. */
const outcome = z.discriminatedUnion('what', [
  z.object({
    what: z.enum(['restore', 'salvage']),
    counts,
    /** Id of the backup of what was there before, or the folder to which that was moved because it was damaged. */
    safety: z.string().nullable(),
    displaced: z.string().nullable(),
    /** There was no file. */
    gone: z.boolean().optional(),
    /** Whether that backup lies in the workspace's own folder, as the place of backups was not there. */
    safety_usual: z.boolean().optional(),
    missing: missing.nullable(),
  }),
  /** The file was taken as it is; changes until then (ISO 8601, null where nobody knows) are missing in it. */
  z.object({
    what: z.literal('accept'),
    until: z.string().nullable(),
    safety_usual: z.boolean().optional(),
  }),
  /** The log of another file was moved into that folder, beside the backups; null where none was there any more. */
  z.object({ what: z.literal('aside'), displaced: z.string().nullable() }),
  /** In bytes. */
  z.object({ what: z.literal('vacuum'), before: z.number(), after: z.number() }),
  /** Backups lie elsewhere now, or with `usual` in the workspace. */
  z.object({ what: z.literal('place'), usual: z.boolean() }),
  /** The records are as before an update, for the previous version. */
  z.object({ what: z.literal('goBack') }),
]);
export type Outcome = z.infer<typeof outcome>;
const what = z.enum(['restore', 'salvage', 'accept', 'aside', 'vacuum', 'place', 'goBack']);

/** How it stands with what is done with the file while nobody has it open, as putting a backup in the place of the records. */
export const restoreState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running'), what, progress: progress.nullable() }),
  z.object({ state: z.literal('done'), outcome }),
  /** Nothing was changed. */
  z.object({ state: z.literal('failed'), what, refused }),
]);
export type RestoreState = z.infer<typeof restoreState>;

/** What the shell tells a window. */
export const shellEvent = z.discriminatedUnion('kind', [
  /**
   * A command was chosen in the native menu; `id` is the one that the window published. `byKey` where its keys were pressed: on macOS the
   * menu gets those that the window has not used.
   */
  z.object({ kind: z.literal('command'), id: z.string(), byKey: z.boolean().optional() }),
  /** The theme to show, after the seat's choice and the system's setting. */
  z.object({ kind: z.literal('theme'), theme: z.enum(['light', 'dark']) }),
  z.object({ kind: z.literal('data'), data: dataState }),
  z.object({ kind: z.literal('restore'), restore: restoreState }),
  /** A backup was made that nobody asked for. */
  z.object({ kind: z.literal('backedUp') }),
  z.object({ kind: z.literal('updates'), updates: updateState }),
  z.object({ kind: z.literal('recent'), workspaces: z.array(recentWorkspace) }),
  ...openingEvents,
]);
export type ShellEvent = z.infer<typeof shellEvent>;
