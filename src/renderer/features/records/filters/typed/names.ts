import type { OwnField } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { api } from '../../../../api/client.ts';
import { titleOr } from '../../../../text/names.ts';
import type { FilterField } from '../model.ts';
import { fold } from './fold.ts';
import { lexiconOf } from './lexicon.ts';
import type { Lexicon } from './lexicon.ts';
import { tokensOf } from './tokens.ts';

/** Which records a reference can name. */
export function typesOf(field: FilterField): EntityType[] {
  return field.to === undefined || field.to === 'any'
    ? entityTypes.filter((type) => type !== 'interface')
    : [field.to];
}

/** As many records of one name are looked for. */
const most = 100;

/** The words of a type and of its own fields, knowing every record that the text names. */
export async function learned(
  type: EntityType,
  text: string,
  own: readonly OwnField[] = [],
): Promise<Lexicon> {
  const plain = lexiconOf(type, undefined, own);
  const wanted = tokensOf(text).flatMap(({ name, exact, sign, values }) => {
    const field = name !== null && sign !== null ? plain.field(name, exact) : undefined;
    return field?.kind === 'reference' ? values.map((value) => ({ field, text: value.text })) : [];
  });
  const found = new Map<string, readonly string[]>();
  const keyOf = (field: FilterField, name: string): string => `${field.key}/${fold(name)}`;
  await Promise.all(
    wanted
      .filter((one) => one.text.trim() !== '')
      .map(async (one) => {
        const refs = await api.entities.lookup({
          types: typesOf(one.field),
          text: one.text.slice(0, 200),
          limit: most,
        });
        const same = refs.filter((ref) =>
          [ref.title, titleOr(ref.title, ref.type)].some((title) => fold(title) === fold(one.text)),
        );
        found.set(
          keyOf(one.field, one.text),
          same.map(({ id }) => id),
        );
      }),
  );
  return lexiconOf(type, (field, name) => found.get(keyOf(field, name)) ?? [], own);
}
