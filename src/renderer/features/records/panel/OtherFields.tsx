import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { isOwnName } from '#shared/domain/own-fields.ts';
import type { Json } from '#shared/domain/json.ts';
import { fieldName } from '../../../text/names.ts';

const plain = (value: Json): string => JSON.stringify(value, null, 1);

/** What a record holds besides its fields and its own ones, as times that a file brought along: kept exactly as they are, and shown so that nobody wonders where they went. */
export function OtherFields({ record }: { record: EntityRecord }) {
  const { t } = useTranslation('panel');
  const known = new Set(fieldsOf(record.type).map((field) => field.key));
  const others = Object.entries(record.payload).filter(
    ([key]) => !known.has(key) && key !== 'id' && key !== 'imported_values' && !isOwnName(record.type, key),
  );
  if (others.length === 0) return null;
  return (
    <section className="others">
      <h3 title={t('otherTip')}>{t('other')}</h3>
      <dl>
        {others.map(([key, value]) => (
          <div key={key} className="other">
            <dt className="cut" title={key}>
              {fieldName(key)}
            </dt>
            <dd>{typeof value === 'string' ? value : <code>{plain(value)}</code>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
