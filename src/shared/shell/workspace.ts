import { z } from 'zod';

/** Result of choosing a workspace; `name` is the folder's own name. */
export const workspaceChoice = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('cancelled') }),
  z.object({ outcome: z.literal('opened'), name: z.string() }),
  /** `not_empty`: a new workspace needs an empty folder. `no_workspace`: the folder has no workspace. `gone`: the workspace is missing. */
  z.object({
    outcome: z.literal('refused'),
    reason: z.enum(['not_empty', 'no_workspace', 'gone']),
    name: z.string(),
  }),
]);
export type WorkspaceChoice = z.infer<typeof workspaceChoice>;

/** A recently opened workspace. Its path stays in the shell; `id` identifies it. */
export const recentWorkspace = z.object({
  id: z.string(),
  name: z.string(),
  /** The parent folder's name if two workspaces have the same name; else null. */
  within: z.string().nullable(),
  missing: z.boolean(),
  current: z.boolean(),
});
export type RecentWorkspace = z.infer<typeof recentWorkspace>;
