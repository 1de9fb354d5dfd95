import { z } from 'zod';
import { networkProblem } from '../contract/fault-data.ts';
import { refusalParameters, updateChannel } from '../updates/manifest.ts';

/**
 * How this program is updated: by replacing its own file, an installer, a system package, a download in the browser, or never (when run
 * from sources).
 */
export const updateMeans = z.enum(['replace', 'installer', 'package', 'manual', 'none']);
export type UpdateMeans = z.infer<typeof updateMeans>;

const availableUpdate = z.object({
  version: z.string(),
  /** ISO 8601. */
  released: z.string(),
  /** Plain text, one line per change. */
  notes: z.string(),
  size: z.number(),
  url: z.string(),
  /** Command to install the update if the program cannot update itself; else null. */
  command: z.string().nullable(),
});
export type AvailableUpdate = z.infer<typeof availableUpdate>;

export const updateProblems = [
  'offline',
  'unpublished',
  'unsigned',
  'unknown-key',
  'forged',
  'unreadable',
  'channel',
  'platform',
  'expired',
  'rolled-back',
  'behind',
  'damaged',
  'full',
  'read-only',
  'internal',
] as const;
export const updateProblem = z.enum(updateProblems);
export type UpdateProblem = z.infer<typeof updateProblem>;

export const updateStatus = z.discriminatedUnion('status', [
  z.object({ status: z.literal('idle') }),
  z.object({ status: z.literal('checking') }),
  /** A signed manifest of this version was read at `at` (ISO 8601). */
  z.object({ status: z.literal('current'), at: z.string() }),
  z.object({ status: z.literal('available'), update: availableUpdate }),
  z.object({ status: z.literal('downloading'), update: availableUpdate, received: z.number() }),
  /** The update is installed when the program quits. */
  z.object({ status: z.literal('ready'), update: availableUpdate }),
  z.object({
    status: z.literal('failed'),
    problem: updateProblem,
    parameters: refusalParameters,
    update: availableUpdate.nullable(),
    /** For `offline`: what failed. */
    network: networkProblem.optional(),
  }),
]);
export type UpdateStatus = z.infer<typeof updateStatus>;

export const updateState = z.object({
  version: z.string(),
  means: updateMeans,
  /** Turned off by FRAMES_UPDATES=off. */
  managed: z.boolean(),
  automatic: z.boolean(),
  channel: updateChannel,
  hasPrevious: z.boolean(),
  status: updateStatus,
});
export type UpdateState = z.infer<typeof updateState>;

export const updateSettings = updateState.pick({ automatic: true, channel: true }).partial();
export type UpdateSettings = z.infer<typeof updateSettings>;
