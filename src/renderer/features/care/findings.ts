import type { Finding } from '#shared/contract/care.ts';
import { bytesText } from '../../text/bytes.ts';
import { reasonText } from '../../text/reasons.ts';
import { lookUp } from '../../text/names.ts';
import { momentToSecond } from '../../text/formats.ts';
import { timeAgo, exactTime } from '../../text/time.ts';
import { numberText } from '../../text/values.ts';

type Params = Finding['params'];

/** The kinds of parameters by name: bytes, times, figures. */
const inBytes = ['bytes', 'wal', 'free', 'needed'];
const figures = ['transactions', 'rows'];

function spoken(params: Params): Record<string, string | number> {
  const shown: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params)) {
    if (inBytes.includes(name)) shown[name] = bytesText(Number(value));
    else if (figures.includes(name)) shown[name] = numberText(Number(value));
    else if (name === 'since' && typeof value === 'string') shown[name] = momentToSecond(value);
    else if (name === 'newest' && typeof value === 'string') shown[name] = exactTime(value);
    else if (typeof value === 'object') shown[name] = reasonText(value);
    else if (name === 'reason') shown['why'] = reasonText({ code: `workspace.${value}` });
    else shown[name] = value;
  }
  const at = params['made'] ?? params['at'];
  if (typeof at !== 'string' || at === '') return shown;
  // Distinguishes two backups by seconds.
  return { ...shown, when: 'since' in params ? momentToSecond(at) : timeAgo(at) };
}

/** The name of a finding: "Integrity"; unknown ones keep their id. */
export const findingName = ({ id }: Finding): string => lookUp(`care:finding.${id}`) ?? id;

/** Findings with the text of the error that the file causes. */
const fileFaults = ['file.empty', 'file.foreign', 'file.damaged'];

/** A finding as a sentence, from `warn` if it has the same text as the warning. Unknown codes stay as they are. */
export function findingText({ code, params }: Finding): string {
  const none = code === 'sandboxes.fine' && params['count'] === 0;
  const key = none ? 'sandboxes.none' : code === 'backup.old' ? 'backup.recent' : code;
  const shown = spoken(params);
  if (fileFaults.includes(code)) return reasonText({ code: code.replace('file.', 'workspace.') });
  return lookUp(`care:says.${key}`, shown) ?? lookUp(`care:warn.${key}`, shown) ?? code;
}

/** The unasked warning about a finding, with what to do; null if it is only shown in Health. */
export const warningText = ({ code, params }: Finding): string | null =>
  lookUp(`care:warn.${code}`, spoken(params)) ?? null;

const isIdle = ({ code }: Finding, all: readonly Finding[]): boolean =>
  code === 'verified.never' &&
  all.some((one) => ['backup.none', 'backup.none_here', 'backup.nothing'].includes(one.code));

/** By importance; unknown ones last. Sizes are elsewhere. */
const order = [
  ['integrity', 'noted', 'chain', 'head', 'backup', 'daily', 'verified', 'place', 'disk', 'synced', 'clock'],
  ['access', 'others', 'file', 'sandboxes'],
].flat();

export function inOrder(findings: readonly Finding[]): Finding[] {
  const rank = ({ id }: Finding): number => (order.indexOf(id) + order.length + 1) % (order.length + 1);
  return findings
    .filter((one) => one.id !== 'size' && !isIdle(one, findings))
    .toSorted((a, b) => rank(a) - rank(b));
}
