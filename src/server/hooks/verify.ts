import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { HookKind } from '#shared/contract/server/hooks.ts';

/** A delivery as it arrived: the signature covers exactly these bytes. */
export interface Delivery {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const toleranceMs = 5 * 60_000;

const sha256 = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();
/** Digests have one length, so the time of the comparison says nothing about the expected text. */
const isEqual = (given: string, expected: string): boolean =>
  timingSafeEqual(sha256(given), sha256(expected));

const headerOf = ({ headers }: Delivery, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/** The signature of Standard Webhooks, `time` in seconds since 1970. A secret with the prefix `whsec_` is in base64. */
export function standardSignature(
  secret: string,
  { id, time, body }: { id: string; time: string; body: string | Buffer },
): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  return `v1,${createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('base64')}`;
}

type IsSigned = (delivery: Delivery, secret: string, now: number) => boolean;

const byHexSignature =
  (header: string, prefix: string): IsSigned =>
  (delivery, secret) =>
    isEqual(
      headerOf(delivery, header),
      prefix + createHmac('sha256', secret).update(delivery.body).digest('hex'),
    );

const byStandardSignature: IsSigned = (delivery, secret, now) => {
  const [id, time] = [headerOf(delivery, 'webhook-id'), headerOf(delivery, 'webhook-timestamp')];
  if (id === '' || !/^\d{1,12}$/.test(time) || Math.abs(now - Number(time) * 1000) > toleranceMs)
    return false;
  const expected = standardSignature(secret, { id, time, body: delivery.body });
  return headerOf(delivery, 'webhook-signature')
    .split(' ')
    .some((signature) => isEqual(signature, expected));
};

/** GitLab sends its secret as it is; newer versions sign. */
const byGitlab: IsSigned = (delivery, secret, now) =>
  headerOf(delivery, 'webhook-signature') === ''
    ? isEqual(headerOf(delivery, 'x-gitlab-token'), secret)
    : byStandardSignature(delivery, secret, now);

interface Sender {
  isSigned: IsSigned;
  /** The headers with the id of a delivery, the first one first. */
  ids: readonly string[];
  /** The header with the name of the event; the body of the others has it. */
  event?: string;
}

const senders: Readonly<Record<HookKind, Sender>> = {
  github: {
    isSigned: byHexSignature('x-hub-signature-256', 'sha256='),
    ids: ['x-github-delivery'],
    event: 'x-github-event',
  },
  gitea: {
    isSigned: byHexSignature('x-gitea-signature', ''),
    ids: ['x-gitea-delivery'],
    event: 'x-gitea-event',
  },
  gitlab: { isSigned: byGitlab, ids: ['webhook-id', 'idempotency-key', 'x-gitlab-event-uuid'] },
  standard: { isSigned: byStandardSignature, ids: ['webhook-id'] },
};

const maxIdLength = 200;

/**
 * Id and event of a delivery, or null unless one of the secrets signed it. `now` in milliseconds since 1970. The kind is that of the webhook:
 * what headers say about the sender does not count. The hash of the body is the id of a delivery without one.
 */
export function verifyDelivery(
  kind: HookKind,
  delivery: Delivery,
  { secrets, now }: { secrets: readonly string[]; now: number },
): { id: string; event: string } | null {
  const { isSigned, ids, event } = senders[kind];
  if (!secrets.some((secret) => secret !== '' && isSigned(delivery, secret, now))) return null;
  const id = ids
    .map((name) => headerOf(delivery, name))
    .find((text) => text !== '' && text.length <= maxIdLength);
  return { id: id ?? sha256(delivery.body).toString('hex'), event: event ? headerOf(delivery, event) : '' };
}
