import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconDots, IconLink, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord, RecordRef } from '#shared/contract/record.ts';
import { choiceName, titleOr, typeName } from '../../../text/names.ts';
import { Loss } from '../../../ui/Loss.tsx';
import { useMayChange } from '../data/mayChange.ts';
import { removeRecord } from '../data/remove.ts';
import { useOpenRecord } from '../data/useOpenRecord.ts';

interface Props {
  row: { link: EntityRecord; direction: 'out' | 'in'; other: RecordRef | null };
  /** The university of the other end, or '': it tells links with records of one name apart. */
  university: string;
}

/** One link: how much it loses, where it goes, and what can be done with it. */
export function LinkRow({ row: { link, direction, other }, university }: Props) {
  const { t } = useTranslation('panel');
  const why = useMayChange(link, true);
  const open = useOpenRecord();
  const Arrow = direction === 'out' ? IconArrowRight : IconArrowLeft;
  const bond = link.payload.bond_type;
  const about = [
    other ? typeName(other.type) : '',
    university,
    typeof bond === 'string' ? choiceName(bond) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
  const title = other ? titleOr(other.title, other.type) : t('lookup.gone');
  return (
    <li className="link-row">
      <Loss value={link.payload.energy_loss} bare />
      <Arrow className="link-arrow" size={14} stroke={1.8} aria-label={t(`links.${direction}`)} />
      <span className="link-other">
        {other ? (
          <button
            type="button"
            className="link-button link-name cut"
            title={t('links.openOther', { title })}
            onClick={() => open(other.type, other.id)}
          >
            {title}
          </button>
        ) : (
          <span className="dim">{title}</span>
        )}
        <span className="link-kind cut" title={about}>
          {about}
        </span>
      </span>
      <span className="link-loss num">
        {typeof link.payload.energy_loss === 'number' ? `${link.payload.energy_loss} %` : '–'}
      </span>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={24} aria-label={t('links.menu', { title })}>
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconLink size={15} stroke={1.6} />}
            onClick={() => open('interface', link.id)}
          >
            {t('links.open')}
          </Menu.Item>
          <Menu.Item
            {...(why === null ? {} : { disabled: true, title: why })}
            className="menu-bad"
            leftSection={<IconTrash size={15} stroke={1.6} />}
            onClick={() => void removeRecord(link)}
          >
            {t('links.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
