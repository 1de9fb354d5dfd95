import { certificateReasons, trustReasons } from '#shared/contract/reasons.ts';
import type { NetworkReason } from '#shared/contract/reasons.ts';
import { toNetworkFailure } from '#http/failure.ts';
import { networkTitle } from '#shared/texts/fault-text.ts';
import { ConfigError } from './config.ts';

/** Why a server or a database command fails, as shown to operators. */
export class StartProblem extends Error {}

/** Converts errors of the system or Postgres that operators can fix; returns others unchanged. */
export function toStartProblem(
  error: unknown,
  { databaseUrl, config }: { databaseUrl?: string; config?: { host: string; port: number } },
): Error {
  const failure = error instanceof Error ? error : new Error(String(error));
  if (failure instanceof StartProblem || failure instanceof ConfigError) return failure;
  const { code: systemCode = '', syscall } = failure as NodeJS.ErrnoException;
  // On connect, ENOENT means a missing socket; otherwise a missing file.
  const code = systemCode === 'ENOENT' && syscall === 'connect' ? 'ECONNREFUSED' : systemCode;
  const text =
    messageFor(code, { databaseUrl, config }) ??
    (databaseUrl === undefined ? null : certificateMessage(failure, databaseUrl));
  return text === null ? failure : new StartProblem(text, { cause: error });
}

const isOneOf = (reason: NetworkReason, reasons: readonly NetworkReason[]): boolean =>
  reasons.includes(reason);

function certificateMessage(error: Error, databaseUrl: string): string | null {
  const url = URL.parse(databaseUrl);
  if (!url) return null;
  const { problem } = toNetworkFailure(error, url, null);
  if (!isOneOf(problem.reason, certificateReasons)) return null;
  const action = isOneOf(problem.reason, trustReasons)
    ? 'Name the file of its CA certificate in FRAMES_CA_FILE.'
    : 'Check DATABASE_URL and the certificate of Postgres.';
  return `${networkTitle(problem)} (DATABASE_URL). ${action}`;
}

function messageFor(
  code: string,
  {
    databaseUrl,
    config,
  }: { databaseUrl: string | undefined; config: { host: string; port: number } | undefined },
): string | null {
  const url = databaseUrl !== undefined && URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  const host = url?.searchParams.get('host') ?? url?.host ?? '?';
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `The database at ${host} cannot be reached (DATABASE_URL). Is Postgres running there?`;
    case '28P01':
    case '28000':
      return `The database refuses the user "${decodeURIComponent(url?.username ?? '')}" or the password (DATABASE_URL).`;
    case '3D000':
      return `There is no database "${decodeURIComponent(url?.pathname.slice(1) ?? '')}" (DATABASE_URL). "frames serve init" creates it.`;
    case '42501':
      return `The user "${decodeURIComponent(url?.username ?? '')}" may not do that in the database: it must own the tables, and may create roles.`;
    case 'EADDRINUSE':
      return `Port ${config?.port ?? '?'} of ${config?.host ?? '?'} is in use. Choose another one.`;
    case 'EACCES':
      return config && config.port < 1024
        ? `Port ${config.port} is for the system. Choose one from 1024 on, or let a proxy have it.`
        : null;
    case 'EADDRNOTAVAIL':
      return `This computer has no address ${config?.host ?? '?'} (FRAMES_HOST).`;
    default:
      return null;
  }
}
