import { connection } from '../api/connection.ts';
import { isDisconnected } from '../api/failures.ts';

/**
 * Listens to what the data process tells, again and again: when it ended, and when there is another data process. `onLost` hears where something may have
 * been missed. Gives a function that ends it.
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
        // The other side ended it in order: ask again, but not at once.
        await pause(1000);
      } catch (error) {
        if (signal.aborted) return;
        await (isDisconnected(error) ? reconnected(signal) : pause(1000));
        onLost();
      }
    }
  };
  void run();
  return () => ending.abort();
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function reconnected(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stop();
      resolve();
    };
    const stop = connection.subscribe(({ state }) => {
      if (state === 'ready') done();
    });
    signal.addEventListener('abort', done, { once: true });
    if (connection.getState().state === 'ready') done();
  });
}
