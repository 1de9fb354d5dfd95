import type { RequestContext } from '../context.ts';
import { isoTime } from '../db/time.ts';

export type AuthEvent =
  | 'bootstrap'
  | 'bootstrap_refused'
  | 'token'
  | 'token_refused'
  | 'token_locked'
  | 'oidc'
  | 'oidc_refused'
  | 'refresh'
  | 'refresh_refused'
  | 'refresh_reused'
  | 'bearer_refused'
  | 'password'
  | 'password_refused'
  | 'logout';

export async function recordAuthEvent(
  { services, requestId, address }: RequestContext,
  { event, user, email }: { event: AuthEvent; user: string | null; email?: string },
): Promise<void> {
  await services.database.run(
    'INSERT INTO auth_events (at, event, user_id, email, address, request_id) VALUES ($1, $2, $3, $4, $5, $6)',
    [isoTime(services.now()), event, user, email ?? null, address, requestId],
  );
}

/** Records a refused token. Charges the address first, because larger budgets would let anybody fill the table. Throws RATE_LIMITED. */
export async function recordRefusedToken(
  context: RequestContext,
  refusal: { event: 'refresh_refused' | 'bearer_refused'; user: string | null },
): Promise<void> {
  await context.limits.chargeOnce('address', context.address);
  await recordAuthEvent(context, refusal);
}
