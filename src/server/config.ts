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
}

export const defaults = {
  accessSeconds: 15 * 60,
  sessionSeconds: 90 * 24 * 3600,
  anonymousLimit: 100,
  userLimit: 1000,
  operationLimit: 100_000,
  limitSeconds: 3600,
} as const;
