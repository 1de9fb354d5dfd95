import { randomBytes, randomUUID } from 'node:crypto';
import { blockListOf, checkTarget } from '#http/guarded-post.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { hook } from '#shared/contract/server/hooks.ts';
import { issueWithCode } from '#shared/texts/issues.ts';
import type { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { isoTime } from '../db/time.ts';
import { forAdmins } from '../procedures.ts';
import { readRecord } from '../records/read.ts';
import { notFound, validationError } from '../records/write.ts';
import { recordAccess } from '../users/access.ts';

const listQuery = `SELECT h.id, h.kind, h.direction, h.repository_id, h.url, d.*,
    CASE WHEN h.state = 'off' THEN 'off' WHEN h.paused_until > $1 THEN 'paused' ELSE 'on' END AS state,
    (SELECT coalesce(json_agg(l), '[]') FROM (SELECT id, at, attempts, error FROM deliveries WHERE hook = h.id AND state = 'dead'
      ORDER BY at DESC, id LIMIT 20) l) AS dead_letters
  FROM hooks h CROSS JOIN LATERAL (SELECT max(at) FILTER (WHERE attempts > 0 OR direction = 'in') AS last_at,
      (array_agg(error ORDER BY at DESC) FILTER (WHERE error IS NOT NULL))[1] AS last_error,
      count(*) FILTER (WHERE state IN ('done', 'sent')) AS delivered, count(*) FILTER (WHERE state = 'ignored') AS ignored,
      count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state IN ('dead', 'failed')) AS dead
    FROM deliveries WHERE hook = h.id) d ORDER BY h.created_at, h.id`;

/** `$1` is the id of the webhook, `$2` the argument. */
const statements = {
  rotate: 'UPDATE hooks SET secrets = ARRAY[$2, secrets[1]] WHERE id = $1',
  remove: 'DELETE FROM hooks WHERE id = $1 AND $2::text IS NULL',
  resend: `WITH again AS (UPDATE deliveries SET state = 'waiting', attempts = 0, next_at = '-infinity'
      WHERE hook = $1 AND state = 'dead' AND ($2::text IS NULL OR id = $2))
    UPDATE hooks SET state = 'on', failures = 0, paused_until = NULL WHERE id = $1`,
  test: `INSERT INTO deliveries (hook, id, direction, state, next_at, body, at)
    SELECT id, $2::json ->> 'id', 'out', 'waiting', '-infinity', $2, ($2::json ->> 'time')::timestamptz FROM hooks WHERE id = $1 AND direction = 'out'`,
};

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

async function changeHook(
  context: SignedInContext,
  action: keyof typeof statements,
  id: string,
  argument: string | null,
): Promise<{ id: string; secret: string | null }> {
  await recordAccess(context, `hooks.${action}`, id);
  const changed = await context.services.database.run(statements[action], [id, argument]);
  if (changed === 0) {
    const isIncoming = await context.services.database.get('SELECT 1 FROM hooks WHERE id = $1', [id]);
    if (isIncoming) throw validationError([issueWithCode('id', 'custom', 'hook_receives')]);
    throw new ServerFault('HOOK_NOT_FOUND', { id });
  }
  return { id, secret: action === 'rotate' ? argument : null };
}

function assertTarget(url: string, networks: readonly string[]): void {
  try {
    checkTarget(url, blockListOf(networks));
  } catch {
    throw validationError([issueWithCode('url', 'custom', 'hook_address')]);
  }
}

export const hookHandlers = {
  list: forAdmins.hooks.list.handler(async ({ context }) => {
    const { database, now } = context.services;
    await recordAccess(context, 'hooks.list', null);
    return { hooks: await database.all<z.infer<typeof hook>>(listQuery, [isoTime(now())]) };
  }),
  create: forAdmins.hooks.create.handler(async ({ input: { kind, repository_id, url }, context }) => {
    const { database, now, config } = context.services;
    const isOutgoing = url !== null;
    if (isOutgoing === (repository_id !== null) || (isOutgoing && kind !== 'standard'))
      throw validationError([issueWithCode('repository_id', 'custom', 'hook_direction')]);
    if (isOutgoing) assertTarget(url, config.hookNetworks);
    else if (!(await readRecord(database, 'repository', repository_id ?? '')))
      throw notFound('repository', repository_id ?? '');
    const [id, secret] = [`hook_${randomUUID()}`, newSecret()];
    await recordAccess(context, 'hooks.create', id);
    await database.run(
      `INSERT INTO hooks (id, kind, direction, repository_id, url, secrets, cursor, created_at)
       SELECT $1, $2, $3, $4, $5, ARRAY[$6], next_row - 1, $7 FROM server`,
      [id, kind, isOutgoing ? 'out' : 'in', repository_id, url, secret, isoTime(now())],
    );
    return { id, secret };
  }),
  rotate: forAdmins.hooks.rotate.handler(({ input: { id }, context }) =>
    changeHook(context, 'rotate', id, newSecret()),
  ),
  remove: forAdmins.hooks.remove.handler(({ input: { id }, context }) =>
    changeHook(context, 'remove', id, null),
  ),
  resend: forAdmins.hooks.resend.handler(({ input: { id, delivery }, context }) =>
    changeHook(context, 'resend', id, delivery ?? null),
  ),
  test: forAdmins.hooks.test.handler(({ input: { id }, context }) => {
    const time = isoTime(context.services.now());
    const event = { specversion: '1.0', id: randomUUID(), source: '/servers', type: 'frames.test', time };
    return changeHook(context, 'test', id, JSON.stringify(event));
  }),
};
