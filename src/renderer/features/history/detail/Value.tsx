import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/domain/json.ts';
import { fieldNamed, valueText } from '../../../text/values.ts';
import { RecordName } from '../../../ui/RecordName.tsx';
import { prettyJson } from '../diff/text.ts';
import { isLong, LongText } from './LongText.tsx';

interface Props {
  type: string;
  field: string;
  /** undefined: the record has no such field. */
  value: Json | undefined;
}

/** True for a field that holds the id of another record. */
function isReference(type: string, field: string): boolean {
  return fieldNamed(type, field)?.kind === 'reference' || field === 'university_id';
}

/** One value of one field as it is read: what it refers to by name, long texts in part, "not there" apart from null. */
export function Value({ type, field, value }: Props) {
  const { t } = useTranslation('history');
  if (value === undefined || value === null) {
    const nothing = value === null ? 'null' : 'absent';
    return (
      <span className="diff-nothing" title={t(`detail.${nothing}Tip`)}>
        {t(`detail.${nothing}`)}
      </span>
    );
  }
  if (value === '') return <span className="diff-nothing">{t('detail.emptyText')}</span>;
  if (typeof value === 'object') {
    const text = prettyJson(value);
    return (
      <LongText long={isLong(text)}>
        <code className="diff-json">{text}</code>
      </LongText>
    );
  }
  if (typeof value === 'string') {
    if (isReference(type, field)) return <RecordName id={value} />;
    return (
      <LongText long={isLong(value)}>
        <span className="diff-text">{valueText(value, fieldNamed(type, field))}</span>
      </LongText>
    );
  }
  return <span className="num">{valueText(value, fieldNamed(type, field))}</span>;
}
