import { ask } from '../ask.ts';
import type { Running } from '../launch.ts';

/** Hands a link or a file to the running program as a second start would. */
export async function openingOf({ app }: Running, argument: string): Promise<void> {
  await ask(() =>
    app.evaluate(
      ({ app: program }, text) =>
        void program.emit('second-instance', {}, [], '/', { argv: ['frames', text], folder: '/' }),
      argument,
    ),
  );
}
