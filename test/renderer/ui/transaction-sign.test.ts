import { describe, expect, it } from 'vitest';
import { transactionKind } from '#renderer/ui/TransactionSign.tsx';

describe('the mark before a transaction', () => {
  it.each([
    ['team.create', 'added'],
    ['team.restore', 'added'],
    ['records.restore', 'added'],
    ['import', 'added'],
    ['sheet.import', 'added'],
    ['seed', 'added'],
    ['sample.clear', 'removed'],
    ['team.delete', 'removed'],
    ['records.remove', 'removed'],
    ['records.change', 'changed'],
    ['team.update', 'changed'],
    ['undo', 'undo'],
    ['redo', 'redo'],
  ])('of %s is that of what was %s', (label, kind) => {
    expect(transactionKind({ label, params: {} })).toBe(kind);
  });

  it('of several changes is that of additions if records were added', () => {
    expect(transactionKind({ label: 'records.change', params: { count: 6, created: 6 } })).toBe('added');
    expect(transactionKind({ label: 'records.change', params: { count: 6, created: 0 } })).toBe('changed');
  });

  it('of an import that created nothing is that of changes', () => {
    expect(transactionKind({ label: 'import', params: { made: 0 } })).toBe('changed');
    expect(transactionKind({ label: 'sheet.import', params: { made: 2 } })).toBe('added');
  });
});
