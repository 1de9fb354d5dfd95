import { useTranslation } from 'react-i18next';
import { fieldName, titleOr } from '../../../text/names.ts';
import { Lifecycle, stageOf } from '../../../ui/Lifecycle.tsx';
import { Loss } from '../../../ui/Loss.tsx';
import type { GroupLine } from '../data/rows.ts';
import { filterValueText } from '../filters/model.ts';
import type { FilterField } from '../filters/model.ts';

/** The value that the records of a group share, with its mark. */
export function GroupValue({ group, field }: { group: GroupLine; field: FilterField }) {
  const { t } = useTranslation(['grid', 'common', 'records']);
  const { value, title } = group;
  // "No Terms left" would be read as nought.
  if (value === null || value === '')
    return (
      <span className="cell-quiet">
        {field.kind === 'number'
          ? t('grid:group.noNumber')
          : t('grid:group.none', { field: fieldName(field.key) })}
      </span>
    );
  const stage = field.list === 'lifecycle' ? stageOf(value) : undefined;
  if (stage) return <Lifecycle stage={stage} />;
  if (field.unit === 'percent') return <Loss value={value} />;
  if (field.kind === 'reference') {
    const missing = title === null;
    return <span>{missing ? t('records:missing') : titleOr(title, field.to ?? '')}</span>;
  }
  const text = filterValueText(field, value);
  return (
    <span>
      {field.kind === 'boolean' ? t('grid:group.yesNo', { field: fieldName(field.key), value: text }) : text}
    </span>
  );
}
