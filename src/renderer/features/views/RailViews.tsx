import { IconBookmark, IconLock } from '@tabler/icons-react';
import { useLayoutEffect } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { setSeatItem, useSeatItem } from '../../stores/seat.ts';
import { iconOf } from '../../ui/icons.ts';
import type { IconType } from '../../ui/icons.ts';
import { useCurrent } from './current.ts';
import { openSaved } from './open-saved.ts';
import { useSavedViews } from './saved.ts';
import type { ParsedView } from './saved.ts';
import styles from './views.module.css';

/** This many views are shown; a button shows the others. */
const maxCollapsed = 5;
const expandedKey = 'rail.views';

function iconFor({ place }: ParsedView): IconType {
  return place?.kind === 'list' ? iconOf[place.type] : IconBookmark;
}

interface Props {
  /** Called before rendering with whether one of the views is open. */
  onCurrent: (shown: boolean) => void;
}

export default function RailViews({ onCurrent }: Props) {
  const { t } = useTexts('views');
  const views = useSavedViews() ?? [];
  const isExpanded = useSeatItem(expandedKey) === true;
  const currentId = useCurrent()?.saved?.id;
  useLayoutEffect(() => {
    onCurrent(currentId !== undefined);
    return () => onCurrent(false);
  }, [currentId, onCurrent]);
  if (views.length === 0) return null;
  const hasMore = views.length > maxCollapsed + 1;
  const shown =
    isExpanded || !hasMore
      ? views
      : views.filter((view, index) => index < maxCollapsed || view.id === currentId);
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
                aria-current={view.id === currentId ? 'page' : undefined}
                onClick={() => openSaved(view)}
              >
                <Icon size={18} stroke={1.6} />
                <span className="grow clip breaks text-start rail-name">{view.name}</span>
                {view.mine && <IconLock size={13} stroke={1.6} className="faint" aria-label={t('onlyMe')} />}
              </button>
            </li>
          );
        })}
        {hasMore && (
          <li>
            <button
              type="button"
              className={`rail-entry ${styles.railMore}`}
              aria-expanded={isExpanded}
              onClick={() => setSeatItem(expandedKey, isExpanded ? null : true)}
            >
              {isExpanded ? t('fewer') : t('all', { count: views.length })}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}
