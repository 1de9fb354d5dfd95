import { IconPin, IconX } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { show } from '../../stores/tabs/changes.ts';
import type { Tab } from '../../stores/tabs/layout.ts';
import { change } from '../../stores/tabs/store.ts';
import { currentOf } from '../../stores/tabs/trail.ts';
import { closeTab } from './closing.ts';
import { grasp } from './drag.ts';
import { useTabTitle } from './useTabTitle.ts';

/** Ids by which a tab and what it shows name each other. */
export const tabElement = (id: string): string => `window-tab-${id}`;
export const panelElement = (id: string): string => `window-panel-${id}`;

interface Props {
  tab: Tab;
  shown: boolean;
  /** The only tab of the window cannot be closed by its cross. */
  closable: boolean;
}

/** One tab of a strip: its sign, its name, a cross. */
export function TabItem({ tab, shown, closable }: Props) {
  const { t } = useTranslation('tabs');
  const { title, icon: Icon } = useTabTitle(currentOf(tab).view);
  const onMiddle = (event: MouseEvent): void => {
    if (event.button !== 1 || !closable) return;
    event.preventDefault();
    closeTab(tab.id);
  };
  return (
    <div
      role="presentation"
      data-tab={tab.id}
      className="tab"
      data-shown={shown || undefined}
      draggable
      onDragStart={(event) => grasp(event, tab.id)}
      onAuxClick={onMiddle}
    >
      <button
        type="button"
        role="tab"
        id={tabElement(tab.id)}
        aria-selected={shown}
        aria-controls={shown ? panelElement(tab.id) : undefined}
        aria-label={tab.pinned ? `${title}, ${t('pinned')}` : undefined}
        tabIndex={shown ? 0 : -1}
        className="tab-button"
        title={title}
        onClick={() => change((layout) => show(layout, tab.id))}
      >
        <Icon size={16} stroke={1.6} />
        <span className="cut">{title}</span>
        {tab.pinned && <IconPin size={13} stroke={1.8} className="tab-pin" />}
      </button>
      {closable && !tab.pinned && (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          className="tab-close"
          title={t('closeNamed', { title })}
          onClick={() => closeTab(tab.id)}
        >
          <IconX size={13} stroke={2} />
        </button>
      )}
    </div>
  );
}
