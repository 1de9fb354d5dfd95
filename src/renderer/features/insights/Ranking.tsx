import type { KeyboardEvent, ReactNode } from 'react';
import { enableRowKeys, scrollToRow } from '../../ui/row-keys.ts';
import styles from './insights.module.css';

interface Props {
  label: string;
  rows: readonly { key: string | number; content: ReactNode }[];
  selectedIndex: number;
  onSelect: (index: number) => void;
  foot: ReactNode;
}

/** A ranked list with one selected row. Arrow keys move the focus and the selection. */
export function Ranking({ label, rows, selectedIndex, onSelect, foot }: Props) {
  // Runs after `enableRowKeys` has moved the focus.
  const onKeyDown = ({ defaultPrevented, currentTarget: { children } }: KeyboardEvent): void => {
    const index = [...children].findIndex((row) => row.contains(document.activeElement));
    if (defaultPrevented && index >= 0) onSelect(index);
  };
  return (
    <section className={`shrink-y scroll-y line-end ${styles.list}`} aria-label={label}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the buttons in it */}
      <ol ref={enableRowKeys} className="column" onKeyDown={onKeyDown}>
        {rows.map(({ key, content }, index) => (
          <li key={key} ref={index > 0 && index === selectedIndex ? scrollToRow : null}>
            <button
              type="button"
              aria-pressed={index === selectedIndex}
              tabIndex={index === Math.max(selectedIndex, 0) ? 0 : -1}
              onClick={() => onSelect(index)}
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
