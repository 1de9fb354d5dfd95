import { z } from 'zod';
import type { Issue } from '../contract/fault-data.ts';
import { issueOf, issueOfZod } from '../texts/issues.ts';
import { isDeeperThan } from './json.ts';
import type { JsonObject } from './json.ts';
import { maxDepth, hasControls, maxLengths } from './limits.ts';
import { entityTypes } from './types.ts';

/**
 * Limits of a shared sandbox: number of changes, and UTF-16 units as JSON. An update of a shared sandbox holds both sides, and must fit in
 * one row of one request.
 */
export const maxChanges = 2000;
export const maxSharedLength = 2_000_000;

const fields = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** A sandbox's change of a record since its merge base, as a log row. An update holds the changed fields on both sides. */
export const sharedChange = z.object({
  type: z.enum(entityTypes),
  id: z.string().min(1).max(maxLengths.id),
  title: z.string(),
  action: z.enum(['create', 'update', 'delete']),
  before: fields.nullable(),
  after: fields.nullable(),
});
export type SharedChange = z.infer<typeof sharedChange>;

export const sharedPayload = z.object({
  name: z
    .string()
    .min(1)
    .max(maxLengths.sandbox)
    .refine((value) => !hasControls(value)),
  /** The university whose members can see the sandbox; null for everybody. */
  university_id: z.string().min(1).max(maxLengths.id).nullable(),
  description: z.string().max(maxLengths.text),
  shared_by: z.string().max(maxLengths.id),
  shared_at: z.iso.datetime(),
  changes: z.array(sharedChange).min(1).max(maxChanges),
});
export type SharedPayload = z.infer<typeof sharedPayload>;

export function sharedSandboxIssues(payload: JsonObject): Issue[] {
  if (isDeeperThan(payload, maxDepth)) return [issueOf('changes', 'too_deep', { max: maxDepth })];
  const result = sharedPayload.safeParse(payload, { reportInput: true });
  return (result.error?.issues ?? []).map((issue) => issueOfZod(issue));
}
