import type { Finding } from '#shared/contract/care.ts';
import { i18n, say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { coreText } from '../../text/core.ts';
import { momentToSecond } from '../../text/formats.ts';
import { foundText } from '../../text/found.ts';
import { ago, exact } from '../../text/time.ts';
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
    else if (name === 'newest' && typeof value === 'string') shown[name] = exact(value);
    else if (name === 'reason') shown['why'] = coreText('workspace', String(value), '');
    else shown[name] = value;
  }
  if (typeof params['problem'] === 'string') shown['problem'] = foundText(params['problem']);
  if (typeof params['reason'] === 'string')
    shown['problem'] = coreText('sandbox', params['reason'], String(shown['problem'] ?? ''));
  const at = params['made'] ?? params['at'];
  if (typeof at !== 'string' || at === '') return shown;
  // Distinguishes two backups by seconds.
  return { ...shown, when: 'since' in params ? momentToSecond(at) : ago(at) };
}

const lookUp = (key: string, values: Record<string, string | number>): string | undefined =>
  i18n.exists(key, values) ? (say as (key: string, values: object) => string)(key, values) : undefined;

/** The name of a finding: "Integrity"; unknown ones keep their id. */
export const findingName = ({ id }: Finding): string => lookUp(`care:finding.${id}`, {}) ?? id;

/** Findings that share the text of another one. */
const alike: Readonly<Record<string, string>> = {
  'backup.old': 'care:says.backup.recent',
  'file.empty': 'reasons:file.empty',
  'file.foreign': 'reasons:file.not_frames',
  'file.damaged': 'reasons:file.damaged',
};

/** A finding as a sentence, from `warn` if it has the same text as the warning. Unknown codes stay as they are. */
export function findingText({ code, params }: Finding): string {
  const none = code === 'sandboxes.fine' && params['count'] === 0;
  const key = none ? 'sandboxes.none' : code;
  const shown = spoken(params);
  return lookUp(alike[key] ?? `care:says.${key}`, shown) ?? lookUp(`care:warn.${key}`, shown) ?? code;
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
