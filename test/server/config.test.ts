import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '#test/support/folder.ts';
import { workspaceVariables } from '#cli/commands/init.ts';
import { ConfigError, configFromEnvironment, configDefaults } from '#server/config.ts';
import { secretVariables, serverVariables } from '#shared/domain/environment.ts';

const least = { DATABASE_URL: 'postgres://frames:p@db.example.org/frames', FRAMES_SECRET: 'x'.repeat(32) };

const oidc = {
  FRAMES_OIDC_ISSUER: 'https://x.org',
  FRAMES_OIDC_CLIENT_ID: 'frames',
  FRAMES_PUBLIC_URL: 'https://y.org',
};

/** What is wrong with an environment, by the names of variables. */
function problemsOf(env: Record<string, string>): string[] {
  try {
    configFromEnvironment(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => /^\w+/.exec(problem)?.[0] ?? problem);
  }
}

test('an address of a database and a secret are enough', () => {
  expect(configFromEnvironment({ ...least, FRAMES_PORT: '', FRAMES_TLS_KEY: ' ' })).toEqual({
    databaseUrl: least.DATABASE_URL,
    poolSize: 20,
    admin: null,
    logLevel: 'info',
    config: {
      ...configDefaults,
      host: '127.0.0.1',
      port: 8080,
      secret: least.FRAMES_SECRET,
      drainSeconds: 5,
    },
  });
});

test('every variable is read', () => {
  const tls = join(import.meta.dirname, 'fixtures');
  const { config, poolSize, logLevel, admin } = configFromEnvironment({
    ...least,
    FRAMES_HOST: '0.0.0.0',
    FRAMES_PORT: '8443',
    FRAMES_TLS_CERT: join(tls, 'tls-cert.pem'),
    FRAMES_TLS_KEY: join(tls, 'tls-key.pem'),
    FRAMES_BEHIND_PROXY: '1',
    FRAMES_ALLOW_HTTP: 'no',
    FRAMES_ACCESS_SECONDS: '60',
    FRAMES_SESSION_SECONDS: '86400',
    FRAMES_LIMIT_ANONYMOUS: '1',
    FRAMES_LIMIT_TOKENS: '7',
    FRAMES_LIMIT_USER: '2',
    FRAMES_LIMIT_OPERATIONS: '3',
    FRAMES_LIMIT_SECONDS: '4',
    FRAMES_LIMIT_WAITING_BYTES: '5',
    FRAMES_LIMIT_FILE_BYTES: '6',
    FRAMES_LIMIT_BYTES: '8',
    FRAMES_POOL_SIZE: '10',
    FRAMES_METRICS_TOKEN: 'a token for figures',
    FRAMES_OVERLOAD_MS: '0',
    FRAMES_DRAIN_SECONDS: '7',
    FRAMES_LOG_LEVEL: 'warn',
    FRAMES_DATABASE_DIR: '/var/lib/postgresql',
    FRAMES_BACKUP_DIR: '/backups',
    FRAMES_BACKUP_HOUR: '0',
    FRAMES_BACKUP_INTERVAL_HOURS: '6',
    FRAMES_BACKUP_KEEP_DAYS: '7',
    FRAMES_BACKUP_PASSPHRASE: 'a passphrase',
    FRAMES_AUDIT_DAYS: '3650',
    FRAMES_PUBLIC_URL: 'https://frames.example.edu/',
    FRAMES_OIDC_ISSUER: 'https://sso.example.edu',
    FRAMES_OIDC_CLIENT_ID: 'frames',
    FRAMES_OIDC_CLIENT_SECRET: 'a secret',
    FRAMES_OIDC_UNIVERSITY_CLAIM: 'org',
    FRAMES_OIDC_UNIVERSITIES: 'Example.edu=univ_a, *=univ_b',
    FRAMES_OIDC_NEW_USERS: 'none',
    FRAMES_ADMIN_EMAIL: 'ada@example.edu',
    FRAMES_ADMIN_NAME: 'Ada',
    FRAMES_ADMIN_PASSWORD: 'a long password',
  });
  expect([poolSize, logLevel]).toEqual([10, 'warn']);
  expect(admin).toEqual({ email: 'ada@example.edu', name: 'Ada', password: 'a long password' });
  expect(config).toMatchObject({
    host: '0.0.0.0',
    port: 8443,
    behindProxy: true,
    allowHttp: false,
    accessSeconds: 60,
    sessionSeconds: 86_400,
    anonymousLimit: 1,
    userLimit: 2,
    tokenLimit: 7,
    operationLimit: 3,
    limitSeconds: 4,
    waitingBytes: 5,
    fileBytes: 6,
    byteLimit: 8,
    metricsToken: 'a token for figures',
    overloadMilliseconds: 0,
    drainSeconds: 7,
    backups: { folder: '/backups', hour: 0, intervalHours: 6, keepDays: 7, passphrase: 'a passphrase' },
    auditDays: 3650,
    oidc: {
      issuer: 'https://sso.example.edu',
      clientId: 'frames',
      clientSecret: 'a secret',
      publicUrl: 'https://frames.example.edu',
      universityClaim: 'org',
      universities: { 'example.edu': 'univ_a', '*': 'univ_b' },
      newRole: null,
    },
  });
  expect(config.tls?.cert).toContain('BEGIN CERTIFICATE');
});

