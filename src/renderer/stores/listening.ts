import { connectionStore } from '../api/connection.ts';
import { isDisconnected } from '../api/failures.ts';

/**
 * Subscribes to events of the data process, again whenever the stream ends or a new process starts. `onLost` is called when events may have
 * been missed. Returns a function that unsubscribes.
 */
export function keepListening(
  listen: (signal: AbortSignal) => Promise<void>,
  onLost: () => void = () => {},
): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await listen(signal);
        // The stream ended regularly: subscribe again after a pause.
        await waitFor(1000);
      } catch (error) {
        if (signal.aborted) return;
        await (isDisconnected(error) ? reconnected(signal) : waitFor(1000));
        onLost();
      }
    }
  };
  void run();
  return () => ending.abort();
}

export function waitFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function reconnected(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stop();
      resolve();
    };
    const stop = connectionStore.subscribe(({ state }) => {
      if (state === 'ready') done();
    });
    signal.addEventListener('abort', done, { once: true });
    if (connectionStore.getState().state === 'ready') done();
  });
}
