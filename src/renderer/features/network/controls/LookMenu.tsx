import { Button, NativeSelect, Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkView } from '#shared/address/network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { typeNames } from '../../../text/names.ts';
import { useOwnFieldsOf } from '../../records/own/useOwnFields.ts';
import { colourFields, groupedByKind, sizeFields } from '../look/fields.ts';
import type { Model } from '../model/model.ts';
import { lookFieldName } from './legend.ts';

interface Props {
  view: NetworkView;
  model: Model;
  onChange: (part: Partial<Pick<NetworkView, 'colour' | 'size'>>) => void;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The kinds of which records are shown; of an empty picture those that could be. */
function shownTypes({ types }: NetworkView, { nodes }: Model): readonly NodeType[] {
  const there = new Set([...nodes.values()].map(({ type }) => type));
  return there.size === 0 ? types : nodeType.options.filter((type) => there.has(type));
}

/** By which fields nodes are coloured and sized. */
export function LookMenu({ view, model, onChange }: Props) {
  const { colour, size } = view;
  const { t } = useTranslation('network');
  const [opened, setOpened] = useState(false);
  const types = useMemo(() => shownTypes(view, model), [view, model]);
  const own = useOwnFieldsOf(types, opened);
  const named: Readonly<Record<'all' | 'own', string>> = { all: t('fieldsOf.all'), own: t('fieldsOf.own') };
  const options = (fields: readonly string[], chosen: string) => {
    const groups = groupedByKind([...new Set([...fields, chosen])], types);
    return groups.map(({ of, fields: some }) => ({
      group: of === 'all' || of === 'own' ? named[of] : typeNames(of),
      items: some.map((value) => ({ value, label: capital(lookFieldName(value)) })),
    }));
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus width={230}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} />}
          onClick={() => setOpened(!opened)}
        >
          {t('lookNow', { size: lookFieldName(size), colour: lookFieldName(colour) })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="network-look">
        <NativeSelect
          data-autofocus
          label={t('colour')}
          value={colour}
          data={options(colourFields(types, own), colour)}
          onChange={(event) => onChange({ colour: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('size')}
          value={size}
          data={options(sizeFields(types, own), size)}
          onChange={(event) => onChange({ size: event.currentTarget.value })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
