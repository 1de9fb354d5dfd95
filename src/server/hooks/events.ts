import { verbs } from '#shared/events/events.ts';

/** A row of the history about a task or repair. */
export interface ChangedRow {
  row: number;
  /** Number of the row within its operation. */
  index: number;
  op_id: string;
  type: string;
  record: string;
  action: keyof typeof verbs;
  at: string;
  server: string;
}

/** What a webhook is told of a change, as a CloudEvent. It names records only by their ids, so that an erasure concerns no delivery. */
export const eventOf = ({ index, op_id, type, record, action, at, server }: ChangedRow) => ({
  specversion: '1.0',
  id: `${op_id}/${index}`,
  source: `/servers/${server}`,
  type: `frames.${type}.${verbs[action]}`,
  subject: `${type}/${record}`,
  time: at,
});
