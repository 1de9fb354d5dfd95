import type { NetworkProblem } from '#shared/contract/fault-data.ts';
import type { NetworkReason } from '#shared/contract/reasons.ts';
import { networkReasons } from '#shared/domain/network-codes.ts';
import { CaFileProblem } from './ca-file.ts';

/** A request that did not reach its server, or whose connection ended. */
export class NetworkFailure extends Error {
  readonly problem: NetworkProblem;

  constructor(problem: NetworkProblem, options?: ErrorOptions) {
    super(`${problem.host}: ${problem.reason}`, options);
    this.name = 'NetworkFailure';
    this.problem = problem;
  }
}

/** The failure in an error or its cause; null for other errors. */
export function networkFailureOf(error: unknown): NetworkFailure | null {
  if (error instanceof NetworkFailure) return error;
  return error instanceof Error && error.cause !== undefined ? networkFailureOf(error.cause) : null;
}

/** The host with its port, unless that is the protocol's own. */
export function problemAt(
  url: URL,
  reason: NetworkReason,
  { proxy = null, what = null }: { proxy?: URL | null; what?: string | null } = {},
): NetworkProblem {
  return { reason, host: url.host, proxy: proxy?.host ?? null, what };
}

/** Codes of OpenSSL for other faults of a certificate, such as INVALID_CA and CERT_REVOKED. */
const certificateCode = /^(CERT_|CRL_|INVALID_|UNABLE_TO_|ERROR_IN_CERT|PATH_LENGTH|CA_|EE_)/;

/** Reasons that mean, before the tunnel is open, that the proxy was not reached. */
const proxyReasons: ReadonlySet<NetworkReason> = new Set([
  'host_not_found',
  'connection_refused',
  'no_route',
]);

interface SystemError extends Error {
  code?: unknown;
  /** The status of a proxy that refused to open a tunnel. */
  statusCode?: number;
  cert?: { subjectaltname?: string; subject?: { CN?: string | string[] } };
}

/** The failure of a request by the code of its error; the message of no error is read. */
export function toNetworkFailure(error: unknown, url: URL, proxy: URL | null): NetworkFailure {
  if (error instanceof NetworkFailure) return error;
  const [reason, what] = classify(error as SystemError, proxy);
  return new NetworkFailure(problemAt(url, reason, { proxy, what }), { cause: error });
}

function classify(error: SystemError, proxy: URL | null): [NetworkReason, string | null] {
  if (error instanceof CaFileProblem)
    return [error.reason === 'empty' ? 'ca_file_empty' : 'ca_file_unreadable', error.file];
  const code = typeof error.code === 'string' ? error.code : '';
  if (code === 'ERR_PROXY_TUNNEL') {
    const status = String(error.statusCode ?? '');
    return status === '407' ? ['proxy_sign_in', null] : ['proxy_refused', status];
  }
  const known = networkReasons[code];
  if (proxy && known && proxyReasons.has(known)) return ['proxy_unreachable', null];
  if (known === 'wrong_host') return [known, certificateNames(error)];
  if (known) return [known, null];
  if (certificateCode.test(code)) return ['certificate_refused', code];
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return ['tls_refused', code];
  return ['connection_failed', code || error.name];
}

/** The names of a certificate, the first three of many. */
function certificateNames({ cert }: SystemError): string | null {
  const names = (cert?.subjectaltname ?? '')
    .split(', ')
    .map((entry) => entry.replace(/^(DNS|IP Address):/, ''))
    .filter((name) => name !== '');
  if (names.length > 0) return names.slice(0, 3).join(', ');
  return cert?.subject?.CN === undefined ? null : String(cert.subject.CN);
}
