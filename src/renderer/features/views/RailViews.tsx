import { IconBookmark, IconLock } from '@tabler/icons-react';
import { useLayoutEffect } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { setSeatItem, useSeatItem } from '../../stores/seat.ts';
import { iconOf } from '../../ui/icons.ts';
import type { IconType } from '../../ui/icons.ts';
import { useCurrentView } from './current.ts';
import { openSaved } from './open-saved.ts';
import { useSavedViews } from './saved.ts';
import type { ParsedView } from './saved.ts';
import styles from './views.module.css';

/** This many views are shown; a button shows the others. */
const maxCollapsed = 5;
const expandedKey = 'rail.views';

function iconFor({ parsedView }: ParsedView): IconType {
  return parsedView?.kind === 'list' ? iconOf[parsedView.type] : IconBookmark;
}

interface Props {
  /** Called before painting with whether one of the views is open. */
  onCurrentChange: (isOpen: boolean) => void;
}

export default function RailViews({ onCurrentChange }: Props) {
  const { t } = useTexts('views');
  const views = useSavedViews() ?? [];
  const isExpanded = useSeatItem(expandedKey) === true;
  const currentId = useCurrentView()?.saved?.id;
  useLayoutEffect(() => {
    onCurrentChange(currentId !== undefined);
    return () => onCurrentChange(false);
  }, [currentId, onCurrentChange]);
  if (views.length === 0) return null;
  const hasMore = views.length > maxCollapsed + 1;
  const shownViews =
    isExpanded || !hasMore
      ? views
      : views.filter((view, index) => index < maxCollapsed || view.id === currentId);
  return (
    <section>
      <h2 className="tiny medium dim">{t('rail')}</h2>
      <ul>
        {shownViews.map((view) => {
          const Icon = iconFor(view);
          return (
            <li key={view.id}>
              <button
                type="button"
                className={`rail-entry ${styles.railNamed}`}
                title={view.isMine ? t('namedMine', { name: view.name }) : view.name}
                aria-current={view.id === currentId ? 'page' : undefined}
                onClick={() => openSaved(view)}
              >
                <Icon size={18} stroke={1.6} />
                <span className="grow clip breaks text-start rail-name">{view.name}</span>
                {view.isMine && (
                  <IconLock size={13} stroke={1.6} className="faint" aria-label={t('onlyMe')} />
                )}
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