test('all problems are named at once', () => {
  expect(problemsOf({})).toEqual(['DATABASE_URL', 'FRAMES_SECRET']);
  const cases: [Record<string, string>, string[]][] = [
    [{ DATABASE_URL: 'mysql://x' }, ['DATABASE_URL']],
    [{ FRAMES_SECRET: 'short' }, ['FRAMES_SECRET']],
    [{ FRAMES_PORT: '70000' }, ['FRAMES_PORT']],
    [{ FRAMES_PORT: '80 80' }, ['FRAMES_PORT']],
    [{ FRAMES_POOL_SIZE: '4' }, ['FRAMES_POOL_SIZE']],
    [{ FRAMES_LIMIT_USER: '-1' }, ['FRAMES_LIMIT_USER']],
    [{ FRAMES_LOG_LEVEL: 'loud' }, ['FRAMES_LOG_LEVEL']],
    // The password is removed once the admin exists; the server still starts.
    [{ FRAMES_ADMIN_EMAIL: 'ada@example.edu', FRAMES_ADMIN_NAME: 'Ada' }, []],
    [{ FRAMES_ALLOW_HTTP: 'perhaps' }, ['FRAMES_ALLOW_HTTP']],
    [{ FRAMES_METRICS_TOKEN: 'short' }, ['FRAMES_METRICS_TOKEN']],
    [{ FRAMES_BACKUP_HOUR: '24' }, ['FRAMES_BACKUP_HOUR']],
    [{ FRAMES_BACKUP_PASSPHRASE: 'short' }, ['FRAMES_BACKUP_PASSPHRASE']],
    [{ FRAMES_TLS_CERT: '/nowhere', FRAMES_TLS_KEY: '/nowhere' }, ['FRAMES_TLS_CERT', 'FRAMES_TLS_KEY']],
    [{ FRAMES_TLS_CERT: import.meta.filename }, ['FRAMES_TLS_KEY']],
    [{ FRAMES_HOST: '0.0.0.0' }, ['FRAMES_HOST']],
    [{ FRAMES_AUDIT_DAYS: '364' }, ['FRAMES_AUDIT_DAYS']],
    [{ FRAMES_MODELS: '[{"name":"M","url":"file:///m","model":"m"}]' }, ['FRAMES_MODELS']],
    [{ FRAMES_MODELS: '[{"name":"M","url":"https://m.example","model":"m","key":"sk"}]' }, ['FRAMES_MODELS']],
    [{ FRAMES_OIDC_ISSUER: 'https://x.org' }, ['FRAMES_OIDC_CLIENT_ID', 'FRAMES_PUBLIC_URL']],
    [
      { ...oidc, FRAMES_OIDC_ISSUER: 'http://x.org', FRAMES_PUBLIC_URL: 'x' },
      ['FRAMES_OIDC_ISSUER', 'FRAMES_PUBLIC_URL'],
    ],
    [
      { ...oidc, FRAMES_OIDC_NEW_USERS: 'admin', FRAMES_OIDC_UNIVERSITIES: 'x' },
      ['FRAMES_OIDC_NEW_USERS', 'FRAMES_OIDC_UNIVERSITIES'],
    ],
    [{ FRAMES_PORT: 'x', FRAMES_HOST: '::' }, ['FRAMES_PORT', 'FRAMES_HOST']],
  ];
  for (const [env, names] of cases)
    expect(problemsOf({ ...least, ...env }), JSON.stringify(env)).toEqual(names);
});

test('secrets are read from files too, and a directly set one takes precedence', () => {
  const file = join(testFolder(), 'secret');
  writeFileSync(file, `${least.DATABASE_URL}\n`);
  const from = (env: Record<string, string>) => configFromEnvironment({ ...least, ...env });
  expect(from({ DATABASE_URL: '', DATABASE_URL_FILE: file }).databaseUrl).toBe(least.DATABASE_URL);
  expect(from({ DATABASE_URL_FILE: '/nowhere' }).databaseUrl).toBe(least.DATABASE_URL);
  expect(from({ FRAMES_SECRET: '', FRAMES_SECRET_FILE: file }).config.secret).toBe(least.DATABASE_URL);
  expect(problemsOf({ ...least, FRAMES_METRICS_TOKEN_FILE: '/nowhere' })).toEqual([
    'FRAMES_METRICS_TOKEN_FILE',
  ]);
  // What is no secret is not read from files.
  expect(from({ FRAMES_LOG_LEVEL_FILE: file }).logLevel).toBe('info');
});

test('.env.example explains exactly the variables, one line each', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8').split('\n');
  const named = lines.flatMap((line, at) => {
    const name = /^(\w+)=/.exec(line)?.[1];
    if (name === undefined) return [];
    expect(lines[at - 1], name).toMatch(/^# \S.*\.$/);
    return [name];
  });
  expect(named).toEqual([...serverVariables, ...Object.values(workspaceVariables)]);
  const files = lines.join('\n').match(/\b\w+_FILE\b/g);
  expect(files).toEqual(secretVariables.map((name) => `${name}_FILE`));
});
