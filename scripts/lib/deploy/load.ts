import { setTimeout as sleep } from 'node:timers/promises';

/** Requests of a client that has joined, as they come in: three reads to two writes. */
export interface LoadReport {
  reads: number;
  writes: number;
  /** Requests that were not answered as they should be, each as one line. */
  failures: string[];
  /** Records that were made, in order. */
  made: string[];
  slowestMs: number;
}

export interface Load {
  /** Sends no more, waits for what is under way, and tells. */
  stop(): Promise<LoadReport>;
}

/** Sends `perSecond` requests a second, whether or not earlier ones are answered. */
export function startLoad(url: string, token: string, perSecond: number): Load {
  const report: LoadReport = { reads: 0, writes: 0, failures: [], made: [], slowestMs: 0 };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const underWay = new Set<Promise<void>>();

  const send = async (method: string, path: string, status: number, body?: object): Promise<unknown> => {
    const started = performance.now();
    try {
      const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
      const answer = await fetch(`${url}/api/v1/${path}`, init);
      const text = await answer.text();
      if (answer.status !== status) throw new Error(`${answer.status} ${text.slice(0, 200)}`);
      return JSON.parse(text);
    } catch (error) {
      const { message, cause } = error as Error;
      const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
      report.failures.push(`${new Date().toISOString()} ${method} ${path}: ${reason}`);
      return null;
    } finally {
      report.slowestMs = Math.max(report.slowestMs, performance.now() - started);
    }
  };

  const request = async (number: number): Promise<void> => {
    if (number % 5 < 2) {
      report.writes += 1;
      const id = `team_load_${number}`;
      if ((await send('POST', 'teams', 201, { id, name: `Team ${number}` })) !== null) report.made.push(id);
      return;
    }
    report.reads += 1;
    const known = report.made.at(-1);
    await (known === undefined ? send('GET', 'auth/me', 200) : send('GET', `teams/${known}`, 200));
  };

  const over = new AbortController();
  const sending = (async () => {
    const started = performance.now();
    for (let number = 0; !over.signal.aborted; number += 1) {
      await sleep(Math.max(started + (number * 1000) / perSecond - performance.now(), 0));
      const one = request(number);
      underWay.add(one);
      void one.finally(() => underWay.delete(one));
    }
  })();

  return {
    async stop() {
      over.abort();
      await sending;
      await Promise.all(underWay);
      return report;
    },
  };
}
