import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PanelTab } from '#shared/address/view.ts';
import { numberText } from '../../../text/values.ts';
import type { RecordTab } from './recordTabs.ts';

interface Props {
  /** What ids of tabs and panels begin with: two records may be shown side by side. */
  base: string;
  tabs: readonly RecordTab[];
  shown: PanelTab;
  onShow: (tab: PanelTab) => void;
}

/** Details, links, history: arrow keys go from one to the next. */
export function PanelTabs({ base, tabs, shown, onShow }: Props) {
  const { t } = useTranslation('panel');
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex((tab) => tab.id === shown);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onShow(next.id);
    document.getElementById(`${base}tab-${next.id}`)?.focus();
  };
  return (
    <div role="tablist" tabIndex={-1} className="panel-tabs" onKeyDown={onKey}>
      {tabs.map(({ id, label, count }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`${base}tab-${id}`}
          aria-selected={id === shown}
          aria-controls={id === shown ? `${base}panel-${id}` : undefined}
          tabIndex={id === shown ? 0 : -1}
          className="panel-tab"
          onClick={() => onShow(id)}
        >
          {t(`tab.${label ?? id}`)}
          {count !== null && <span className="tab-count num">{numberText(count)}</span>}
        </button>
      ))}
    </div>
  );
}
