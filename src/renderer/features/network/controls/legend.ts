import { ownNameOf } from '#shared/domain/own-fields.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { choiceName, fieldName, inSentence, typeNames } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { isReference, projectType } from '../look/fields.ts';
import type { Swatch } from '../look/scale.ts';

const general = ['stage', 'type', 'university', 'links'] as const;

/** What a field of colour or size is called; in the middle of a sentence for the general ones. */
export function lookFieldName(field: string): string {
  const known = general.find((one) => one === field);
  if (known) return say(`network:field.${known}`);
  if (field === projectType) return say('network:field.projectType');
  return field === '' ? say('network:field.none') : (ownNameOf(field) ?? inSentence(fieldName(field)));
}

/** The words for an entry of the legend. `titles` knows the names behind ids. */
export function swatchText(
  { key, range }: Swatch,
  field: string,
  titles: ReadonlyMap<string, string>,
): string {
  if (range) {
    const short = (value: number): string => numberText(Math.round(value * 100) / 100);
    const [from, to] = [short(range[0]), short(range[1])];
    return from === to ? from : say('network:legend.range', { from, to });
  }
  if (key === '…') return say('network:legend.others');
  if (key === '') return say(field === 'stage' ? 'network:legend.noStage' : 'network:legend.none');
  if (key === 'true') return say('common:yes');
  if (key === 'false') return say('common:no');
  if (field === 'university' || isReference(field)) return titles.get(key) ?? key;
  if (field === 'type' && isEntityType(key)) return typeNames(key);
  return choiceName(key);
}
