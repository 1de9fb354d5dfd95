import { useEffect, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
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
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (selected > 0) list.current?.children[selected]?.scrollIntoView?.({ block: 'nearest' });
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (next === undefined || next < 0 || next >= rows.length) return;
    event.preventDefault();
    onSelect(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <section className={`shrink-y scroll-y line-end ${styles.list}`} aria-label={label}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the buttons in it */}
      <ol ref={list} onKeyDown={onKeyDown}>
        {rows.map(({ key, content }, at) => (
          <li key={key}>
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
