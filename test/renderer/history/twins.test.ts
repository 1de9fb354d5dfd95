import { expect, it } from 'vitest';
import { readsAlike } from '#renderer/features/history/TransactionList.tsx';
import { clock } from '#renderer/text/time.ts';
import type { AuditTransaction } from '#shared/contract/history.ts';

const entry = (parts: Partial<AuditTransaction>): AuditTransaction => ({
  id: 1,
  op_id: 'o',
  label: 'team.create',
  params: { title: 'Thermal' },
  actor: { id: 'a', name: 'Ada' },
  created_at: '2026-11-20T12:20:31.000Z',
  changes: 1,
  undoes: null,
  redoes: null,
  undone: false,
  hash: '',
  ...parts,
});

it('finds entries that cannot be told apart by their words', () => {
  const one = entry({});
  expect(readsAlike(one, entry({ id: 2, created_at: '2026-11-20T12:21:00.000Z' }))).toBe(true);
  expect(readsAlike(one, entry({ params: { title: 'Optics' } }))).toBe(false);
  expect(readsAlike(one, entry({ actor: { id: 'b', name: 'Bo' } }))).toBe(false);
  expect(readsAlike(one, entry({ created_at: '2026-11-12T12:20:31.000Z' }))).toBe(false);
  expect(readsAlike(one, undefined)).toBe(false);
});

it('tells the time of day to the second', () => {
  expect(clock('2026-11-20T12:20:31.000Z')).toMatch(/^\d\d:20:31$/);
  expect(clock('never')).toBe('never');
});
