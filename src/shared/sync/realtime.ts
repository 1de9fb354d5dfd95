import { z } from 'zod';

const openRecord = z.object({ type: z.string(), id: z.string() }).nullable();
export type OpenRecord = z.infer<typeof openRecord>;

const recordHint = z.object({
  type: z.string(),
  id: z.string(),
  op_id: z.string(),
  causal_ts: z.string().describe('When it happened by the server\u2019s clock, as a hybrid logical reading'),
  actor: z.string(),
  seq: z.number().describe('Its number in the history'),
});
export type RecordHint = z.infer<typeof recordHint>;

const presentUser = z.object({ user: z.string(), name: z.string(), record: openRecord });
export type PresentUser = z.infer<typeof presentUser>;

/** Events that a server sends to connected clients. They are hints only; `pull` is authoritative. */
export const serverEvents = {
  'entity:created': recordHint,
  'entity:updated': recordHint,
  'entity:deleted': recordHint,
  'user:created': recordHint,
  'user:updated': recordHint,
  /** Something was committed. Large operations send no other event. */
  head: z.object({ seq: z.number() }),
  /** The newest cursor of `events.read`. */
  events: z.object({ cursor: z.string() }),
  /** Which record each connected person has open. */
  presence: z.array(presentUser),
};
export type ServerEvents = {
  [E in keyof typeof serverEvents]: (payload: z.infer<(typeof serverEvents)[E]>) => void;
};

export interface ClientEvents {
  open: (record: OpenRecord) => void;
}

/** The path of the realtime endpoint, which is not a route. */
export const realtimePath = '/api/v1/realtime';
