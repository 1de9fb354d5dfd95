import { IconBookmark, IconLock } from '@tabler/icons-react';
import { useLayoutEffect } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { setSeatItem, useKept } from '../../stores/seat.ts';
import { iconOf } from '../../ui/icons.ts';
import type { IconType } from '../../ui/icons.ts';
import { useCurrent } from './current.ts';
import { openSaved } from './open.ts';
import { useSavedViews } from './saved.ts';
import type { Known } from './saved.ts';
import styles from './views.module.css';

/** Views shown before the others are behind a button. */
const few = 5;
const expandedKey = 'rail.views';

function iconFor({ place }: Known): IconType {
  return place?.kind === 'list' ? iconOf[place.type] : IconBookmark;
}

interface Props {
  /** Called with whether one of them is open, before it is rendered. */
  onCurrent: (shown: boolean) => void;
}

export default function RailViews({ onCurrent }: Props) {
  const { t } = useTexts('views');
  const all = useSavedViews() ?? [];
  const expanded = useKept(expandedKey) === true;
  const current = useCurrent()?.saved?.id;
  useLayoutEffect(() => {
    onCurrent(current !== undefined);
    return () => onCurrent(false);
  }, [current, onCurrent]);
  if (all.length === 0) return null;
  const many = all.length > few + 1;
  const shown = expanded || !many ? all : all.filter((view, index) => index < few || view.id === current);
  return (
    <section>
      <h2>{t('rail')}</h2>
      <ul>
        {shown.map((view) => {
          const Icon = iconFor(view);
          return (
            <li key={view.id}>
              <button
                type="button"
                className={`rail-entry ${styles.railNamed}`}
                title={view.mine ? t('namedMine', { name: view.name }) : view.name}
                aria-current={view.id === current ? 'page' : undefined}
                onClick={() => openSaved(view)}
              >
                <Icon size={18} stroke={1.6} />
                <span className="grow clip breaks text-start rail-name">{view.name}</span>
                {view.mine && <IconLock size={13} stroke={1.6} className="faint" aria-label={t('onlyMe')} />}
              </button>
            </li>
          );
        })}
        {many && (
          <li>
            <button
              type="button"
              className={`rail-entry ${styles.railMore}`}
              aria-expanded={expanded}
              onClick={() => setSeatItem(expandedKey, expanded ? null : true)}
            >
              {expanded ? t('fewer') : t('all', { count: all.length })}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}
