import { randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import type { User } from '#shared/contract/server/users.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import { configDefaults } from '#server/config.ts';
import type { ServerConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/database.ts';
import type { Database } from '#server/db/database.ts';
import { serveHttp } from '#server/serve.ts';
import type { ServeOptions } from '#server/serve.ts';
import { Api } from './api.ts';
import { databaseUrl, template } from './postgres.ts';

/** A clock that goes on only when it is told to, in milliseconds since 1970. */
export interface TestClock {
  now: number;
}

export interface TestServer {
  api: Api;
  database: Database;
  clock: TestClock;
  config: ServerConfig;
  bootstrap_token: string;
  stop(): Promise<void>;
}

export const password = 'a long and good password';
export const secret = 'only for tests: thirty-two characters or more';

/** The address of a new copy of the migrated database. */
export async function testDatabaseUrl(): Promise<string> {
  const [main, name] = [openDatabase(inject('postgres')), `test_${randomUUID().replaceAll('-', '')}`];
  await main.run(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  await main.close();
  return databaseUrl(inject('postgres'), name);
}

/** A copy of the migrated database, closed after the tests of the file. */
export const testDatabase = async (): Promise<Database> => openDatabase(await testDatabaseUrl());

export interface TestOptions extends Pick<
  ServeOptions,
  | 'logLevel'
  | 'logTo'
  | 'http'
  | 'deprecated'
  | 'endMilliseconds'
  | 'version'
  | 'freeShareOf'
  | 'hooks'
  | 'answerQuestion'
> {
  database?: Database;
  clock?: TestClock;
}

/** A server on loopback over a database of its own, or over a given one. */
export async function startServer(
  overrides: Partial<ServerConfig> = {},
  { database, clock = { now: Date.now() }, ...options }: TestOptions = {},
): Promise<TestServer> {
  const own = database ?? (await testDatabase());
  // What a file of tests asks for is no attack.
  const limits = { anonymousLimit: 100_000, userLimit: 100_000, overloadMilliseconds: 0 };
  const config: ServerConfig = {
    ...configDefaults,
    ...limits,
    host: '127.0.0.1',
    port: 0,
    secret,
    ...overrides,
  };
  const running = await serveHttp({
    database: own,
    config,
    now: () => clock.now,
    logLevel: 'silent',
    ...options,
  });
  return {
    api: new Api(running.url),
    database: own,
    clock,
    config,
    bootstrap_token: running.bootstrap_token ?? '',
    async stop() {
      await running.stop();
      if (!database) await own.close();
    },
  };
}

/** As `startServer`; it is stopped after the tests of the file. */
export async function serverOfFile(
  overrides: Partial<ServerConfig> = {},
  options: TestOptions = {},
): Promise<TestServer> {
  const server = await startServer(overrides, options);
  afterAll(() => server.stop());
  return server;
}

/** Makes the first admin. */
export async function bootstrap({ api, bootstrap_token }: TestServer): Promise<SignInResult> {
  const answer = await api.post<SignInResult>('auth/bootstrap', {
    bootstrap_token,
    email: 'admin@example.org',
    password,
    name: 'Ada Admin',
    device: 'test',
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

export async function signIn(api: Api, email: string): Promise<SignInResult> {
  const answer = await api.post<SignInResult>('auth/token', { email, password, device: 'test' });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

export interface Person {
  role: Role;
  university_id?: string | null;
  sees?: 'all' | 'university';
  email?: string;
}

/** Makes a user, and signs them in. `admin` has an admin's token. */
export async function addUser(admin: Api, { role, university_id = null, sees = 'all', email }: Person) {
  const address = email ?? `${role}.${randomUUID()}@example.org`;
  const made = await admin.post<User>('users', {
    email: address,
    password,
    name: `${role} ${university_id ?? ''}`.trim(),
    role,
    university_id,
    sees,
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const signedIn = await signIn(admin, address);
  return { user: made.body, signedIn, api: admin.as(signedIn) };
}

export type TestUser = Awaited<ReturnType<typeof addUser>>;
