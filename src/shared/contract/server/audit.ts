import { z } from 'zod';
import { longest } from '../../domain/limits.ts';
import { syncedTypes } from '../../sync/operation.ts';
import { jsonObject } from '../json.ts';
import { operation, pageOf, paging } from './base.ts';

const tags = ['Audit'];
const id = z.string().min(1).max(longest.id);
const period = paging.omit({ sort_by: true }).extend({
  /** Nothing before: ISO 8601. */
  since: z.iso.datetime({ offset: true }).optional(),
});

export const auditedChange = z.object({
  id: z.number(),
  op_id: z.string(),
  /** What its author did, as a code, with what it names. */
  label: z.string(),
  params: jsonObject,
  actor: z.string(),
  action: z.enum(['create', 'update', 'delete', 'restore']),
  entity_type: z.string(),
  entity_id: z.string(),
  /** The record's name today, or the last one it had; empty if the caller does not see it any more. */
  title: z.string().default(''),
  /** What it belonged to, before or after. */
  universities: z.array(z.string()),
  before: jsonObject.nullable(),
  after: jsonObject.nullable(),
  /** By its author's clock, and when the server had it. */
  made_at: z.string(),
  created_at: z.string(),
});
export type AuditedChange = z.infer<typeof auditedChange>;

/** Changes of records, newest first, as far as the caller may see the records. */
export const list = operation
  .route({ method: 'GET', path: '/audit', tags, summary: 'Read changes of records' })
  .input(
    period.extend({
      entity_type: z.enum(syncedTypes).optional(),
      entity_id: id.optional(),
      actor: id.optional(),
    }),
  )
  .output(pageOf(auditedChange));

const event = z.object({
  id: z.number(),
  at: z.string(),
  event: z.string(),
  user_id: z.string().nullable(),
  address: z.string().nullable(),
  request_id: z.string(),
});

/** `user_id` is null where the email is nobody's. */
export const signIn = event.extend({ email: z.string().nullable() });
export type SignInAttempt = z.infer<typeof signIn>;

/** Attempts to sign in and what came of them. For admins, as what follows. */
export const signIns = operation
  .route({ method: 'GET', path: '/audit/sign-ins', tags, summary: 'Read attempts to sign in' })
  .input(period.extend({ user_id: id.optional() }))
  .output(pageOf(signIn));

export const accessEvent = event.extend({ subject: z.string().nullable() });

/** Who read data about people, and what admins did with the database; `subject` is the person or the backup, null for many or none. */
export const access = operation
  .route({ method: 'GET', path: '/audit/access', tags, summary: 'Read who read data about people' })
  .input(period.extend({ user_id: id.optional() }))
  .output(pageOf(accessEvent));
