import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { offeredModel } from '#shared/contract/server/ai.ts';
import type { OfferedModel } from '#shared/contract/server/ai.ts';
import { oidcFromEnvironment, oidcVariables } from './auth/oidc/config.ts';
import type { OidcConfig } from './auth/oidc/config.ts';

/** How a server is run. Times in seconds. */
export interface ServerConfig {
  host: string;
  /** 0 for any that is free. */
  port: number;
  /** What tokens are signed with: at least 32 characters. Who has it can sign in as anybody. */
  secret: string;
  accessSeconds: number;
  /** A session that is not used for so long ends. */
  sessionSeconds: number;
  /** Requests that an address has without a token, or with a refused one, in `limitSeconds`, … */
  anonymousLimit: number;
  /** … with a token in the body (refresh, logout, polling a sign-in), paid before the body is read, … */
  tokenLimit: number;
  /** … a user with one, … */
  userLimit: number;
  /** … and operations of sync that a user has. A pull counts as one. */
  operationLimit: number;
  limitSeconds: number;
  /** The JSON bytes that the stored parts of a user's incomplete operations may take. */
  waitingBytes: number;
  /** Certificate chain and key as PEM: TLS 1.3 then. Null for plain HTTP, … */
  tls: { cert: string; key: string } | null;
  /** … which leaves this computer only behind a proxy that does TLS and says whom it forwards, … */
  behindProxy: boolean;
  /** … or where somebody says that the network may read everything. */
  allowHttp: boolean;
  /** Who calls is believed by the header `X-Actor` (an id or an email): a trial on loopback, where whoever reaches it has its files. */
  trustsActor: boolean;
  /** What Prometheus shows to read figures; null for anybody. */
  metricsToken: string | null;
  /** Requests are refused while the program lags behind by so many milliseconds; 0 for never. */
  overloadMilliseconds: number;
  /** A request that has not arrived as a whole by then is cut off. */
  requestSeconds: number;
  /** For so long a server that ends says that it is not ready any more, before it takes no request. */
  drainSeconds: number;
  /** Null for a server that makes no backups. */
  backups: BackupConfig | null;
  /** How people sign in by their university; null where they do not. */
  oidc: OidcConfig | null;
  /** Days that sign-ins and reads of personal data stay in the audit: a year at least. */
  auditDays: number;
  /** Language models that users are recommended. */
  models: readonly OfferedModel[];
}

export interface BackupConfig {
  folder: string;
  /** The hour of the day, in UTC, … */
  hour: number;
  /** … and the hours from one backup to the next; 0 for none by itself. */
  intervalHours: number;
  /** Older ones are deleted, but for the newest. */
  keepDays: number;
  /** Backups are encrypted with it; null for those that are not. */
  passphrase: string | null;
}

export const defaults = {
  accessSeconds: 15 * 60,
  sessionSeconds: 90 * 24 * 3600,
  anonymousLimit: 100,
  tokenLimit: 20_000,
  userLimit: 1000,
  operationLimit: 100_000,
  limitSeconds: 3600,
  waitingBytes: 200_000_000,
  tls: null,
  behindProxy: false,
  allowHttp: false,
  trustsActor: false,
  metricsToken: null,
  overloadMilliseconds: 1000,
  requestSeconds: 300,
  drainSeconds: 0,
  backups: null,
  oidc: null,
  auditDays: 400,
  models: [],
} as const;

/** How backups are made where nobody says otherwise: each night, and kept for thirty days. */
export const backupDefaults = { hour: 3, intervalHours: 24, keepDays: 30, passphrase: null } as const;

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1|\[::1\])$/.test(host);

/** Passwords and tokens leave this computer encrypted only. Throws where they would not. */
export function assertEncrypted({ host, tls, behindProxy, allowHttp }: ServerConfig): void {
  if (tls || behindProxy || allowHttp || isLoopback(host)) return;
  throw new Error(
    `Plain HTTP on ${host} would show passwords to the network. Give FRAMES_TLS_CERT and FRAMES_TLS_KEY, or set FRAMES_BEHIND_PROXY=1 behind a proxy with TLS.`,
  );
}

/** All that a server in production is told by its environment. */
export interface ServerSettings {
  config: ServerConfig;
  databaseUrl: string;
  /** Connections to Postgres: 5 to 20. */
  poolSize: number;
  logLevel: string;
  /** The first admin of a new server; null unless all three variables are set, as after the password was removed. Only `frames serve init` uses it. */
  admin: { email: string; name: string; password: string } | null;
}

