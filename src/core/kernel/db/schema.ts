import type { TableName } from '#shared/domain/types.ts';

/** SQL condition for a row that is neither deleted nor hidden; `row` is its alias. */
export const visibleCondition = (row?: string): string => {
  const prefix = row === undefined ? '' : `${row}.`;
  return `${prefix}deleted_at IS NULL AND ${prefix}hidden = 0`;
};

/** A row of any record table, without the computed columns that differ between tables. */
export interface RecordRow {
  id: string;
  payload: string;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  /** 1 while another record, which is deleted, hides this one. */
  hidden: number;
  university_id: string | null;
}

export interface AuditTransactionRow {
  id: number;
  label: string;
  params: string | null;
  params_salt: string | null;
  params_digest: string;
  actor: string;
  op_id: string;
  replica: string;
  hlc: string;
  created_at: string;
  undoes: string | null;
  redoes: string | null;
  changes: number;
  previous_hash: string;
  hash: string;
}

export interface AuditLogRow {
  id: number;
  actor: string;
  action: 'create' | 'update' | 'delete' | 'restore';
  entity_type: string;
  entity_id: string;
  university_id: string | null;
  payload_before: string | null;
  payload_after: string | null;
  meta: string | null;
  salt: string | null;
  digest: string;
  created_at: string;
}

export interface WorkspaceRow {
  key: string;
  value: string;
}

export type Schema = Record<TableName, RecordRow> & {
  audit_transactions: AuditTransactionRow;
  audit_logs: AuditLogRow;
  workspace: WorkspaceRow;
};
