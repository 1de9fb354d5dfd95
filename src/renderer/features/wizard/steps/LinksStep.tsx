import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldName } from '../../../text/names.ts';
import { isFilled } from '../draft.ts';
import type { LinkLine } from '../draft.ts';
import { ChoiceCell } from '../fields.tsx';
import { LineTable } from '../LineTable.tsx';
import type { Column } from '../LineTable.tsx';
import type { WizardStore } from '../useDraft.ts';

type Options = { value: string; label: string }[];

/** One end of a link, out of what was entered before. */
const end = (side: 'from' | 'to', options: Options): Column<LinkLine> => ({
  title: fieldName(side),
  cell: ({ line, set, named }) => (
    <NativeSelect
      aria-label={named(fieldName(side))}
      value={line[side]}
      data={options}
      onChange={(event) => set({ [side]: event.currentTarget.value })}
    />
  ),
});

const bond = (): Column<LinkLine> => ({
  title: fieldName('bond_type'),
  cell: ({ line, set, named }) => (
    <ChoiceCell
      type="interface"
      field="bond_type"
      label={named(fieldName('bond_type'))}
      value={line.bond}
      onChange={(value) => set({ bond: value })}
    />
  ),
});

/** Links between what was entered in the steps before. */
export function LinksStep({ draft, change }: WizardStore) {
  const { t } = useTranslation('wizard');
  const ends = [...draft.teams, ...draft.people].filter((one) => one.name.trim() !== '');
  if (ends.length < 2) return <p>{t('links.none')}</p>;
  const options = [
    { value: '', label: t('links.choose') },
    ...ends.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <LineTable
      step="links"
      store={{ draft, change }}
      lines={draft.links}
      columns={[end('from', options), end('to', options), bond()]}
      filled={isFilled.link}
      onLines={(links) => change({ links })}
    />
  );
}
