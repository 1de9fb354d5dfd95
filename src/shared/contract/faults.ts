import type { FaultCode, FaultData } from './fault-data.ts';
import { faultText, reasonSentence } from '../texts/fault-text.ts';
import { verbatim } from '../texts/sentence.ts';
import type { Sentence, ValuesOf } from '../texts/sentence.ts';
import type { WorkspaceReason } from './reasons.ts';

/** A declared error thrown by core, which reaches the caller typed. The message is the English sentence of the catalogue. */
export class Fault<C extends FaultCode = FaultCode> extends Error {
  readonly code: C;
  readonly data: FaultData<C>;

  constructor(code: C, data: FaultData<C>) {
    super(faultText(code, data));
    this.name = 'Fault';
    this.code = code;
    this.data = data;
  }
}

export function isFault(error: unknown): error is Fault {
  return error instanceof Fault;
}

/** The reason code in the data of a declared error; null if the error has none. */
export function reasonOf({ data }: Fault): string | null {
  return 'reason' in data ? data.reason : null;
}

/** The cause of a declared error for a list of problems. */
export const problemOf = ({ code, data, message }: Fault): Sentence =>
  reasonSentence(code, data) ?? verbatim(message);

export function workspaceFault<R extends WorkspaceReason>(
  reason: R,
  values: ValuesOf<`workspace.${R}`>,
  until?: string | null,
): Fault<'WORKSPACE'> {
  return new Fault('WORKSPACE', { reason, ...(until !== undefined && { until }), values });
}
