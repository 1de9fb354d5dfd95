import { z } from 'zod';
import { maxLengths } from '../../domain/limits.ts';
import { syncedTypes } from '../../sync/operation.ts';
import { jsonObject } from '../json.ts';
import { operation, pageOf, paging } from './base.ts';

const tags = ['Audit'];
const id = z.string().min(1).max(maxLengths.id);
const pagingSince = paging.omit({ sort_by: true }).extend({
  /** Start of the period: ISO 8601. */
  since: z.iso.datetime({ offset: true }).optional(),
});

export const auditedChange = z.object({
  id: z.number(),
  op_id: z.string(),
  /** The author's action, as a code with its parameters. */
  label: z.string(),
  params: jsonObject,
  actor: z.string(),
  action: z.enum(['create', 'update', 'delete', 'restore']),
  entity_type: z.string(),
  entity_id: z.string(),
  /** The record's current or last name; empty if the caller is no longer allowed to see it. */
  title: z.string().default(''),
  /** The record's universities before and after. */
  universities: z.array(z.string()),
  before: jsonObject.nullable(),
  after: jsonObject.nullable(),
  /** `made_at`: by the author's clock. `created_at`: the arrival at the server. */
  made_at: z.string(),
  created_at: z.string(),
});
export type AuditedChange = z.infer<typeof auditedChange>;

/** Record changes that the caller is allowed to see, newest first. */
export const list = operation
  .route({ method: 'GET', path: '/audit', tags, summary: 'Read changes of records' })
  .input(
    pagingSince.extend({
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

/** `user_id` is null if no user has the email. */
export const signIn = event.extend({ email: z.string().nullable() });
export type SignInAttempt = z.infer<typeof signIn>;

/** Sign-in attempts and their results. For admins, like the operations below. */
export const signIns = operation
  .route({ method: 'GET', path: '/audit/sign-ins', tags, summary: 'Read attempts to sign in' })
  .input(pagingSince.extend({ user_id: id.optional() }))
  .output(pageOf(signIn));

export const accessEvent = event.extend({ subject: z.string().nullable() });

/** Access to personal data, and database actions of admins. `subject` is the person or backup; null for many or none. */
export const access = operation
  .route({ method: 'GET', path: '/audit/access', tags, summary: 'Read who read data about people' })
  .input(pagingSince.extend({ user_id: id.optional() }))
  .output(pageOf(accessEvent));
