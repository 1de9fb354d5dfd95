import { Fault } from '#shared/contract/faults.ts';
import type { FaultData } from '#shared/contract/fault-data.ts';

type ModelFaultData = FaultData<'MODEL'>;

export function modelFault(
  reason: ModelFaultData['reason'],
  name: string | null = null,
  { status = null, detail = null, seconds = null, network }: Partial<ModelFaultData> = {},
): Fault<'MODEL'> {
  return new Fault('MODEL', { reason, name, status, detail, seconds, ...(network && { network }) });
}
