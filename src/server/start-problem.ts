import { ConfigError } from './config.ts';

/** Why a server does not start, or a command at its database fails, in words for those who run it. */
export class StartProblem extends Error {}

/** An error of the system or of Postgres in such words, as far as those who run the server can do something; the others as they are. */
export function startProblem(
  error: unknown,
  { databaseUrl, config }: { databaseUrl?: string; config?: { host: string; port: number } },
): Error {
  const known = error instanceof Error ? error : new Error(String(error));
  if (known instanceof StartProblem || known instanceof ConfigError) return known;
  const { code: reported = '', syscall } = known as NodeJS.ErrnoException;
  // ENOENT of a connect means a missing socket, of anything else a missing file.
  const code = reported === 'ENOENT' && syscall === 'connect' ? 'ECONNREFUSED' : reported;
  const text = wordsFor(code, { databaseUrl, config });
  return text === null ? known : new StartProblem(text, { cause: error });
}

function wordsFor(
  code: string,
  {
    databaseUrl,
    config,
  }: { databaseUrl: string | undefined; config: { host: string; port: number } | undefined },
): string | null {
  const url = databaseUrl !== undefined && URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  const place = url?.searchParams.get('host') ?? url?.host ?? '?';
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `The database at ${place} cannot be reached (DATABASE_URL). Is Postgres running there?`;
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