/** The variables, as `.env.example` explains them. */
export const variables = [
  'DATABASE_URL',
  'FRAMES_SECRET',
  'FRAMES_HOST',
  'FRAMES_PORT',
  'FRAMES_TLS_CERT',
  'FRAMES_TLS_KEY',
  'FRAMES_BEHIND_PROXY',
  'FRAMES_ALLOW_HTTP',
  'FRAMES_ACCESS_SECONDS',
  'FRAMES_SESSION_SECONDS',
  'FRAMES_LIMIT_ANONYMOUS',
  'FRAMES_LIMIT_TOKENS',
  'FRAMES_LIMIT_USER',
  'FRAMES_LIMIT_OPERATIONS',
  'FRAMES_LIMIT_SECONDS',
  'FRAMES_LIMIT_WAITING_BYTES',
  'FRAMES_POOL_SIZE',
  'FRAMES_METRICS_TOKEN',
  'FRAMES_OVERLOAD_MS',
  'FRAMES_DRAIN_SECONDS',
  'FRAMES_LOG_LEVEL',
  'FRAMES_BACKUP_DIR',
  'FRAMES_BACKUP_HOUR',
  'FRAMES_BACKUP_INTERVAL_HOURS',
  'FRAMES_BACKUP_KEEP_DAYS',
  'FRAMES_BACKUP_PASSPHRASE',
  'FRAMES_AUDIT_DAYS',
  'FRAMES_MODELS',
  ...oidcVariables,
  'FRAMES_ADMIN_EMAIL',
  'FRAMES_ADMIN_NAME',
  'FRAMES_ADMIN_PASSWORD',
] as const;
type Variable = (typeof variables)[number];

/** Secrets. Each may also be in a file, as containers inject them, whose path is in the variable of that name with `_FILE`. */
export const secretVariables = [
  'DATABASE_URL',
  'FRAMES_SECRET',
  'FRAMES_METRICS_TOKEN',
  'FRAMES_BACKUP_PASSPHRASE',
  'FRAMES_OIDC_CLIENT_SECRET',
  'FRAMES_ADMIN_PASSWORD',
] as const satisfies readonly Variable[];
type SecretFile = `${(typeof secretVariables)[number]}_FILE`;

const adminVariables = ['FRAMES_ADMIN_EMAIL', 'FRAMES_ADMIN_NAME', 'FRAMES_ADMIN_PASSWORD'] as const;
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const day = 24 * 3600;

/** What is wrong with the environment: a sentence for each variable, which it names. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** The variables with the secrets that are in files, and the variables whose files cannot be read. A secret that is set itself needs no file. */
function withSecretFiles(env: Readonly<Record<string, string | undefined>>) {
  const values = { ...env };
  const unread: SecretFile[] = [];
  for (const name of secretVariables) {
    const path = env[`${name}_FILE`]?.trim();
    if (!path || values[name]?.trim()) continue;
    try {
      values[name] = readFileSync(path, 'utf8');
    } catch {
      unread.push(`${name}_FILE`);
    }
  }
  return { values, unread };
}

function modelsFrom(given: string | null, wrong: (what: string) => void): readonly OfferedModel[] {
  if (given === null) return [];
  try {
    return z.array(offeredModel).parse(JSON.parse(given));
  } catch {
    wrong('must be a JSON list of {"name", "url", "model"}, without keys.');
    return [];
  }
}

