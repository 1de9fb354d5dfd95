import { connectionStore } from '../api/connection.ts';
import { isDisconnected } from '../api/failures.ts';

/**
 * Subscribes to events of the data process, again whenever the stream ends or a new process starts. `onLost` is called when events may have
 * been missed. Returns a function that unsubscribes.
 */
export function keepSubscribed(
  listen: (signal: AbortSignal) => Promise<void>,
  onLost: () => void = () => {},
): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await listen(signal);
        // The stream ended regularly: subscribe again after a pause.
        await waitFor(1000);
      } catch (error) {
        if (signal.aborted) return;
        await (isDisconnected(error) ? waitForConnection(signal) : waitFor(1000));
        onLost();
      }
    }
  };
  void run();
  return () => controller.abort();
}

export function waitFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function waitForConnection(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      unsubscribe();
      resolve();
    };
    const unsubscribe = connectionStore.subscribe(({ state }) => {
      if (state === 'ready') finish();
    });
    signal.addEventListener('abort', finish, { once: true });
    if (connectionStore.getState().state === 'ready') finish();
  });
}
