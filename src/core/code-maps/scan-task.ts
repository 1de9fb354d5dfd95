import type { CodeMap } from '#shared/contract/code-maps.ts';
import { processTask } from '../kernel/processes/task.ts';

export interface CloneSource {
  url: string;
  /** The value of the header of that name; null for a public repository. */
  authorization: string | null;
  /** Null for a direct connection. */
  proxy: string | null;
  /** The CA certificates that FRAMES trusts, as PEM. */
  certificates: string;
}

export interface ScanRequest {
  source: { folder: string } | CloneSource;
  /** Null for the branch that is checked out. */
  branch: string | null;
  /** The folder of the repository that is read, without slashes at its ends; '' for all. */
  prefix: string;
  /** Patterns of paths, as in .gitignore. */
  excludes: readonly string[];
  /** Addresses and names of accounts that several people use. */
  shared: readonly string[];
  /** Account keys of one person each. */
  joins: readonly (readonly string[])[];
  /** Of the workspace, for account keys. */
  secret: string;
  /** ISO 8601. */
  now: string;
}

export interface ScanAnswer {
  map: CodeMap;
  /** Names in the repository, by author keys. */
  names: Record<string, string>;
}

/** Reads a repository and answers with its map. Fails with a `ScanProblem` as code. */
export const scanTask = processTask<ScanRequest, ScanAnswer>('scanCode');
