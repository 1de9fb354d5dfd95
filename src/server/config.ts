import { blockListOf } from '#http/guarded-post.ts';
import { readTextSync } from '#files/open-file.ts';
import { isLoopback } from '#shared/domain/safe-url.ts';
import { resolve } from 'node:path';
import { z } from 'zod';
import { offeredModel } from '#shared/contract/server/ai.ts';
import type { OfferedModel } from '#shared/contract/server/ai.ts';
import { secretVariables, withoutEmpty } from '#shared/domain/environment.ts';
import type { Environment, serverVariables } from '#shared/domain/environment.ts';
import { oidcFromEnvironment } from './auth/oidc/config.ts';
import type { OidcConfig } from './auth/oidc/config.ts';

/** Settings of a server. Times in seconds. */
export interface ServerConfig {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** Signs tokens; at least 32 characters. Anybody who has it can sign in as anybody. */
  secret: string;
  accessSeconds: number;
  /** An unused session expires after this time. */
  sessionSeconds: number;
  /** Requests of a network address without a valid token, within `limitSeconds`. */
  anonymousLimit: number;
  /** The same with a token in the body (refresh, logout, polling a sign-in). Charged before the body is read. */
  tokenLimit: number;
  /** Other requests of a signed-in user than sync, within `limitSeconds`. */
  userLimit: number;
  /** Sync requests of a user within `limitSeconds`; a push counts as the number of its operations. */
  operationLimit: number;
  limitSeconds: number;
  /** Maximum size of a user's incomplete operations, in bytes of JSON, and of the same user's incomplete files. */
  waitingBytes: number;
  /** Maximum size of the complete files of documents that a user stored, in bytes. */
  fileBytes: number;
  /** Bytes in the bodies of a user's requests within `limitSeconds`. */
  byteLimit: number;
  /** Certificate chain and key as PEM, for TLS 1.3. Null for plain HTTP. */
  tls: { cert: string; key: string } | null;
  /** A TLS proxy is in front of the server and forwards client addresses. */
  behindProxy: boolean;
  /** Allows plain HTTP beyond loopback without a proxy. */
  allowHttp: boolean;
  /** Accepts the header `X-Actor` (an id or an email) instead of a token. Only for a trial on loopback, whose users can read its files anyway. */
  trustsActor: boolean;
  /** Token for `/metrics`; null if it is public. */
  metricsToken: string | null;
  /** Event loop delay in milliseconds above which requests are refused; 0 for never. */
  overloadMilliseconds: number;
  /** Time limit to receive a whole request. */
  requestSeconds: number;
  /** Time for which a stopping server only reports that it is not ready, before it refuses requests. */
  drainSeconds: number;
  /** Null if backups are off. */
  backups: BackupConfig | null;
  /** A folder on the disk of Postgres' data, if this computer has it; null if unknown. Its free space is a metric. */
  databaseFolder: string | null;
  /** Null if sign-in through a university is off. */
  oidc: OidcConfig | null;
  /** Days that the audit keeps sign-ins and reads of personal data; at least a year. */
  auditDays: number;
  models: readonly OfferedModel[];
  /** Networks that outgoing webhooks may reach beyond public addresses, such as `10.1.0.0/16`. */
  hookNetworks: readonly string[];
  /** People approve their own repairs, although others could. */
  ownApproval: boolean;
}

export interface BackupConfig {
  folder: string;
  /** Hour of the day of scheduled backups, in UTC. */
  hour: number;
  /** Hours between scheduled backups; 0 turns the schedule off. */
  intervalHours: number;
  /** Older backups are deleted, except for the newest. */
  keepDays: number;
  /** Encrypts backups; null for plain backups. */
  passphrase: string | null;
}

export const configDefaults = {
  accessSeconds: 15 * 60,
  sessionSeconds: 90 * 24 * 3600,
  anonymousLimit: 100,
  tokenLimit: 20_000,
  userLimit: 1000,
  operationLimit: 100_000,
  limitSeconds: 3600,
  waitingBytes: 200_000_000,
  fileBytes: 5_000_000_000,
  byteLimit: 4_000_000_000,
  tls: null,
  behindProxy: false,
  allowHttp: false,
  trustsActor: false,
  metricsToken: null,
  overloadMilliseconds: 1000,
  requestSeconds: 300,
  drainSeconds: 0,
  backups: null,
  databaseFolder: null,
  oidc: null,
  auditDays: 400,
  models: [],
  hookNetworks: [],
  ownApproval: false,
} as const;

/** By default, a backup is made each night and kept for thirty days. */
export const backupDefaults = { hour: 3, intervalHours: 24, keepDays: 30, passphrase: null } as const;

