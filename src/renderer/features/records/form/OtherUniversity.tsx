import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { titleOr } from '../../../text/names.ts';

interface Props {
  /** Id of the team that is chosen. */
  id: string;
  /** The university of whom it is chosen for. */
  university: string;
}

/** Says that a team is of another university than the one whose team it is: that may be so, and may be a slip. */
export function OtherUniversity({ id, university }: Props) {
  const { t } = useTranslation('panel');
  const { data } = useQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.find({ id }, { signal }),
  });
  const other = data?.university_id ?? university;
  const name = data?.derived.university_title;
  if (!data || other === university || typeof name !== 'string') return null;
  return (
    <p className="field-hint">
      {t('ofOther', { title: titleOr(data.title, data.type), university: titleOr(name, 'university') })}
    </p>
  );
}
