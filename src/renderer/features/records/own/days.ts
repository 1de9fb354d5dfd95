import { isDay } from '#shared/domain/days.ts';
import type { Field } from '#shared/domain/entities.ts';
import { say } from '../../../i18n/setup.ts';
import { dayShown } from '../../../text/formats.ts';
import { typedDay } from '../../../text/typed-day.ts';

/** As what a text that somebody types into a field of dates will be read; null where it stays as it is. */
export function readAs({ own, kind }: Pick<Field, 'own' | 'kind'>, text: string): string | null {
  if (!own || kind !== 'date' || isDay(text.trim())) return null;
  const day = typedDay(text);
  return day === null ? null : say('own:readAs', { day: dayShown(day), stored: day });
}
