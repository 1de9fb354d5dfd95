import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/domain/json.ts';
import { roleName } from '../../../text/names.ts';
import { fieldNamed, valueText } from '../../../text/values.ts';
import { linesOf } from '../../../text/notes-lines.ts';
import { RecordName } from '../../../ui/RecordName.tsx';
import { isLong, LongText } from './LongText.tsx';
import { ProfileName } from '../../../ui/ProfileName.tsx';
import { SavedAddress, SavedLayout } from '../../view-words/SavedView.tsx';

interface Props {
  type: string;
  field: string;
  /** undefined: the record has no such field. */
  value: Json | undefined;
}

/** True for a field that holds the id of another record. */
function isReference(type: string, field: string): boolean {
  if (type === 'position') return field === 'node';
  return fieldNamed(type, field)?.kind === 'reference' || field === 'university_id';
}

/** One value of one field as it is read: what it refers to by name, long texts in part, "not there" apart from null. */
export function Value({ type, field, value }: Props) {
  const { t } = useTranslation('history');
  if (type === 'view' && field === 'layout' && value !== undefined) return <SavedLayout layout={value} />;
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
    const text = linesOf(value).join('\n');
    if (text === '') return <span className="diff-nothing">{t('detail.null')}</span>;
    return (
      <LongText long={isLong(text)}>
        <span className="diff-notes">{text}</span>
      </LongText>
    );
  }
  if (typeof value === 'string') {
    if (isReference(type, field)) return <RecordName id={value} />;
    if (type === 'view' && field === 'address') return <SavedAddress address={value} />;
    if (type === 'view' && field === 'owner') return <ProfileName id={value} />;
    if (type === 'profile' && field === 'role') return <span className="diff-text">{roleName(value)}</span>;
    return (
      <LongText long={isLong(value)}>
        <span className="diff-text">{valueText(value, fieldNamed(type, field))}</span>
      </LongText>
    );
  }
  return <span className="num">{valueText(value, fieldNamed(type, field))}</span>;
}
