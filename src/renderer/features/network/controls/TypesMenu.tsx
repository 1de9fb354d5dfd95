import { Menu } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { typeNames } from '../../../text/names.ts';
import { QuietButton } from '../../../ui/QuietButton.tsx';

interface Props {
  types: readonly NodeType[];
  references: boolean;
  onTypes: (types: readonly NodeType[]) => void;
  onReferences: (references: boolean) => void;
}

/** Which kinds of record are shown, and whether fields are lines too. */
export function TypesMenu({ types, references, onTypes, onReferences }: Props) {
  const { t } = useTranslation('network');
  const toggle = (type: NodeType): void => {
    const next = nodeType.options.filter((one) =>
      one === type ? !types.includes(one) : types.includes(one),
    );
    // The last one stays: nothing at all cannot be shown.
    if (next.length > 0) onTypes(next);
  };
  return (
    <Menu closeOnItemClick={false} width={270}>
      <Menu.Target>
        <QuietButton icon={IconEye} aria-label={t('types')} title={t('typesTip')}>
          <span className="tool-word">{t('types')}</span>
        </QuietButton>
      </Menu.Target>
      <Menu.Dropdown>
        {nodeType.options.map((type) => (
          <Menu.CheckboxItem key={type} checked={types.includes(type)} onChange={() => toggle(type)}>
            {typeNames(type)}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.CheckboxItem checked={references} onChange={() => onReferences(!references)}>
          {t('references')}
        </Menu.CheckboxItem>
      </Menu.Dropdown>
    </Menu>
  );
}
