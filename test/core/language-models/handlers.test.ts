import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Log } from '#core/kernel/logger.ts';
import { prepareRequest, sendRequest } from '#core/language-models/client.ts';
import { createHttpClient } from '#http/client.ts';
import { discoverServers, defaultPorts } from '#core/language-models/discover.ts';
import { refused } from '#test/support/refusal.ts';
import { modelServer } from '#test/support/language-models.ts';
import { openSandbox, clientOf, take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const local = 'http://127.0.0.1:9/v1';
const never = new AbortController().signal;

describe('the language models of a computer', () => {
  it('are added, changed, chosen and removed', async () => {
    const client = (await testWorkspace()).as();
    expect(await client.models.list({})).toEqual({
      models: [],
      chosen: null,
      level: 'off',
      lasting: false,
    });
    const first = await client.models.add({ name: 'Ollama', url: 'http://localhost:11434', model: 'qwen' });
    expect(first).toEqual({
      id: first.id,
      name: 'Ollama',
      url: 'http://localhost:11434/v1',
      model: 'qwen',
      is_local: true,
      has_key: false,
      breaker: { state: 'closed', seconds: null },
    });
    const second = await client.models.add({
      name: 'Remote',
      url: 'https://models.example.org/openai/',
      model: 'large',
      key: 'sk-1',
    });
    expect(second).toMatchObject({
      url: 'https://models.example.org/openai',
      is_local: false,
      has_key: true,
    });
    expect(await client.models.list({})).toMatchObject({ models: [first, second], chosen: first.id });
    expect(await client.models.choose({ id: second.id })).toMatchObject({ chosen: second.id });
    expect(await client.models.update({ id: second.id, name: 'Far' })).toMatchObject({ has_key: true });
    const moved = await client.models.update({ id: second.id, url: 'https://other.example.org/v1' });
    expect(moved).toMatchObject({ name: 'Far', url: 'https://other.example.org/v1', has_key: false });
    const left = await client.models.remove({ id: second.id });
    expect(left).toMatchObject({ models: [first], chosen: null });
    expect(await client.models.choose({ id: null })).toEqual(left);
  });

  it('need an address that a key can be sent to, and unique names', async () => {
    const client = (await testWorkspace()).as();
    const issuesOf = async (call: Promise<unknown>) =>
      (await refused('INVALID', call)).data.issues.map(({ path, code }) => [path, code]);
    const add = (url: string, key: string | null = null) =>
      client.models.add({ name: 'M', url, model: 'm', key });
    for (const url of [
      'ftp://a',
      'file:///etc/passwd',
      'localhost:1234',
      'http://u:p@a/v1',
      'http://a/v1?k=1',
    ])
      expect(await issuesOf(add(url))).toEqual([['url', 'not_a_url']]);
    expect(await issuesOf(add('http://models.example.org', 'sk-1'))).toEqual([['url', 'not_encrypted']]);
    expect(await issuesOf(add(local, 'with space'))).toEqual([['key', 'invalid_format']]);
    const { id } = await add('http://models.example.org');
    expect(await issuesOf(client.models.update({ id, key: 'sk-1' }))).toEqual([['url', 'not_encrypted']]);
    expect(await issuesOf(client.models.add({ name: 'm', url: local, model: 'm' }))).toEqual([
      ['name', 'taken'],
    ]);
    expect((await refused('NOT_FOUND', client.models.choose({ id: 'none' }))).data.id).toBe('none');
    expect((await client.models.list({})).models).toHaveLength(1);
  });

  it('are changed one after the other, so that no change is lost', async () => {
    const client = (await testWorkspace()).as();
    const names = Array.from({ length: 20 }, (_, at) => `Model ${at}`);
    await Promise.all(names.map((name) => client.models.add({ name, url: local, model: 'm' })));
    expect((await client.models.list({})).models.map(({ name }) => name)).toEqual(names);
  });

  it('are at one level in a workspace and its sandboxes', async () => {
    const workspace = await testWorkspace();
    const client = workspace.as();
    expect(await client.models.setLevel({ level: 'names' })).toMatchObject({ level: 'names' });
    const sandbox = await openSandbox(workspace, (await take(client, 'Play')).id);
    expect(await sandbox.services.secrets.get('language-models')).toBeNull();
    await sandbox.services.secrets.set(
      'language-models',
      await workspace.core.services.secrets.get('language-models'),
    );
    expect(await clientOf(sandbox).models.list({})).toMatchObject({ level: 'names' });
  });

  it('are tested without anything of the workspace, also when the breaker is open', async () => {
    const workspace = await testWorkspace();
    const client = workspace.as();
    const server = await modelServer(() => ({ status: 503 }));
    const { id } = await client.models.add({ name: 'Tried', url: server.url, model: 'scripted' });
    for (let time = 0; time < 4; time += 1)
      expect((await refused('MODEL', client.models.test({ id }))).data).toMatchObject({ reason: 'failed' });
    expect((await client.models.list({})).models[0]?.breaker).toMatchObject({ state: 'open' });
    server.script = () => 'OK';
    expect((await client.models.test({ id })).ms).toBeGreaterThan(0);
    expect((await client.models.list({})).models[0]?.breaker).toMatchObject({ state: 'closed' });
    expect(JSON.parse(String(server.requests.at(-1)?.body))).toEqual({
      model: 'scripted',
      messages: [{ role: 'user', content: 'Answer with the word OK.' }],
      stream: false,
    });
  });

  it('are found at the usual ports of this computer', async () => {
    const server = await modelServer(() => 'OK');
    server.models = ['qwen:7b', 'llama:8b'];
    const port = Number(new URL(server.url).port);
    const found = { server: 'ollama', url: server.url, models: ['llama:8b', 'qwen:7b'] };
    expect(
      await discoverServers(createHttpClient({ environment: {} }), { ollama: port, 'lm-studio': 9 }, never),
    ).toEqual([found]);
    expect(server.requests).toEqual([]);
    expect(defaultPorts({})).toEqual({ ollama: 11434, 'lm-studio': 1234 });
    expect(defaultPorts({ OLLAMA_HOST: 'http://0.0.0.0:11500/' })).toMatchObject({ ollama: 11500 });
    expect(defaultPorts({ OLLAMA_HOST: 'gpu' })).toMatchObject({ ollama: 11434 });
  });
});

describe('the key of a model', () => {
  it('is in no answer, error or log line, and is sent only to its own address', async () => {
    const lines: string[] = [];
    const write = (fields: unknown, message: string): void =>
      void lines.push(JSON.stringify([fields, message]));
    const log: Log = { debug: write, info: write, warn: write, error: write };
    const workspace = await testWorkspace({ log });
    const own = await modelServer((_, text) => ({
      status: 400,
      body: JSON.stringify({ error: `No. ${text}` }),
    }));
    const other = await modelServer(() => 'OK');
    const secret = fc.string({
      unit: fc.constantFrom('a', 'b', 'X', 'Z', '0', '9', '-', '_', '.', '~', '+', '/', '='),
      minLength: 24,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(secret, fc.constantFrom(400, 401, 403, 404, 429, 500), async (key, status) => {
        own.script = () => ({ status, body: JSON.stringify({ error: { message: `Not ${key}!` } }) });
        const { services } = workspace.core;
        const { said, clients } = await spellOut(workspace.as(), { key, own: own.url, other: other.url });
        const sending = prepareRequest(services, []).then((prepared) => {
          said.push(prepared);
          return sendRequest(services, prepared, never);
        });
        said.push(await outcomeOf(sending));
        await clients.models.remove({ id: (await clients.models.list({})).models[0]?.id ?? '' });
        expect(JSON.stringify(said)).not.toContain(key);
        expect(lines.join('\n')).not.toContain(key);
        expect(own.requests.map(({ authorization }) => authorization)).toContain(`Bearer ${key}`);
        expect(other.requests.every(({ authorization }) => authorization === null)).toBe(true);
        own.requests.length = 0;
      }),
      { numRuns: lawRuns(25) },
    );
    expect(other.requests.length).toBeGreaterThan(0);
  });
});

const outcomeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((error: unknown) => ({
    ...(error as object),
    message: (error as Error).message,
    stack: (error as Error).stack,
  }));

/** What every operation says about a model with that key, as it moves away from its address and back. */
async function spellOut(client: Client, { key, own, other }: { key: string; own: string; other: string }) {
  const said: unknown[] = [];
  const call = async (work: Promise<unknown>): Promise<void> => void said.push(await outcomeOf(work));
  const { id } = await client.models.add({ name: 'Own', url: own, model: 'm', key });
  await call(client.models.test({ id }));
  await call(client.models.add({ name: 'own', url: own, model: 'm', key }));
  await call(client.models.add({ name: 'Bad', url: 'http://models.example.org', model: 'm', key }));
  await call(client.models.add({ name: 'Bad', url: own, model: 'm', key: `${key} ` }));
  await call(client.models.update({ id, name: 'Own again' }));
  await call(client.models.update({ id, url: other }));
  await call(client.models.test({ id }));
  await call(client.models.update({ id, url: own, key }));
  await call(client.models.choose({ id }));
  await call(client.models.setLevel({ level: 'rows' }));
  await call(client.models.list({}));
  await call(client.models.discover({}));
  return { said, clients: client };
}

describe('a configuration of another version', () => {
  it('is not overwritten', async () => {
    const workspace = await testWorkspace();
    const { secrets } = workspace.core.services;
    const stored = '{"models":[{"id":"m","key":"sk-kept"}],"of":"a newer version"}';
    await secrets.set('language-models', stored);
    const { models } = workspace.as();
    expect((await models.list({})).models).toEqual([]);
    await refused('INVALID', models.add({ name: 'M', url: 'http://127.0.0.1:9/v1', model: 'm' }));
    expect(await secrets.get('language-models')).toBe(stored);
  });
});