/** Reads how the server is to be run from variables of the environment; an empty one is none. Throws ConfigError with all that is wrong. */
export function configFromEnvironment(env: Readonly<Record<string, string | undefined>>): ServerSettings {
  const problems: string[] = [];
  const wrong = (name: Variable | SecretFile, what: string): void => void problems.push(`${name} ${what}`);
  const { values, unread } = withSecretFiles(env);
  for (const name of unread) wrong(name, 'names a file that cannot be read.');
  const text = (name: Variable): string | null => values[name]?.trim() || null;

  const number = (name: Variable, usual: number, [least, most]: readonly [number, number]): number => {
    const given = text(name);
    if (given === null) return usual;
    const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) return value;
    wrong(name, `must be a whole number from ${least} to ${most}.`);
    return usual;
  };
  const flag = (name: Variable): boolean => {
    const given = text(name);
    if (given === null || /^(0|false|no)$/i.test(given)) return false;
    if (!/^(1|true|yes)$/i.test(given)) wrong(name, 'must be 1 or 0.');
    return true;
  };
  const file = (name: Variable): string | null => {
    const path = text(name);
    if (path === null) return null;
    try {
      return readFileSync(path, 'utf8');
    } catch {
      wrong(name, 'names a file that cannot be read.');
      return '';
    }
  };
  const long = (name: Variable, least: number): string | null => {
    const given = text(name);
    if (given !== null && given.length < least) wrong(name, `must have at least ${least} characters.`);
    return given;
  };

  const databaseUrl = text('DATABASE_URL') ?? '';
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl))
    wrong(
      'DATABASE_URL',
      'must be the address of a Postgres database: postgres://user:password@host:5432/name.',
    );
  const secret = long('FRAMES_SECRET', 32) ?? '';
  if (secret === '')
    wrong('FRAMES_SECRET', 'must be set: 32 random characters or more, the same on all servers.');
  const [cert, key] = [file('FRAMES_TLS_CERT'), file('FRAMES_TLS_KEY')];
  if ((cert === null) !== (key === null))
    wrong(cert === null ? 'FRAMES_TLS_CERT' : 'FRAMES_TLS_KEY', 'is missing: TLS needs both files.');
  const logLevel = text('FRAMES_LOG_LEVEL') ?? 'info';
  if (!logLevels.includes(logLevel)) wrong('FRAMES_LOG_LEVEL', `must be one of ${logLevels.join(', ')}.`);
  const many = [1, 1e9] as const;
  const folder = text('FRAMES_BACKUP_DIR');
  const backups: BackupConfig = {
    folder: resolve(folder ?? ''),
    hour: number('FRAMES_BACKUP_HOUR', backupDefaults.hour, [0, 23]),
    intervalHours: number('FRAMES_BACKUP_INTERVAL_HOURS', backupDefaults.intervalHours, [0, 168]),
    keepDays: number('FRAMES_BACKUP_KEEP_DAYS', backupDefaults.keepDays, [1, 36_500]),
    passphrase: long('FRAMES_BACKUP_PASSPHRASE', 12),
  };
  const config: ServerConfig = {
    host: text('FRAMES_HOST') ?? '127.0.0.1',
    port: number('FRAMES_PORT', 8080, [0, 65_535]),
    secret,
    accessSeconds: number('FRAMES_ACCESS_SECONDS', defaults.accessSeconds, [60, day]),
    sessionSeconds: number('FRAMES_SESSION_SECONDS', defaults.sessionSeconds, [3600, 3660 * day]),
    anonymousLimit: number('FRAMES_LIMIT_ANONYMOUS', defaults.anonymousLimit, many),
    tokenLimit: number('FRAMES_LIMIT_TOKENS', defaults.tokenLimit, many),
    userLimit: number('FRAMES_LIMIT_USER', defaults.userLimit, many),
    operationLimit: number('FRAMES_LIMIT_OPERATIONS', defaults.operationLimit, many),
    limitSeconds: number('FRAMES_LIMIT_SECONDS', defaults.limitSeconds, [1, day]),
    waitingBytes: number('FRAMES_LIMIT_WAITING_BYTES', defaults.waitingBytes, many),
    tls: cert !== null && key !== null ? { cert, key } : null,
    behindProxy: flag('FRAMES_BEHIND_PROXY'),
    allowHttp: flag('FRAMES_ALLOW_HTTP'),
    trustsActor: false,
    metricsToken: long('FRAMES_METRICS_TOKEN', 16),
    overloadMilliseconds: number('FRAMES_OVERLOAD_MS', defaults.overloadMilliseconds, [0, 60_000]),
    requestSeconds: defaults.requestSeconds,
    drainSeconds: number('FRAMES_DRAIN_SECONDS', 5, [0, 300]),
    backups: folder === null ? null : backups,
    oidc: oidcFromEnvironment(text, wrong),
    auditDays: number('FRAMES_AUDIT_DAYS', defaults.auditDays, [365, 36_500]),
    models: modelsFrom(text('FRAMES_MODELS'), (what) => wrong('FRAMES_MODELS', what)),
  };
  const poolSize = number('FRAMES_POOL_SIZE', 20, [5, 20]);
  const [email, name, password] = adminVariables.map(text);
  const admin = email && name && password ? { email, name, password } : null;
  try {
    assertEncrypted(config);
  } catch (error) {
    problems.push(`FRAMES_HOST: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { config, databaseUrl, poolSize, logLevel, admin };
}
