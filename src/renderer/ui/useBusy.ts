import { useState } from 'react';

/** Whether work started by a button is running, and a function that starts it. `work` reports its own failure. */
export function useBusy(work: () => Promise<void>): [isBusy: boolean, run: () => void] {
  const [isBusy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  return [isBusy, () => void run()];
}
