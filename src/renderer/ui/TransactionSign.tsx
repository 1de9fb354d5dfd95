import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import type { AuditTransaction } from '#shared/contract/history.ts';

export type TransactionKind = 'added' | 'changed' | 'removed' | 'undo' | 'redo';

type LabelledTransaction = Pick<AuditTransaction, 'label' | 'params'>;

export function transactionKind({ label, params }: LabelledTransaction): TransactionKind {
  if (label === 'undo' || label === 'redo') return label;
  if (params.made === 0) return 'changed';
  const action = label.slice(label.lastIndexOf('.') + 1);
  const createsRecords = typeof params.created === 'number' && params.created > 0;
  if (createsRecords || ['import', 'seed', 'create', 'restore'].includes(action)) return 'added';
  return ['delete', 'remove', 'clear'].includes(action) ? 'removed' : 'changed';
}

const signs = { added: '+', changed: '~', removed: '−' } as const;

/** The icon of a transaction: added, changed, removed, undone or redone. Its text is next to it. */
export function TransactionSign({ transaction }: { transaction: LabelledTransaction }) {
  const kind = transactionKind(transaction);
  return (
    <span className={`sign sign-${kind}`} aria-hidden>
      {kind === 'undo' && <IconArrowBackUp size={14} stroke={1.8} />}
      {kind === 'redo' && <IconArrowForwardUp size={14} stroke={1.8} />}
      {kind !== 'undo' && kind !== 'redo' && signs[kind]}
    </span>
  );
}
