import { Fault } from '#shared/contract/faults.ts';
import type { FaultData } from '#shared/contract/fault-data.ts';

type Data = FaultData<'MODEL'>;

const sentences: Readonly<Record<Data['reason'], (data: Data) => string>> = {
  off: () => 'No language model is in use for this workspace. Choose one, and what may be sent to it.',
  unreachable: ({ name }) => `"${name}" cannot be reached. Check that its server runs, and its address.`,
  refused: ({ name, status }) => `The server of "${name}" refused the request${withStatus(status)}.`,
  rateLimited: ({ name }) => `The server of "${name}" takes no more requests for now. Try again later.`,
  unknownModel: ({ name }) => `The server of "${name}" does not have this model, or its address is wrong.`,
  badAnswer: ({ name }) => `The answer of "${name}" cannot be used.`,
  cutOff: ({ name }) => `The answer of "${name}" was cut off at the limit of the model. Ask for less.`,
  failed: ({ name, status }) => `The server of "${name}" failed${withStatus(status)}. Try again later.`,
  timeout: ({ name }) => `"${name}" did not answer in time.`,
  open: ({ name, seconds }) =>
    `"${name}" failed several times. It may be asked again in ${seconds ?? 0} seconds.`,
};

const withStatus = (status: number | null): string => (status === null ? '' : ` (HTTP ${status})`);

export function modelFault(
  reason: Data['reason'],
  name: string | null = null,
  { status = null, detail = null, seconds = null }: Partial<Data> = {},
): Fault<'MODEL'> {
  const data: Data = { reason, name, status, detail, seconds };
  const sentence = sentences[reason](data);
  return new Fault('MODEL', detail === null ? sentence : `${sentence} ${detail}`, data);
}
