/** What the first operation of a server's history names as its predecessor. */
export const serverGenesis = '0'.repeat(64);

/** What the hash of an operation in the server's history is the SHA-256 of: its facts, its rows by their digests, and the hash before it. */
export function operationText(operation: {
  previous_hash: string;
  seq: number;
  op_id: string;
  replica: string;
  actor: string;
  stamp: string;
  label: string;
  created_at: string;
  body: string;
}): string {
  const { previous_hash, seq, op_id, replica, actor, stamp, label, created_at, body } = operation;
  return [previous_hash, seq, op_id, replica, actor, stamp, label, created_at, body].join('\u001f');
}
