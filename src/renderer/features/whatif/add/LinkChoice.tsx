import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RecordRef } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { keys } from '../../../stores/queries.ts';
import { linkText } from '../../insights/sentences.ts';

const mostLinks = 200;

export function LinkChoice({
  end,
  link,
  onChoose,
}: {
  end: string;
  link: string;
  onChoose: (link: RecordRef | null) => void;
}) {
  const { t } = useTexts('whatif');
  const { data } = useQuery({
    queryKey: keys.links(end),
    queryFn: ({ signal }) => api.entities.links({ id: end, limit: mostLinks }, { signal }),
  });
  const links = data?.rows.map((row) => row.link) ?? [];
  const textOf = ({ title, payload: { bond_type: bond } }: (typeof links)[number]): string =>
    [title, linkText(bond)].filter((part) => part !== '').join(': ');
  return (
    <div className="stack top gap-2-8 small mb-4 field">
      <span className="small dim self-center">{t('records:one.interface')}</span>
      <NativeSelect
        aria-label={t('records:one.interface')}
        value={link}
        data={[
          { value: '', label: t(data?.total === 0 ? 'form.noLinks' : 'form.chooseLink') },
          ...links.map((one) => ({ value: one.id, label: textOf(one) })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          const one = links.find(({ id }) => id === value);
          onChoose(one ? { ...one, deleted: false } : null);
        }}
      />
    </div>
  );
}
