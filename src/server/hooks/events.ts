/** A row of the history about a task or repair. */
export interface ChangedRow {
  row: number;
  /** Number of the row within its operation. */
  index: number;
  op_id: string;
  type: string;
  record: string;
  action: string;
  at: string;
  server: string;
}

const eventNames: Readonly<Record<string, string>> = { create: 'created', delete: 'deleted' };

/** What a webhook is told of a change, as a CloudEvent. It names records only by their ids, so that an erasure concerns no delivery. */
export const eventOf = ({ index, op_id, type, record, action, at, server }: ChangedRow) => ({
  specversion: '1.0',
  id: `${op_id}/${index}`,
  source: `/servers/${server}`,
  type: `frames.${type}.${eventNames[action] ?? 'updated'}`,
  subject: `${type}/${record}`,
  time: at,
});
