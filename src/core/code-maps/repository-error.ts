import type { ScanProblem } from '#shared/contract/code-maps.ts';

/** A repository gives no map. The code survives the boundary of a process; the message is a detail in English, such as git's last line. */
export class RepositoryError extends Error {
  readonly code: ScanProblem;

  constructor(code: ScanProblem, detail = '') {
    super(detail);
    this.code = code;
  }
}
