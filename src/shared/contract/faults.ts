import type { FaultCode, FaultData } from './fault-data.ts';
import { faultText } from '../texts/fault-text.ts';
import type { WordedCode } from '../texts/fault-text.ts';

/** A declared error thrown by core, which reaches the caller typed. */
export class Fault<C extends FaultCode = FaultCode> extends Error {
  readonly code: C;
  readonly data: FaultData<C>;

  /** The message comes from the catalogue; codes whose data does not determine it yet take it as the second argument. */
  constructor(code: C & WordedCode, data: FaultData<C>);
  constructor(code: C, message: string, data: FaultData<C>);
  constructor(code: C, ...rest: [FaultData<C>] | [string, FaultData<C>]) {
    const data = rest.length === 2 ? rest[1] : rest[0];
    super(rest.length === 2 ? rest[0] : faultText(code as WordedCode, data as FaultData<WordedCode>));
    this.name = 'Fault';
    this.code = code;
    this.data = data;
  }
}

export function isFault(error: unknown): error is Fault {
  return error instanceof Fault;
}

/** The reason code of a declared error (BACKUP, GOLDEN, WORKSPACE, BAD_FILE); null for others. */
export function reasonOf({ data }: Fault): string | null {
  return 'reason' in data ? data.reason : null;
}
