import { ORPCError } from '@orpc/server';
import type { FaultCode, FaultData } from '#shared/contract/fault-data.ts';
import { isFault } from '#shared/contract/faults.ts';

export interface Refusal<C extends FaultCode = FaultCode> {
  code: C;
  message: string;
  data: FaultData<C>;
}

/** The declared error in `error`, whether core threw it or it came over a client; anything else is thrown on. */
export function refusalIn(error: unknown): Refusal {
  if (isFault(error)) return { code: error.code, message: error.message, data: error.data };
  if (error instanceof ORPCError && error.defined) {
    const { code, message, data } = error as ORPCError<FaultCode, FaultData<FaultCode>>;
    return { code, message, data };
  }
  throw error;
}

/** The declared error that a call is refused with. Fails when it is not refused, or with another code. */
export async function refused<C extends FaultCode>(code: C, call: Promise<unknown>): Promise<Refusal<C>> {
  let outcome: unknown;
  try {
    outcome = await call;
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal.code !== code) throw error;
    return refusal as Refusal<C>;
  }
  throw new Error(`it was not refused: ${JSON.stringify(outcome)}`);
}
