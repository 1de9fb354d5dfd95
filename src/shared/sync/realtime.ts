/** Events that a server sends to connected clients. They are hints only; `pull` is authoritative. */
export interface ServerEvents {
  'entity:created': (hint: RecordHint) => void;
  'entity:updated': (hint: RecordHint) => void;
  'entity:deleted': (hint: RecordHint) => void;
  'user:created': (hint: RecordHint) => void;
  'user:updated': (hint: RecordHint) => void;
  /** Something was committed. Large operations send no other event. */
  head: (hint: { seq: number }) => void;
  /** Which record each connected person has open. */
  presence: (people: readonly PresentUser[]) => void;
}

export interface ClientEvents {
  open: (record: { type: string; id: string } | null) => void;
}

export interface RecordHint {
  type: string;
  id: string;
  op_id: string;
  /** Server time of the event, as a hybrid logical timestamp. */
  causal_ts: string;
  actor: string;
  seq: number;
}

export interface PresentUser {
  user: string;
  name: string;
  record: { type: string; id: string } | null;
}

/** The path of the realtime endpoint, which is not a route. */
export const realtimePath = '/api/v1/realtime';
