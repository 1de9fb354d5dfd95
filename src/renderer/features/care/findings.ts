import type { Finding } from '#shared/contract/care.ts';
import { bytesText } from '../../text/bytes.ts';
import { reasonText } from '../../text/reasons.ts';
import { lookUp } from '../../text/names.ts';
import { dateTimeToSecond } from '../../text/formats.ts';
import { timeAgo, exactTime } from '../../text/time.ts';
import { numberText } from '../../text/values.ts';

type Params = Finding['params'];

const byteParams = ['bytes', 'wal', 'free', 'needed'];
const countParams = ['transactions', 'rows'];

function textParams(params: Params): Record<string, string | number> {
  const texts: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params)) {
    if (byteParams.includes(name)) texts[name] = bytesText(Number(value));
    else if (countParams.includes(name)) texts[name] = numberText(Number(value));
    else if (name === 'since' && typeof value === 'string') texts[name] = dateTimeToSecond(value);
    else if (name === 'newest' && typeof value === 'string') texts[name] = exactTime(value);
    else if (typeof value === 'object') texts[name] = reasonText(value);
    else if (name === 'reason') texts['why'] = reasonText({ code: `workspace.${value}` });
    else texts[name] = value;
  }
  const time = params['made'] ?? params['at'];
  if (typeof time !== 'string' || time === '') return texts;
  // A finding with `since` compares two backups, so its times need seconds.
  return { ...texts, when: 'since' in params ? dateTimeToSecond(time) : timeAgo(time) };
}

/** The translated name of a finding, such as "Integrity"; its id if there is no translation. */
export const findingName = ({ id }: Finding): string => lookUp(`care:finding.${id}`) ?? id;

/** Codes of findings that show the error message which such a file causes when opened. */
const fileFaultCodes = ['file.empty', 'file.foreign', 'file.damaged'];

/** The key of a finding's text: its code, except where the text differs from that of the warning bar. */
function textKeyOf({ code, params }: Finding): string {
  if (code === 'sandboxes.fine' && params['count'] === 0) return 'sandboxes.none';
  return code === 'backup.old' ? 'backup.recent' : code;
}

/** The text of a finding, from `says` or else from `warn`; the code itself if there is no text. */
export function findingText(finding: Finding): string {
  const { code, params } = finding;
  const key = textKeyOf(finding);
  const texts = textParams(params);
  if (fileFaultCodes.includes(code)) return reasonText({ code: code.replace('file.', 'workspace.') });
  return lookUp(`care:says.${key}`, texts) ?? lookUp(`care:warn.${key}`, texts) ?? code;
}

/** The text of the warning bar for a finding; null if the finding is only shown in Health. */
export const warningText = ({ code, params }: Finding): string | null =>
  lookUp(`care:warn.${code}`, textParams(params)) ?? null;

/** Ids of findings by importance; unknown ids come last. `size` is missing because the section of sizes shows it. */
const findingOrder = [
  [
    'integrity',
    'noted',
    'chain',
    'head',
    'documents',
    'backup',
    'daily',
    'verified',
    'place',
    'disk',
    'synced',
    'clock',
  ],
  ['access', 'others', 'file', 'sandboxes', 'events', 'log'],
].flat();

export function findingsToShow(findings: readonly Finding[]): Finding[] {
  const rank = ({ id }: Finding): number =>
    findingOrder.includes(id) ? findingOrder.indexOf(id) : findingOrder.length;
  return findings.filter((one) => one.id !== 'size').toSorted((a, b) => rank(a) - rank(b));
}
