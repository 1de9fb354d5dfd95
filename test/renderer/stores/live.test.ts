import { QueryClient } from '@tanstack/react-query';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { clientOf } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';

/** A window that is told to read again, which takes so long, and how long after a change by another process it is told. */
async function watching(reading: () => Promise<void>) {
  const { workspace } = await serveCore();
  const other = clientOf(await workspace.another());
  const queries = new QueryClient();
  const told = vi.spyOn(queries, 'invalidateQueries').mockImplementation(reading);
  onTestFinished(watchChanges(queries));
  let number = 0;
  const change = async (): Promise<number> => {
    const before = told.mock.calls.length;
    number += 1;
    await other.entities.create({ type: 'team', data: { name: `Team ${number}` } });
    const written = performance.now();
    await vi.waitFor(() => expect(told.mock.calls.length).toBeGreaterThan(before), { interval: 2 });
    return performance.now() - written;
  };
  // Until the window listens.
  await vi.waitFor(async () => void (await change()), { timeout: 10_000 });
  return change;
}

test('consecutive changes of another process are each read within 100 ms', async () => {
  const change = await watching(() => Promise.resolve());
  const waits: number[] = [];
  for (let at = 0; at < 7; at += 1) waits.push(await change());
  expect(waits.toSorted((a, b) => a - b)[3]).toBeLessThan(100);
});

test('a slow query is not repeated meanwhile, for a limited time', async () => {
  const change = await watching(() => new Promise(() => {}));
  const waits: number[] = [];
  for (let at = 0; at < 3; at += 1) waits.push(await change());
  expect(waits.toSorted((a, b) => a - b)[1]).toBeGreaterThan(100);
});