/** Throws if passwords and tokens would leave this computer unencrypted. */
export function assertEncrypted({ host, tls, behindProxy, allowHttp }: ServerConfig): void {
  if (tls || behindProxy || allowHttp || isLoopback(host)) return;
  throw new Error(
    `Plain HTTP on ${host} would show passwords to the network. Give FRAMES_TLS_CERT and FRAMES_TLS_KEY, or set FRAMES_BEHIND_PROXY=1 behind a proxy with TLS.`,
  );
}

export interface ServerSettings {
  config: ServerConfig;
  databaseUrl: string;
  /** Connections to Postgres: 5 to 20. */
  poolSize: number;
  logLevel: string;
  /** The first admin of a new server; null unless all three variables are set. Only `frames serve init` uses it. */
  admin: { email: string; name: string; password: string } | null;
}

type Variable = (typeof serverVariables)[number];

type SecretFile = `${(typeof secretVariables)[number]}_FILE`;

const adminVariables = ['FRAMES_ADMIN_EMAIL', 'FRAMES_ADMIN_NAME', 'FRAMES_ADMIN_PASSWORD'] as const;
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const secondsPerDay = 24 * 3600;

/** Lists the problems of the environment: a sentence for each variable. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Returns all variables, with secrets read from files, and the `_FILE` variables of unreadable files. A directly set secret wins. */
function withSecretFiles(env: Environment) {
  const variables = { ...withoutEmpty(env) };
  const unreadable: SecretFile[] = [];
  for (const name of secretVariables) {
    const path = variables[`${name}_FILE`];
    if (path === undefined || variables[name] !== undefined) continue;
    try {
      variables[name] = readTextSync(path);
    } catch {
      unreadable.push(`${name}_FILE`);
    }
  }
  return { variables, unreadable };
}

function parseModels(text: string | null, reportProblem: (problem: string) => void): readonly OfferedModel[] {
  if (text === null) return [];
  try {
    return z.array(offeredModel).parse(JSON.parse(text));
  } catch {
    reportProblem('must be a JSON list of {"name", "url", "model"}, without keys.');
    return [];
  }
}

function parseNetworks(text: string | null, reportProblem: (problem: string) => void): readonly string[] {
  const networks = text?.split(/[\s,]+/) ?? [];
  try {
    blockListOf(networks);
  } catch {
    reportProblem('must be networks such as 10.1.0.0/16, separated by commas.');
  }
  return networks;
}

/** The networks that outgoing webhooks of a trial reach. Throws ConfigError. */
export const trialHookNetworks = ({ FRAMES_HOOK_NETWORKS: text }: Environment): readonly string[] =>
  parseNetworks(text?.trim() || null, (problem) => {
    throw new ConfigError([`FRAMES_HOOK_NETWORKS ${problem}`]);
  });

