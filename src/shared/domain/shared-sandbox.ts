import { z } from 'zod';
import type { Issue } from '../contract/faults.ts';
import { issueWords } from './issue-words.ts';
import { deeperThan } from './json.ts';
import type { JsonObject } from './json.ts';
import { deepest, hasControls, longest } from './limits.ts';
import { entityTypes } from './types.ts';

/** A shared sandbox has at most so many changes, and so many UTF-16 units as JSON: an update of it has both sides, and is one row of one request. */
export const mostChanges = 2000;
export const longestShared = 2_000_000;

const fields = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** What a sandbox did to a record since its merge base, as a row of the log says it: an update holds the changed fields, on both sides. */
export const sharedChange = z.object({
  type: z.enum(entityTypes),
  id: z.string().min(1).max(longest.id),
  /** What the record was called where it was shared. */
  title: z.string(),
  action: z.enum(['create', 'update', 'delete']),
  before: fields.nullable(),
  after: fields.nullable(),
});
export type SharedChange = z.infer<typeof sharedChange>;

/** What is stored of a sandbox that somebody shared. */
export const sharedPayload = z.object({
  name: z
    .string()
    .min(1)
    .max(longest.sandbox)
    .refine((value) => !hasControls(value)),
  /** Whose members see it; null is everybody. */
  university_id: z.string().min(1).max(longest.id).nullable(),
  description: z.string().max(longest.text),
  /** The id of a profile, and when. */
  shared_by: z.string().max(longest.id),
  shared_at: z.iso.datetime(),
  changes: z.array(sharedChange).min(1).max(mostChanges),
});
export type SharedPayload = z.infer<typeof sharedPayload>;

/** What is wrong with the form of a shared sandbox. */
export function sharedSandboxIssues(payload: JsonObject): Issue[] {
  if (deeperThan(payload, deepest))
    return [{ path: 'changes', code: 'too_deep', message: `nests deeper than ${deepest} levels` }];
  const result = sharedPayload.safeParse(payload, { reportInput: true });
  return (result.error?.issues ?? []).map((issue) => {
    return { path: issue.path.map(String).join('.'), code: issue.code, message: issueWords(issue) };
  });
}
