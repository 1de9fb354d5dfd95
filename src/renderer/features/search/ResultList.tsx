/* oxlint-disable jsx-a11y/prefer-tag-over-role -- no element of HTML is a list box with headings and more than words in its options */
import { Kbd } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { shown } from '../../commands/keys.ts';
import type { Entry, Group } from './entry.ts';

export const listId = 'search-results';
/** The id of an entry's element, for who names the active one. */
export const elementId = (entry: Entry): string => `result-${entry.id}`;

interface OptionProps {
  entry: Entry;
  active: boolean;
  onTake: (entry: Entry, inTab: boolean) => void;
}

function Option({ entry, active, onTake }: OptionProps) {
  const { icon: Icon, label, aside, more, shortcut, gone, refused } = entry;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the box has the focus and takes the keys for all of them
    <div
      ref={element}
      id={elementId(entry)}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-disabled={refused ? true : undefined}
      data-selected={active || undefined}
      className={refused ? 'result result-not' : 'result'}
      // The box keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onTake(entry, event.ctrlKey || event.metaKey)}
    >
      <Icon size={17} stroke={1.6} />
      <span className="result-words">
        <span className={gone ? 'result-label result-gone cut' : 'result-label cut'}>{label}</span>
        {more !== undefined && <span className="result-more cut">{more}</span>}
      </span>
      {aside !== undefined && <span className="result-aside cut">{aside}</span>}
      {shortcut !== undefined && <Kbd>{shown(shortcut)}</Kbd>}
    </div>
  );
}

interface Props {
  groups: readonly Group[];
  active: Entry | undefined;
  onTake: (entry: Entry, inTab: boolean) => void;
}

/** All that was found, in groups with headings. */
export function ResultList({ groups, active, onTake }: Props) {
  const { t } = useTranslation('search');
  return (
    <div id={listId} role="listbox" aria-label={t('results')} className="results">
      {groups.map((group) => (
        <div key={group.id} role="group" aria-labelledby={`results-${group.id}`}>
          <div id={`results-${group.id}`} className="results-heading">
            {group.label}
          </div>
          {group.entries.map((entry) => (
            <Option key={entry.id} entry={entry} active={entry.id === active?.id} onTake={onTake} />
          ))}
        </div>
      ))}
    </div>
  );
}
