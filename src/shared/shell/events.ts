import { z } from 'zod';
import { salvageReport } from '../contract/salvage.ts';
import { progress } from '../contract/progress.ts';
import { openingEvents } from './openings.ts';
import { recentWorkspace } from './workspace.ts';

const recoverable = z.object({
  id: z.string(),
  made: z.string(),
  counts: z.record(z.string(), z.number()),
  verified: z.boolean().nullable(),
  later: z.boolean().nullable(),
  another: z.boolean().default(false),
});

/** How the process that holds the workspace is doing. */
export const dataState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('ready') }),
  /** It ended by itself and is being started again. */
  z.object({ state: z.literal('restarting'), attempt: z.number() }),
  /**
   * It will not be started again unless somebody asks. `reason` is `crashed` when it ended too often, else what the
   * workspace refused with: missing, newer, foreign, damaged, unreadable …; `message` is a sentence without any path.
   */
  z.object({
    state: z.literal('failed'),
    reason: z.string(),
    message: z.string(),
    /** Of which the workspace can be made again, the newest first. */
    backups: z.array(recoverable).default([]),
    /** What can be salvaged of a damaged file; null where nothing can, missing where nobody has looked (yet). */
    salvage: salvageReport.nullish(),
  }),
]);
export type DataState = z.infer<typeof dataState>;

/** It is what was salvaged of a damaged file, and no backup. */
const salvage = z.boolean().optional();

/** How it stands with putting a backup, or what was salvaged, in the place of the records. */
export const restoreState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running'), salvage, progress: progress.nullable() }),
  z.object({
    state: z.literal('done'),
    salvage,
    counts: z.record(z.string(), z.number()),
    /** Id of the backup of what was there before, or the folder to which that was moved because it was damaged. */
    safety: z.string().nullable(),
    displaced: z.string().nullable(),
  }),
  /** Nothing was changed. `code` is that of a declared error, or INTERNAL; `message` is a sentence without any path. */
  z.object({ state: z.literal('failed'), salvage, code: z.string(), message: z.string() }),
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
  /** The workspaces that were open lately, the latest first. */
  z.object({ kind: z.literal('recent'), workspaces: z.array(recentWorkspace) }),
  ...openingEvents,
]);
export type ShellEvent = z.infer<typeof shellEvent>;
