import type { MeasuredRepair } from '#shared/contract/repairs.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { say } from '../../i18n/setup.ts';
import { numberFormatter } from '../../text/formats.ts';

const formatDecimal = numberFormatter({ maximumFractionDigits: 1 });

export function repairValue(payload: JsonObject, field: 'before' | 'expected' | 'after'): number | null {
  const value = payload[`value_${field}`];
  return typeof value === 'number' ? value : null;
}

export const isDone = ({ done_on: day }: JsonObject): boolean => typeof day === 'string' && day !== '';

/** The change between two percentages in words, in percentage points to one decimal; '' if one is unknown. */
function changeText(before: number | null, after: number | null): string {
  if (before === null || after === null) return '';
  const points = Math.round(10 * (before - after)) / 10;
  if (points === 0) return say('repairs:effect.same');
  return say(points > 0 ? 'repairs:effect.better' : 'repairs:effect.worse', { count: Math.abs(points) });
}

/** "12.4 % before · 5 % expected · 6.1 % after: 6.3 points better"; '' if nothing is known. */
export function effectText(payload: JsonObject, measurement: MeasuredRepair | undefined): string {
  const before = repairValue(payload, 'before');
  const expected = repairValue(payload, 'expected');
  const after = repairValue(payload, 'after');
  const labelledParts = (
    name: 'before' | 'planned' | 'now' | 'expected' | 'after',
    value: number | null | undefined,
  ): string[] => (value == null ? [] : [say(`repairs:effect.${name}`, { value: formatDecimal(value) })]);
  if (!isDone(payload))
    return [
      ...labelledParts('planned', before),
      ...(measurement?.value === 0 ? [say('repairs:effect.safe')] : labelledParts('now', measurement?.value)),
      ...labelledParts('expected', expected),
    ].join(' · ');
  const change = after === 0 ? say('repairs:effect.safe') : changeText(before, after);
  const [afterText] = labelledParts('after', after);
  return [
    ...labelledParts('before', before),
    ...labelledParts('expected', expected),
    ...(afterText === undefined
      ? []
      : [change === '' ? afterText : say('repairs:effect.change', { after: afterText, change })]),
  ].join(' · ');
}
