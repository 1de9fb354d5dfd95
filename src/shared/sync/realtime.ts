/** What a server tells whoever is connected. Only a hint: what `pull` answers is the truth. */
export interface ServerEvents {
  'entity:created': (hint: RecordHint) => void;
  'entity:updated': (hint: RecordHint) => void;
  'entity:deleted': (hint: RecordHint) => void;
  'user:created': (hint: RecordHint) => void;
  'user:updated': (hint: RecordHint) => void;
  /** Something was committed; of a large operation nothing else is told. */
  head: (hint: { seq: number }) => void;
  /** Who has which record open. */
  presence: (people: readonly Present[]) => void;
}

export interface ClientEvents {
  /** The record that this client has open; null for none. */
  open: (record: { type: string; id: string } | null) => void;
}

export interface RecordHint {
  type: string;
  id: string;
  op_id: string;
  /** When it happened by the server's clock, as a hybrid logical reading. */
  causal_ts: string;
  actor: string;
  seq: number;
}

/** Somebody who is connected, and the record they have open. */
export interface Present {
  user: string;
  name: string;
  record: { type: string; id: string } | null;
}

/** Where realtime is, beside the routes. */
export const realtimePath = '/api/v1/realtime';
