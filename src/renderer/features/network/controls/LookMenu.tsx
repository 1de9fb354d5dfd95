import { Button, NativeSelect, Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkView } from '#shared/address/network.ts';
import { useOwnFieldsOf } from '../../records/own/useOwnFields.ts';
import { colourFields, sizeFields } from '../look/fields.ts';
import { lookFieldName } from './legend.ts';

interface Props {
  view: NetworkView;
  onChange: (part: Partial<Pick<NetworkView, 'colour' | 'size'>>) => void;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** By which fields nodes are coloured and sized. */
export function LookMenu({ view: { types, colour, size }, onChange }: Props) {
  const { t } = useTranslation('network');
  const [opened, setOpened] = useState(false);
  const own = useOwnFieldsOf(types, opened);
  const options = (fields: readonly string[], chosen: string) =>
    [...new Set([...fields, chosen])].map((value) => ({ value, label: capital(lookFieldName(value)) }));
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
