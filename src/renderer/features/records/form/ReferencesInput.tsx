import { CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { targetTypes } from '#shared/domain/references.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { queryFor } from '../../../stores/queries.ts';
import { displayTitle } from '../../../text/names.ts';
import { linkableTypes } from '../linking/links.ts';
import type { InputProps } from './BlockInput.tsx';
import { LookupInput } from './LookupInput.tsx';
import { idsIn, rawOfIds } from './values.ts';

interface ChosenRecordProps {
  id: string;
  onRemove: () => void;
}

function ChosenRecord({ id, onRemove }: ChosenRecordProps) {
  const { t } = useTexts('panel');
  const { data } = useQuery(queryFor('entities.find', { id }));
  if (!data || data.deleted_at !== null || data.hidden) return null;
  const name = displayTitle(data.title, data.type);
  return (
    <li className="card inline gap-2 fits sunken ps-8">
      <span className="cut" title={name}>
        {name}
      </span>
      <CloseButton size="xs" aria-label={t('list.remove', { name })} onClick={onRemove} />
    </li>
  );
}

/** Chooses several records: the list, and a search that adds one. */
export function ReferencesInput({
  id,
  field,
  label,
  raw,
  near = [],
  excludedId = '',
  problem,
  onChoose,
  onLeave,
  placeholder,
}: InputProps) {
  const { t } = useTexts('panel');
  const ids = idsIn(raw);
  return (
    <div>
      {ids.length > 0 && (
        <ul className="flex wrap gap-4 mb-4 mt-2" aria-label={label}>
          {ids.map((recordId) => (
            <ChosenRecord
              key={recordId}
              id={recordId}
              onRemove={() => onChoose(rawOfIds(ids.filter((other) => other !== recordId)))}
            />
          ))}
        </ul>
      )}
      <LookupInput
        inputId={id}
        label={label}
        types={targetTypes(field.to, linkableTypes)}
        id=""
        excludedIds={[...ids, excludedId]}
        near={near}
        placeholder={(ids.length === 0 ? placeholder : undefined) ?? t('list.add')}
        problem={problem}
        onChoose={(recordId) => recordId !== '' && onChoose(rawOfIds([...ids, recordId]))}
        onLeave={onLeave}
      />
    </div>
  );
}
