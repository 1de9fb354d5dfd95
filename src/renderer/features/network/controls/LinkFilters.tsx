import { Button, CloseButton, NativeSelect, Popover, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { noLinkFilters } from '#shared/address/network.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { linkCrossings, linkEnds } from '#shared/domain/link-filters.ts';
import type { LinkFilters } from '#shared/domain/link-filters.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { adjustNetwork } from '../../../stores/address.ts';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { choiceName, fieldName } from '../../../text/names.ts';
import styles from '../network.module.css';

type FilterKey = keyof LinkFilters;

const endsName = (ends: string): string =>
  ends === 'between' ? say('network:links.betweenLifecycles') : choiceName(ends);

function chipTexts(filters: LinkFilters, nameOf: (university: string) => string): [FilterKey, string][] {
  const { university, crossing, ends, bond, loss } = filters;
  const chips: [FilterKey, string][] = [];
  if (university !== '') chips.push(['university', say('network:links.ofOne', { name: nameOf(university) })]);
  if (crossing !== '') chips.push(['crossing', say(`network:links.${crossing}`)]);
  if (ends !== '') chips.push(['ends', say('network:links.endsAre', { ends: endsName(ends) })]);
  if (bond !== '') chips.push(['bond', choiceName(bond)]);
  if (loss) chips.push(['loss', say('network:links.lossFromTo', { from: loss[0], to: loss[1] })]);
  return chips;
}

const parsePercent = (text: string, fallback: number): number => {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? fallback : Math.min(100, Math.max(0, value));
};

export function LinkFilterMenu({ view: { links } }: { view: NetworkView }) {
  const { t } = useTexts('network');
  const [opened, setOpened] = useState(false);
  const universityNames = useUniversityNames();
  const changeFilters = (change: Partial<LinkFilters>): void =>
    adjustNetwork({ links: { ...links, ...change } });
  const renderSelect = (
    field: 'university' | 'crossing' | 'ends' | 'bond',
    options: readonly { value: string; label: string }[],
  ) => (
    <NativeSelect
      label={field === 'bond' ? fieldName('bond_type') : t(`links.${field}`)}
      value={links[field]}
      data={[{ value: '', label: t('links.all') }, ...options]}
      onChange={(event) => changeFilters({ [field]: event.currentTarget.value })}
    />
  );
  const [from, to] = links.loss ?? [0, 100];
  const changeLoss = (range: readonly [number, number]): void =>
    changeFilters({ loss: range[0] === 0 && range[1] === 100 ? null : range });
  return (
    <>
      <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus width={250}>
        <Popover.Target>
          <Button leftSection={<IconFilter size={16} stroke={1.6} />} onClick={() => setOpened(!opened)}>
            {t('links.title')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className="stack gap-8 pad-12">
          {renderSelect(
            'university',
            [...universityNames].map(([value, label]) => ({ value, label })),
          )}
          {renderSelect(
            'crossing',
            linkCrossings.map((value) => ({ value, label: t(`links.${value}`) })),
          )}
          {renderSelect(
            'ends',
            linkEnds.map((value) => ({ value, label: endsName(value) })),
          )}
          {renderSelect(
            'bond',
            vocabulary.bond_type.map((value) => ({ value, label: choiceName(value) })),
          )}
          <div className="stack gap-8 halves">
            <TextInput
              key={`from ${from}`}
              label={t('links.lossFrom')}
              defaultValue={String(from)}
              inputMode="numeric"
              onBlur={(event) => changeLoss([parsePercent(event.currentTarget.value, 0), to])}
            />
            <TextInput
              key={`to ${to}`}
              label={t('links.lossTo')}
              defaultValue={String(to)}
              inputMode="numeric"
              onBlur={(event) => changeLoss([from, parsePercent(event.currentTarget.value, 100)])}
            />
          </div>
        </Popover.Dropdown>
      </Popover>
      {chipTexts(links, (id) => universityNames.get(id) ?? id).map(([field, text]) => (
        <span key={field} className={`inline tiny medium accent on-accent chip ${styles.linkChip}`}>
          <span className="cut">{text}</span>
          <CloseButton
            size={18}
            iconSize={13}
            aria-label={t('common:removeFilter', { filter: text })}
            onClick={() => changeFilters({ [field]: noLinkFilters[field] })}
          />
        </span>
      ))}
    </>
  );
}
