import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';

export type TransactionKind = 'added' | 'changed' | 'removed' | 'undo' | 'redo';

/** What a transaction did above all, by its label code. */
export function kindOf(label: string): TransactionKind {
  if (label === 'undo' || label === 'redo') return label;
  const action = label.slice(label.lastIndexOf('.') + 1);
  if (['import', 'seed', 'create', 'restore'].includes(action)) return 'added';
  return ['delete', 'remove', 'clear'].includes(action) ? 'removed' : 'changed';
}

const signs = { added: '+', changed: '~', removed: '−' } as const;

/** The mark before a transaction: added, changed, removed, undone or redone. Its words stand beside it. */
export function TransactionSign({ label }: { label: string }) {
  const kind = kindOf(label);
  return (
    <span className={`sign sign-${kind}`} aria-hidden>
      {kind === 'undo' && <IconArrowBackUp size={14} stroke={1.8} />}
      {kind === 'redo' && <IconArrowForwardUp size={14} stroke={1.8} />}
      {kind !== 'undo' && kind !== 'redo' && signs[kind]}
    </span>
  );
}