/** Reads the settings from environment variables; empty ones count as unset. Throws ConfigError with all problems. */
export function configFromEnvironment(env: Environment): ServerSettings {
  const problems: string[] = [];
  const reportProblem = (name: Variable | SecretFile, problem: string): void =>
    void problems.push(`${name} ${problem}`);
  const { variables, unreadable } = withSecretFiles(env);
  for (const name of unreadable) reportProblem(name, 'names a file that cannot be read.');
  const readText = (name: Variable): string | null => variables[name]?.trim() || null;

  const readNumber = (name: Variable, fallback: number, [min, max]: readonly [number, number]): number => {
    const text = readText(name);
    if (text === null) return fallback;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    reportProblem(name, `must be a whole number from ${min} to ${max}.`);
    return fallback;
  };
  const readFlag = (name: Variable): boolean => {
    const text = readText(name);
    if (text === null || /^(0|false|no)$/i.test(text)) return false;
    if (!/^(1|true|yes)$/i.test(text)) reportProblem(name, 'must be 1 or 0.');
    return true;
  };
  const readTextFile = (name: Variable): string | null => {
    const path = readText(name);
    if (path === null) return null;
    try {
      return readTextSync(path);
    } catch {
      reportProblem(name, 'names a file that cannot be read.');
      return '';
    }
  };
  const readTextOfLength = (name: Variable, minLength: number): string | null => {
    const value = readText(name);
    if (value !== null && value.length < minLength)
      reportProblem(name, `must have at least ${minLength} characters.`);
    return value;
  };

  const databaseUrl = readText('DATABASE_URL') ?? '';
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl))
    reportProblem(
      'DATABASE_URL',
      'must be the address of a Postgres database: postgres://user:password@host:5432/name.',
    );
  const secret = readTextOfLength('FRAMES_SECRET', 32) ?? '';
  if (secret === '')
    reportProblem('FRAMES_SECRET', 'must be set: 32 random characters or more, the same on all servers.');
  const [cert, key] = [readTextFile('FRAMES_TLS_CERT'), readTextFile('FRAMES_TLS_KEY')];
  if ((cert === null) !== (key === null))
    reportProblem(cert === null ? 'FRAMES_TLS_CERT' : 'FRAMES_TLS_KEY', 'is missing: TLS needs both files.');
  const logLevel = readText('FRAMES_LOG_LEVEL') ?? 'info';
  if (!logLevels.includes(logLevel))
    reportProblem('FRAMES_LOG_LEVEL', `must be one of ${logLevels.join(', ')}.`);
  const countRange = [1, 1e9] as const;
  const byteRange = [1, 1e15] as const;
  const folder = readText('FRAMES_BACKUP_DIR');
  const backups: BackupConfig = {
    folder: resolve(folder ?? ''),
    hour: readNumber('FRAMES_BACKUP_HOUR', backupDefaults.hour, [0, 23]),
    intervalHours: readNumber('FRAMES_BACKUP_INTERVAL_HOURS', backupDefaults.intervalHours, [0, 168]),
    keepDays: readNumber('FRAMES_BACKUP_KEEP_DAYS', backupDefaults.keepDays, [1, 36_500]),
    passphrase: readTextOfLength('FRAMES_BACKUP_PASSPHRASE', 12),
  };
  const config: ServerConfig = {
    host: readText('FRAMES_HOST') ?? '127.0.0.1',
    port: readNumber('FRAMES_PORT', 8080, [0, 65_535]),
    secret,
    accessSeconds: readNumber('FRAMES_ACCESS_SECONDS', configDefaults.accessSeconds, [60, secondsPerDay]),
    sessionSeconds: readNumber('FRAMES_SESSION_SECONDS', configDefaults.sessionSeconds, [
      3600,
      3660 * secondsPerDay,
    ]),
    anonymousLimit: readNumber('FRAMES_LIMIT_ANONYMOUS', configDefaults.anonymousLimit, countRange),
    tokenLimit: readNumber('FRAMES_LIMIT_TOKENS', configDefaults.tokenLimit, countRange),
    userLimit: readNumber('FRAMES_LIMIT_USER', configDefaults.userLimit, countRange),
    operationLimit: readNumber('FRAMES_LIMIT_OPERATIONS', configDefaults.operationLimit, countRange),
    limitSeconds: readNumber('FRAMES_LIMIT_SECONDS', configDefaults.limitSeconds, [1, secondsPerDay]),
    waitingBytes: readNumber('FRAMES_LIMIT_WAITING_BYTES', configDefaults.waitingBytes, byteRange),
    fileBytes: readNumber('FRAMES_LIMIT_FILE_BYTES', configDefaults.fileBytes, byteRange),
    byteLimit: readNumber('FRAMES_LIMIT_BYTES', configDefaults.byteLimit, byteRange),
    tls: cert !== null && key !== null ? { cert, key } : null,
    behindProxy: readFlag('FRAMES_BEHIND_PROXY'),
    allowHttp: readFlag('FRAMES_ALLOW_HTTP'),
    trustsActor: false,
    metricsToken: readTextOfLength('FRAMES_METRICS_TOKEN', 16),
    overloadMilliseconds: readNumber('FRAMES_OVERLOAD_MS', configDefaults.overloadMilliseconds, [0, 60_000]),
    requestSeconds: configDefaults.requestSeconds,
    drainSeconds: readNumber('FRAMES_DRAIN_SECONDS', 5, [0, 300]),
    backups: folder === null ? null : backups,
    databaseFolder: readText('FRAMES_DATABASE_DIR'),
    oidc: oidcFromEnvironment(readText, reportProblem),
    auditDays: readNumber('FRAMES_AUDIT_DAYS', configDefaults.auditDays, [365, 36_500]),
    hookNetworks: parseNetworks(readText('FRAMES_HOOK_NETWORKS'), (problem) =>
      reportProblem('FRAMES_HOOK_NETWORKS', problem),
    ),
    ownApproval: readFlag('FRAMES_OWN_APPROVAL'),
    models: parseModels(readText('FRAMES_MODELS'), (problem) => reportProblem('FRAMES_MODELS', problem)),
  };
  const poolSize = readNumber('FRAMES_POOL_SIZE', 20, [5, 20]);
  const [email, name, password] = adminVariables.map(readText);
  const admin = email && name && password ? { email, name, password } : null;
  try {
    assertEncrypted(config);
  } catch (error) {
    problems.push(`FRAMES_HOST: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { config, databaseUrl, poolSize, logLevel, admin };
}
