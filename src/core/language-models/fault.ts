import { Fault } from '#shared/contract/faults.ts';
import type { FaultData } from '#shared/contract/fault-data.ts';

type Data = FaultData<'MODEL'>;

export function modelFault(
  reason: Data['reason'],
  name: string | null = null,
  { status = null, detail = null, seconds = null }: Partial<Data> = {},
): Fault<'MODEL'> {
  return new Fault('MODEL', { reason, name, status, detail, seconds });
}
