import { connection } from '../../../api/connection.ts';

const waiting = new Map<string, () => unknown>();
let listening = false;

function sendAll(): void {
  const all = [...waiting.values()];
  waiting.clear();
  for (const send of all) void send();
}

/**
 * Sends something once the data process is there again; a later wish under the same key takes the place of an earlier one. Only for
 * what does no harm twice: the process may have done it just before it ended.
 */
export function sendLater(key: string, send: () => unknown): void {
  waiting.set(key, send);
  if (!listening) {
    listening = true;
    connection.subscribe((now, before) => {
      if (now.state === 'ready' && before.state !== 'ready') sendAll();
    });
  }
  if (connection.getState().state === 'ready') setTimeout(sendAll, 500);
}
