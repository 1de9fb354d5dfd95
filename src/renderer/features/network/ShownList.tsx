import { compareNames } from '#shared/domain/sort-key.ts';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { counted, titleOr } from '../../text/names.ts';
import { iconOf } from '../../ui/icons.ts';
import type { Model } from './model/model.ts';
import styles from './network.module.css';
import { useNetwork } from './state.ts';

const most = 200;

interface Props {
  model: Model;
  onChoose: (id: string) => void;
  onClose: () => void;
}

/** The nodes as a list: the accessible form of the network. */
export function ShownList({ model, onChoose, onClose }: Props) {
  const { t } = useTexts('network');
  const selected = useNetwork((network) => network.selected);
  const nodes = useMemo(
    () => [...model.nodes.values()].sort((a, b) => compareNames(a.title, b.title)).slice(0, most),
    [model],
  );
  return (
    <section
      className={`column small pad-8 ${styles.shownList} card on-panel`}
      aria-label={t('network:list')}
    >
      <header className="row apart">
        <h2 className="small strong">{t('network:list')}</h2>
        <ActionIcon size={22} aria-label={t('common:close')} onClick={onClose}>
          <IconX size={14} stroke={1.6} />
        </ActionIcon>
      </header>
      <ul className="fill scroll-y">
        {nodes.map(({ id, type, title, links }) => {
          const Icon = iconOf[type];
          return (
            <li key={id}>
              <button type="button" aria-pressed={selected.has(id)} onClick={() => onChoose(id)}>
                <Icon size={15} stroke={1.6} />
                <span className="cut">{titleOr(title, type)}</span>
                <span className="dim num">{counted('interface', links)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {model.nodes.size > most && <p className="dim">{t('network:listNote', { count: most })}</p>}
    </section>
  );
}
