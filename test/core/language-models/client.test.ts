import { describe, expect, it } from 'vitest';
import { readChosenModel, prepareRequest, sendRequest } from '#core/language-models/client.ts';
import { refused } from '#test/support/refusal.ts';
import { modelServer, useModel } from '#test/support/language-models.ts';
import type { ModelFailure } from '#test/support/model-server.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const messages = [
  { role: 'system', content: 'Answer with SQL.' },
  { role: 'user', content: 'Wie heißen die Teams? 🛰️ \u2028 "quoted"' },
] as const;
const never = new AbortController().signal;

describe('a request to a language model', () => {
  it('sends exactly the bytes that were prepared, with the key of the model', async () => {
    const { services } = (await testWorkspace()).core;
    const server = await modelServer(({ messages: [, asked] }) => `You asked: ${asked?.content}`);
    await useModel(services, server, 'schema', { key: 'sk-1' });
    expect(await readChosenModel(services)).toEqual({
      name: 'Scripted',
      url: server.url,
      isLocal: true,
      level: 'schema',
    });
    const prepared = await prepareRequest(services, messages);
    expect(server.requests).toEqual([]);
    const { text } = await sendRequest(services, prepared, never);
    expect(text).toBe(`You asked: ${messages[1].content}`);
    expect(server.requests).toEqual([
      {
        path: '/v1/chat/completions',
        authorization: 'Bearer sk-1',
        body: Buffer.from(prepared.body, 'utf8'),
      },
    ]);
    expect(JSON.parse(prepared.body)).toEqual({ model: 'scripted', messages, stream: false });
  });

  it('is neither prepared nor sent without a model, at the level off, or for a model that was changed', async () => {
    const { services } = (await testWorkspace()).core;
    const server = await modelServer(() => 'yes');
    expect(await readChosenModel(services)).toBeNull();
    const prepare = () => prepareRequest(services, messages);
    expect((await refused('MODEL', prepare())).data.reason).toBe('off');
    await useModel(services, server, 'off');
    expect(await readChosenModel(services)).toMatchObject({ level: 'off' });
    expect((await refused('MODEL', prepare())).data.reason).toBe('off');

    await useModel(services, server);
    const prepared = await prepare();
    await useModel(services, server, 'off');
    expect((await refused('MODEL', sendRequest(services, prepared, never))).data.reason).toBe('off');
    await useModel(services, { url: `${server.url}/other` });
    expect((await refused('MODEL', sendRequest(services, prepared, never))).data.reason).toBe('off');
    await useModel(services, server, 'rows', { id: 'model-2' });
    expect((await refused('MODEL', sendRequest(services, prepared, never))).data.reason).toBe('off');
    expect(server.requests).toEqual([]);
  });

  const said = (message: string): string => JSON.stringify({ error: { message, type: 'error' } });
  const large = JSON.stringify({ choices: [{ message: { content: 'x'.repeat(1_000_001) } }] });
  const failures: Record<string, [ModelFailure, string, Record<string, unknown>?]> = {
    'a refused key': [
      { status: 401, body: said('Wrong key: sk-1') },
      'refused',
      { status: 401, detail: null },
    ],
    'a bad request': [
      { status: 400, body: said('Too long for sk-1.') },
      'refused',
      { detail: 'Too long for ….' },
    ],
    'an unknown model': [{ status: 404, body: said('No model.') }, 'unknownModel', { detail: 'No model.' }],
    'too many requests': [{ status: 429 }, 'rateLimited', { status: 429, detail: null }],
    'a server error': [{ status: 500, body: '<html>' }, 'failed', { status: 500, detail: null }],
    'no JSON': [{ status: 200, body: 'Hello' }, 'badAnswer'],
    'another form': [{ status: 200, body: '{"choices": []}' }, 'badAnswer'],
    'no UTF-8': [{ status: 200, body: Buffer.from([0x22, 0xff, 0x22]) }, 'badAnswer'],
    'an answer of more than 1 MB': [{ status: 200, body: large }, 'badAnswer'],
    'an answer that was cut off by the model': [{ cutOff: 'SELECT' }, 'cutOff'],
    'an answer that ends early': [{ hangUp: true }, 'unreachable'],
  };
  it.each(Object.entries(failures))('says what is wrong with %s', async (_, [failure, reason, data = {}]) => {
    const { services } = (await testWorkspace()).core;
    const server = await modelServer(() => failure);
    await useModel(services, server, 'rows', { key: 'sk-1' });
    const prepared = await prepareRequest(services, messages);
    const refusal = await refused('MODEL', sendRequest(services, prepared, never));
    expect(refusal.data).toMatchObject({ reason, name: 'Scripted', ...data });
    expect(refusal.message).not.toContain('sk-1');
    expect(server.requests).toHaveLength(1);
  });

  it('does not follow a redirect', async () => {
    const { services } = (await testWorkspace()).core;
    const other = await modelServer(() => 'stolen');
    const location = `${other.url}/chat/completions`;
    const server = await modelServer(() => ({ status: 307, headers: { location } }));
    await useModel(services, server, 'rows', { key: 'sk-1' });
    const prepared = await prepareRequest(services, messages);
    expect((await refused('MODEL', sendRequest(services, prepared, never))).data).toMatchObject({
      reason: 'refused',
      status: 307,
    });
    expect(other.requests).toEqual([]);
  });

  it('ends on cancellation, on timeout, and if no server is there', async () => {
    const { services } = (await testWorkspace()).core;
    const stop = new AbortController();
    const server = await modelServer(() => {
      stop.abort();
      return { silent: true };
    });
    await useModel(services, server);
    const prepared = await prepareRequest(services, messages);
    await expect(sendRequest(services, prepared, stop.signal)).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    const late = await refused('MODEL', sendRequest(services, prepared, never, 1));
    expect(late.data.reason).toBe('timeout');
    await server.close();
    const gone = await refused('MODEL', sendRequest(services, prepared, never));
    expect(gone.data.reason).toBe('unreachable');
  });

  it('is not sent again after three failures, until the pause is over', async () => {
    const workspace = await testWorkspace();
    const { services } = workspace.core;
    const server = await modelServer(() => ({ status: 500 }));
    await useModel(services, server);
    const prepared = await prepareRequest(services, messages);
    const ask = () => sendRequest(services, prepared, never);
    for (let time = 0; time < 3; time += 1)
      expect((await refused('MODEL', ask())).data.reason).toBe('failed');
    expect((await refused('MODEL', ask())).data).toMatchObject({ reason: 'open', seconds: 30 });
    expect(server.requests).toHaveLength(3);
    workspace.clock.time += 30_000;
    expect((await refused('MODEL', ask())).data.reason).toBe('failed');
    expect((await refused('MODEL', ask())).data).toMatchObject({ reason: 'open', seconds: 60 });
    workspace.clock.time += 60_000;
    server.script = () => 'yes';
    expect(await ask()).toEqual({ text: 'yes' });
    expect(await ask()).toEqual({ text: 'yes' });
  });
});
