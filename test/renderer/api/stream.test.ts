import { createORPCClient } from '@orpc/client';
import { afterEach, describe, expect, it } from 'vitest';
import type { Progress } from '#shared/contract/progress.ts';
import { isCancelled, isDisconnected } from '#renderer/api/failures.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { createSwitchboard } from '#renderer/api/switchboard.ts';
import { createPartner, failure } from './partner.ts';
import type { Partner } from './partner.ts';

type Step = Progress | { kind: 'result'; result: string };
interface Client {
  [operation: string]: (input?: undefined, options?: { signal: AbortSignal }) => Promise<unknown>;
  steps: (input?: undefined, options?: { signal: AbortSignal }) => Promise<AsyncIterable<Step>>;
}

let partner: Partner;
afterEach(() => partner.die());

async function setUp(): Promise<Client> {
  partner = createPartner('one');
  const board = createSwitchboard({ canRepeat: () => false });
  await board.attach(partner.port);
  return createORPCClient(board.link) as unknown as Client;
}

describe('following a long operation', () => {
  it('hands on progress and gives the result', async () => {
    const client = await setUp();
    const steps: Progress[] = [];
    partner.release();
    expect(await awaitResult(client.steps(), (step) => steps.push(step))).toBe('one');
    expect(steps).toEqual([{ kind: 'progress', step: 'reading', done: 1, total: null }]);
  });

  it('rejects as cancelled when the person stops it, not as disconnected', async () => {
    const client = await setUp();
    const stop = new AbortController();
    const running = failure(
      awaitResult(client.steps(undefined, { signal: stop.signal }), () => stop.abort(), stop.signal),
    );
    const error = await running;
    expect(isCancelled(error)).toBe(true);
    expect(isDisconnected(error)).toBe(false);
  });

  it('rejects as disconnected when the data process ends, not as cancelled', async () => {
    const client = await setUp();
    const stop = new AbortController();
    const error = await failure(
      awaitResult(client.steps(undefined, { signal: stop.signal }), () => partner.die(), stop.signal),
    );
    expect(isDisconnected(error)).toBe(true);
    expect(isCancelled(error)).toBe(false);
  });

  it('fails without a result', async () => {
    partner = createPartner('one');
    const empty = (async function* () {})();
    expect(String(await failure(awaitResult(empty, () => {})))).toContain('without a result');
  });
});
