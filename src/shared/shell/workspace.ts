import { z } from 'zod';

/** What came of choosing a workspace; `name` is the folder's own name. */
export const workspaceChoice = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('cancelled') }),
  z.object({ outcome: z.literal('opened'), name: z.string() }),
  /**
   * `not_empty`: a new workspace needs an empty folder; `no_workspace`: there is none in the folder; `gone`: a recent one is not
   * where it was.
   */
  z.object({
    outcome: z.literal('refused'),
    reason: z.enum(['not_empty', 'no_workspace', 'gone']),
    name: z.string(),
  }),
]);
export type WorkspaceChoice = z.infer<typeof workspaceChoice>;

/** A workspace that was open lately. Its folder stays with the shell; `id` stands for it. */
export const recentWorkspace = z.object({
  id: z.string(),
  name: z.string(),
  /** The name of the folder that it lies in, where two are called the same; else null. */
  within: z.string().nullable(),
  /** It is not where it was. */
  missing: z.boolean(),
  current: z.boolean(),
});
export type RecentWorkspace = z.infer<typeof recentWorkspace>;
