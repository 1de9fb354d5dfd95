import { z } from 'zod';
import { maxLengths } from '../../domain/limits.ts';
import { withDisplay } from '../display-rules.ts';
import { operation } from './base.ts';

/** For admins; each call is audited. */
const tags = ['Webhooks'];

/** Who sends or receives: decides how deliveries are signed, and what their bodies mean. */
export const hookKinds = ['github', 'gitlab', 'gitea', 'standard'] as const;
export type HookKind = (typeof hookKinds)[number];

const deadDelivery = z.object({ id: z.string(), at: z.string(), attempts: z.number(), error: z.string() });

export const hook = z.object({
  id: z.string(),
  kind: z.enum(hookKinds),
  direction: z.enum(['in', 'out']),
  repository_id: z.string().nullable(),
  /** Where it sends to; null if it receives. */
  url: z.string().nullable(),
  /** Paused after failures, until one attempt succeeds. Off after the receiver answered 410. */
  state: z.enum(['on', 'paused', 'off']),
  last_at: z.string().nullable(),
  last_error: z.string().nullable(),
  /** Numbers of deliveries of the last 90 days. `ignored` ones say nothing about tasks. */
  delivered: z.number(),
  ignored: z.number(),
  waiting: z.number(),
  dead: z.number(),
  /** The newest 20. */
  dead_letters: z.array(deadDelivery),
});

/** With a repository it receives, with an address it sends as Standard Webhooks describe. */
export const newHook = z.object({
  kind: z.enum(hookKinds).default('standard'),
  repository_id: z.string().max(maxLengths.id).nullable().default(null),
  url: z.string().max(maxLengths.url).nullable().default(null),
});

/** The new secret, which is shown only this once; null if it stays. */
export const changedHook = z.object({
  id: z.string(),
  secret: withDisplay(z.string().nullable(), { absent: '' }),
});

export const list = operation
  .route({ method: 'GET', path: '/hooks', summary: 'List webhooks', tags })
  .output(z.object({ hooks: z.array(hook) }));

export const create = operation
  .route({ method: 'POST', path: '/hooks', summary: 'Add a webhook', successStatus: 201, tags })
  .input(newHook)
  .output(changedHook);

const key = z.object({ id: z.string().max(maxLengths.id) });

/** The former secret stays valid until the next rotation. */
export const rotate = operation
  .route({ method: 'POST', path: '/hooks/{id}/rotate', summary: 'Replace the secret of a webhook', tags })
  .input(key)
  .output(changedHook);

export const remove = operation
  .route({ method: 'DELETE', path: '/hooks/{id}', summary: 'Remove a webhook with its deliveries', tags })
  .input(key)
  .output(changedHook);

/** Sends dead deliveries again, by default all, and turns the webhook on. */
export const resend = operation
  .route({ method: 'POST', path: '/hooks/{id}/resend', summary: 'Send dead deliveries again', tags })
  .input(key.extend({ delivery: z.string().max(maxLengths.name).optional() }))
  .output(changedHook);

export const test = operation
  .route({ method: 'POST', path: '/hooks/{id}/test', summary: 'Send a test event', tags })
  .input(key)
  .output(changedHook);
