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
  /** Requests that an address has without a token in `limitSeconds`, … */
  anonymousLimit: number;
  /** … a user with one, … */
  userLimit: number;
  /** … and operations of sync that a user has. A pull counts as one. */
  operationLimit: number;
  limitSeconds: number;
  /** Certificate chain and key as PEM: TLS 1.3 then. Null for plain HTTP, … */
  tls: { cert: string; key: string } | null;
  /** … which leaves this computer only behind a proxy that does TLS and says whom it forwards, … */
  behindProxy: boolean;
  /** … or where somebody says that the network may read everything. */
  allowHttp: boolean;
  /** What Prometheus shows to read figures; null for anybody. */
  metricsToken: string | null;
  /** Requests are refused while the program lags behind by so many milliseconds; 0 for never. */
  overloadMilliseconds: number;
  /** For so long a server that ends says that it is not ready any more, before it takes no request. */
  drainSeconds: number;
}

export const defaults = {
  accessSeconds: 15 * 60,
  sessionSeconds: 90 * 24 * 3600,
  anonymousLimit: 100,
  userLimit: 1000,
  operationLimit: 100_000,
  limitSeconds: 3600,
  tls: null,
  behindProxy: false,
  allowHttp: false,
  metricsToken: null,
  overloadMilliseconds: 1000,
  drainSeconds: 0,
} as const;

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1|\[::1\])$/.test(host);

/** Passwords and tokens leave this computer encrypted only. Throws where they would not. */
export function assertEncrypted({ host, tls, behindProxy, allowHttp }: ServerConfig): void {
  if (tls || behindProxy || allowHttp || isLoopback(host)) return;
  throw new Error(
    `Plain HTTP on ${host} would show passwords to the network. Give FRAMES_TLS_CERT and FRAMES_TLS_KEY, or set FRAMES_BEHIND_PROXY=1 behind a proxy with TLS.`,
  );
}
