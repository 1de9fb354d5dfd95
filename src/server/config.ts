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
}

export const defaults = { accessSeconds: 15 * 60, sessionSeconds: 90 * 24 * 3600 } as const;
