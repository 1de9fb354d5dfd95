import type { Field } from '#shared/domain/entities.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say } from '../../../i18n/setup.ts';
import { choiceName } from '../../../text/names.ts';
import type { Raw } from './inputs.ts';

export interface Choice {
  value: Raw;
  name: string;
}

/** The known values of a field, with what they are called. */
export function choicesOf(field: Pick<Field, 'kind' | 'list'>): readonly Choice[] {
  if (field.kind === 'boolean') {
    return [
      { value: true, name: say('common:yes') },
      { value: false, name: say('common:no') },
    ];
  }
  return (field.list ? vocabulary[field.list] : []).map((value) => ({ value, name: choiceName(value) }));
}

/** The choices that have `text` in their name or value: those that begin with it first. */
export function fittingChoices(choices: readonly Choice[], text: string): readonly Choice[] {
  const query = text.toLowerCase();
  const begins = ({ name, value }: Choice): boolean =>
    name.toLowerCase().startsWith(query) || String(value).toLowerCase().startsWith(query);
  const has = ({ name, value }: Choice): boolean => `${name} ${String(value)}`.toLowerCase().includes(query);
  return [...choices.filter(begins), ...choices.filter((choice) => !begins(choice) && has(choice))];
}
