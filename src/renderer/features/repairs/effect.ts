import type { MeasuredRepair } from '#shared/contract/repairs.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { say } from '../../i18n/setup.ts';
import { numberForm } from '../../text/formats.ts';

const decimal = numberForm({ maximumFractionDigits: 1 });

export function valueOf(payload: JsonObject, field: 'before' | 'expected' | 'after'): number | null {
  const value = payload[`value_${field}`];
  return typeof value === 'number' ? value : null;
}

export const isDone = ({ done_on: day }: JsonObject): boolean => typeof day === 'string' && day !== '';

/** The improvement in displayed percentage points. */
function changeText(before: number, after: number): string {
  const points = Math.round(10 * (before - after)) / 10;
  if (points === 0) return say('repairs:effect.same');
  return say(points > 0 ? 'repairs:effect.better' : 'repairs:effect.worse', { count: Math.abs(points) });
}

/** "12.4 % before · 5 % expected · 6.1 % after: 6.3 points better"; '' if nothing is known. */
export function effectText(payload: JsonObject, measured: MeasuredRepair | undefined): string {
  const [before, expected, after] = (['before', 'expected', 'after'] as const).map((field) =>
    valueOf(payload, field),
  ) as [number | null, number | null, number | null];
  const part = (
    name: 'before' | 'planned' | 'now' | 'expected' | 'after',
    value: number | null | undefined,
  ): string[] => (value == null ? [] : [say(`repairs:effect.${name}`, { value: decimal(value) })]);
  if (!isDone(payload))
    return [
      ...part('planned', before),
      ...(measured?.value === 0 ? [say('repairs:effect.safe')] : part('now', measured?.value)),
      ...part('expected', expected),
    ].join(' · ');
  const change =
    after === 0
      ? say('repairs:effect.safe')
      : before === null || after === null
        ? ''
        : changeText(before, after);
  const [last] = part('after', after);
  return [
    ...part('before', before),
    ...part('expected', expected),
    ...(last === undefined
      ? []
      : [change === '' ? last : say('repairs:effect.change', { after: last, change })]),
  ].join(' · ');
}
