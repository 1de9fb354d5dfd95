import type { Field } from '#shared/domain/entities.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import { isNobody, isOpenDay, isOpenTerm, isPlaceholder, isValueField } from '#shared/domain/placeholders.ts';
import type { Mapping } from '../choices.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import { typeOfWord } from '../../word-types.ts';
import { knownValue } from '../synonyms.ts';
import { isCellError, readYesNo } from '../values.ts';

/** Returns a test for texts that mean empty; it depends on the column's field. */
export function createEmptyTest({
  type,
  fields,
  namePartColumns: nameParts,
  universityColumns,
}: Mapping): (column: number, text: string) => boolean {
  const fieldOf = new Map(fields.map(({ column, field }) => [column, field]));
  const namePartColumns = new Set(nameParts);
  const endColumns = new Set(Object.values(universityColumns));
  return (column, text) => {
    const field = fieldOf.get(column);
    if (isCellError(text)) return false;
    // "(industry)" is a remark and no university.
    if (endColumns.has(column)) return isNobody(text) || isPlaceholder(text, true);
    if (field === undefined) {
      if (namePartColumns.has(column) && isNobody(text)) return true;
      return (
        isOpenDay(text) ||
        (isPlaceholder(text, false) && !(namePartColumns.has(column) && isCapitalizedWord(text)))
      );
    }
    if ((field.kind === 'date' || field.key === 'graduation_term') && isOpenTerm(text)) return true;
    if (field.kind === 'reference' && (isNobody(text) || namesNone(text))) return true;
    const isPersonName = field.key === 'name' && isPerson(type);
    if (isPersonName && isNobody(text)) return true;
    // A description can consist of such a word.
    if (!isValueField(field) && field.kind !== 'boolean' && field.key !== 'name') return false;
    // "offen" is nobody's name, but can be a project's.
    return isPlaceholder(text, isValueField(field) || isPersonName) && !isLiteral(field, text);
  };
}

const negations: ReadonlySet<string> = new Set(
  `no not without kein keine keiner keinem ohne nessun nessuna nessuno senza ningun ninguna ninguno sin nenhum nenhuma sem aucun aucune sans geen zonder brak bez zaden zadny zadna
  ingen inget intet uten utan uden ei nincs fara niciun без нет`.split(/\s+/),
);

/** Whether a text says that there is no record of a type: "No team", "Nessun gruppo". */
function namesNone(text: string): boolean {
  const [first = '', ...words] = plainHeading(text).split(' ');
  return words.length > 0 && negations.has(first) && typeOfWord(words.join(' ')) !== null;
}

/** A name part such as "Null", which is a surname as well, rather than "null". */
const isCapitalizedWord = (text: string): boolean => /^\p{Lu}\p{Ll}+$/u.test(text.trim());

/** Whether the text is a value of the field: "-" and "none" mean no, and a list can contain such a word. */
const isLiteral = ({ kind, list }: Field, text: string): boolean =>
  (kind === 'boolean' && readYesNo(text) !== null) ||
  (kind === 'choice' && list !== undefined && knownValue(list, text) !== null);
