/** Previous hash of the first operation in a server's history. */
export const serverGenesis = '0'.repeat(64);

/** The input of an operation's SHA-256 in the server's history: its fields, the digests of its rows, and the previous hash. */
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
