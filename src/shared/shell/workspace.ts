import { z } from 'zod';

/** What came of choosing a workspace; `name` is the folder's own name. */
export const workspaceChoice = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('cancelled') }),
  z.object({ outcome: z.literal('opened'), name: z.string() }),
  /** `not_empty`: a new workspace needs an empty folder; `no_workspace`: there is none in the folder. */
  z.object({
    outcome: z.literal('refused'),
    reason: z.enum(['not_empty', 'no_workspace']),
    name: z.string(),
  }),
]);
export type WorkspaceChoice = z.infer<typeof workspaceChoice>;
