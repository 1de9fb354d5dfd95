import type { Finding } from '#shared/contract/care.ts';
import { i18n, say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { coreText } from '../../text/core.ts';
import { momentToSecond } from '../../text/formats.ts';
import { foundText } from '../../text/found.ts';
import { ago, exact } from '../../text/time.ts';
import { numberText } from '../../text/values.ts';

type Params = Finding['params'];

/** What a parameter is, by its name: how many bytes, a moment, or a figure. */
const inBytes = ['bytes', 'wal', 'free', 'needed'];
const figures = ['transactions', 'rows'];

function spoken(params: Params): Record<string, string | number> {
  const told: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params)) {
    if (inBytes.includes(name)) told[name] = bytesText(Number(value));
    else if (figures.includes(name)) told[name] = numberText(Number(value));
    else if (name === 'since' && typeof value === 'string') told[name] = momentToSecond(value);
    else if (name === 'newest' && typeof value === 'string') told[name] = exact(value);
    else if (name === 'reason') told['why'] = coreText('workspace', String(value), '');
    else told[name] = value;
  }
  if (typeof params['problem'] === 'string') told['problem'] = foundText(params['problem']);
  if (typeof params['reason'] === 'string')
    told['problem'] = coreText('sandbox', params['reason'], String(told['problem'] ?? ''));
  const at = params['made'] ?? params['at'];
  if (typeof at !== 'string' || at === '') return told;
  // Two backups are spoken of: they are told apart.
  return { ...told, when: 'since' in params ? momentToSecond(at) : ago(at) };
}

const lookUp = (key: string, values: Record<string, string | number>): string | undefined =>
  i18n.exists(key, values) ? (say as (key: string, values: object) => string)(key, values) : undefined;

/** What a finding is about: "Integrity"; one that is not known by its own name. */
export const findingName = ({ id }: Finding): string => lookUp(`care:finding.${id}`, {}) ?? id;

/** Findings with the text of something else. */
const alike: Readonly<Record<string, string>> = {
  'backup.old': 'care:says.backup.recent',
  'file.empty': 'core:file.empty',
  'file.foreign': 'core:file.not_frames',
  'file.damaged': 'core:file.damaged',
};

/** What was found, as a sentence; where the text is that of the warning, `warn` has it. A code that is not known as it is. */
export function findingText({ code, params }: Finding): string {
  const none = code === 'sandboxes.fine' && params['count'] === 0;
  const key = none ? 'sandboxes.none' : code;
  const told = spoken(params);
  return lookUp(alike[key] ?? `care:says.${key}`, told) ?? lookUp(`care:warn.${key}`, told) ?? code;
}

/** What the window says of it unasked, with what to do; null for what it keeps to Health. */
export const warningText = ({ code, params }: Finding): string | null =>
  lookUp(`care:warn.${code}`, spoken(params)) ?? null;

const isIdle = ({ code }: Finding, all: readonly Finding[]): boolean =>
  code === 'verified.never' &&
  all.some((one) => ['backup.none', 'backup.none_here', 'backup.nothing'].includes(one.code));

/** In the order of what matters to people; what is not named comes last. Sizes stand elsewhere. */
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
