import type { KeyboardEvent, ReactNode } from 'react';
import { rowKeys, scrollToRow } from '../../ui/row-keys.ts';
import styles from './insights.module.css';

interface Props {
  label: string;
  rows: readonly { key: string | number; content: ReactNode }[];
  selected: number;
  onSelect: (at: number) => void;
  foot: ReactNode;
}

/** A ranked list. Arrow keys move between items; the evidence of the selected one is shown. */
export function Ranking({ label, rows, selected, onSelect, foot }: Props) {
  // After the arrow key has moved the focus.
  const onKeyDown = ({ defaultPrevented, currentTarget: { children } }: KeyboardEvent): void => {
    const at = [...children].findIndex((row) => row.contains(document.activeElement));
    if (defaultPrevented && at >= 0) onSelect(at);
  };
  return (
    <section className={`shrink-y scroll-y line-end ${styles.list}`} aria-label={label}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the buttons in it */}
      <ol ref={rowKeys} className="column" onKeyDown={onKeyDown}>
        {rows.map(({ key, content }, at) => (
          <li key={key} ref={at > 0 && at === selected ? scrollToRow : null}>
            <button
              type="button"
              aria-pressed={at === selected}
              tabIndex={at === Math.max(selected, 0) ? 0 : -1}
              onClick={() => onSelect(at)}
            >
              {content}
            </button>
          </li>
        ))}
      </ol>
      <p className="dim tiny px-16 py-8">{foot}</p>
    </section>
  );
}
