import { createORPCClient } from '@orpc/client';
import { afterEach, describe, expect, it } from 'vitest';
import { isCancelled, isDisconnected } from '#renderer/api/failures.ts';
import { createSwitchboard } from '#renderer/api/switchboard.ts';
import type { Switchboard, SwitchboardOptions } from '#renderer/api/switchboard.ts';
import { createPartner, failure } from './partner.ts';
import type { Partner } from './partner.ts';

type Call<T> = (input?: undefined, options?: { signal?: AbortSignal }) => Promise<T>;
interface Client {
  [operation: string]: Call<unknown>;
  read: Call<string>;
  write: Call<string>;
  hang: Call<string>;
  refuse: Call<never>;
  steps: Call<AsyncIterable<{ kind: string }>>;
}

const partners: Partner[] = [];
const partner = (name: string): Partner => {
  const made = createPartner(name);
  partners.push(made);
  return made;
};
afterEach(() => {
  for (const { die } of partners.splice(0)) die();
});

function setUp(options: Partial<SwitchboardOptions> = {}): {
  board: Switchboard;
  client: Client;
  states: string[];
} {
  const states: string[] = [];
  const board = createSwitchboard({
    canRepeat: ([operation]) => operation === 'read' || operation === 'hang',
    onChange: (state) => states.push(state),
    ...options,
  });
  return { board, client: createORPCClient(board.link) as unknown as Client, states };
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('calls over changing ports', () => {
  it('wait for the first port', async () => {
    const { board, client } = setUp();
    const answer = client.read();
    await board.attach(partner('one').port);
    expect(await answer).toBe('read by one');
  });

  it('reject when the port closes before the answer, differently from cancelling', async () => {
    const { board, client, states } = setUp();
    const one = partner('one');
    await board.attach(one.port);
    const writing = failure(client.write());
    await until(() => one.calls.includes('write'));
    one.die();
    const error = await writing;
    expect(isDisconnected(error)).toBe(true);
    expect(isCancelled(error)).toBe(false);
    expect(states).toEqual(['ready', 'lost']);
  });

  it('are made once more on the next port when they only read', async () => {
    const { board, client } = setUp();
    const [one, two] = [partner('one'), partner('two')];
    await board.attach(one.port);
    const answer = client.hang();
    await until(() => one.calls.includes('hang'));
    one.die();
    two.release();
    await board.attach(two.port);
    expect(await answer).toBe('answered by two');
  });

  it('are never made twice when they write', async () => {
    const { board, client } = setUp();
    const [one, two] = [partner('one'), partner('two')];
    await board.attach(one.port);
    const writing = failure(client.write());
    await until(() => one.calls.includes('write'));
    one.die();
    expect(isDisconnected(await writing)).toBe(true);
    await board.attach(two.port);
    expect(await client.read()).toBe('read by two');
    expect(two.calls).toEqual(['read']);
  });

  it('made in the moment in which the port closes do not hang', async () => {
    const { board, client } = setUp({ canRepeat: () => false });
    const one = partner('one');
    await board.attach(one.port);
    one.die();
    const answers = Array.from({ length: 20 }, () => failure(client.write()));
    await new Promise((resolve) => setTimeout(resolve, 5));
    board.setPortExpected(false);
    for (const error of await Promise.all(answers)) expect(isDisconnected(error)).toBe(true);
  });

  it('on the old port reject when a new one takes its place', async () => {
    const { board, client } = setUp();
    const [one, two] = [partner('one'), partner('two')];
    await board.attach(one.port);
    const writing = failure(client.write());
    await until(() => one.calls.includes('write'));
    await board.attach(two.port);
    expect(isDisconnected(await writing)).toBe(true);
    expect(await client.read()).toBe('read by two');
  });

  it('that wait are rejected if no port will come', async () => {
    const { board, client } = setUp({ canRepeat: () => false });
    const waiting = failure(client.read());
    board.setPortExpected(false);
    expect(isDisconnected(await waiting)).toBe(true);
    expect(isDisconnected(await failure(client.read()))).toBe(true);
    board.setPortExpected(true);
    const answer = client.read();
    await board.attach(partner('one').port);
    expect(await answer).toBe('read by one');
  });

  it('stop when the person cancels, waiting or under way', async () => {
    const { board, client } = setUp();
    const early = new AbortController();
    const waiting = failure(client.read(undefined, { signal: early.signal }));
    early.abort();
    expect(isCancelled(await waiting)).toBe(true);

    const one = partner('one');
    await board.attach(one.port);
    const late = new AbortController();
    const running = failure(client.hang(undefined, { signal: late.signal }));
    await until(() => one.calls.includes('hang'));
    late.abort();
    const error = await running;
    expect(isCancelled(error)).toBe(true);
    expect(isDisconnected(error)).toBe(false);
  });

  it('carry declared errors as they are', async () => {
    const { board, client } = setUp();
    await board.attach(partner('one').port);
    expect(await failure(client.refuse())).toMatchObject({ code: 'NOT_FOUND', defined: true });
  });

  it('greet a new port before other calls use it', async () => {
    const greeted: unknown[] = [];
    const { board, client } = setUp({
      greet: async (line) => void greeted.push(await line.call(['read'], undefined, { context: {} })),
    });
    const one = partner('one');
    const answer = client.refuse();
    await board.attach(one.port);
    await failure(answer);
    expect(greeted).toEqual(['read by one']);
  });

  it('never go over a port whose greeting was refused, unless it is admitted', async () => {
    let admit = (): void => {};
    const refusals: unknown[] = [];
    const { board, client, states } = setUp({
      canRepeat: () => false,
      greet: (line) => line.call(['refuse'], undefined, { context: {} }).then(() => {}),
      onRefused: (error, _line, open) => {
        refusals.push(error);
        admit = open;
      },
    });
    const one = partner('one');
    const waiting = failure(client.write());
    await board.attach(one.port);
    expect(refusals).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(isDisconnected(await waiting)).toBe(true);
    expect(isDisconnected(await failure(client.write()))).toBe(true);
    expect([one.calls, states]).toEqual([[], []]);
    admit();
    expect(await client.read()).toBe('read by one');
    expect(states).toEqual(['ready']);
  });

  it('go over the next port when it accepts the greeting', async () => {
    let accepts = false;
    const { board, client } = setUp({
      greet: (line) => line.call([accepts ? 'read' : 'refuse'], undefined, { context: {} }).then(() => {}),
    });
    const [one, two] = [partner('one'), partner('two')];
    await board.attach(one.port);
    accepts = true;
    await board.attach(two.port);
    expect(await client.read()).toBe('read by two');
    expect(one.calls).toEqual([]);
  });
});

describe('streams', () => {
  it('reject when the port closes in the middle', async () => {
    const { board, client } = setUp();
    const one = partner('one');
    await board.attach(one.port);
    const seen: string[] = [];
    const reading = failure(
      (async () => {
        for await (const { kind } of await client.steps()) seen.push(kind);
      })(),
    );
    await until(() => seen.length === 1);
    one.die();
    expect(isDisconnected(await reading)).toBe(true);
  });
});
