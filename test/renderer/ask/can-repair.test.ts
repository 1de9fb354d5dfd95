import { ORPCError } from '@orpc/client';
import { expect, it } from 'vitest';
import { canRepair, useQuestionState } from '#renderer/features/ask/state.ts';
import type { Proposal } from '#shared/contract/ask.ts';

const proposal = { by: 'model', model: 'a model' } as unknown as Proposal;

it.each([
  [
    'a statement that SQLite refused',
    'SQL',
    { reason: 'empty', what: 'no such column: x', limit: null },
    true,
  ],
  ['a lost connection', 'UNAVAILABLE', {}, false],
])('offers the model to correct %s: %s', (_, code, data, isOffered) => {
  const error = new ORPCError(code, { data });
  expect(canRepair({ ...useQuestionState.getState(), proposal, error })).toBe(isOffered);
});
