import { Combobox } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface Option {
  value: string;
  label: ReactNode;
  /** Quieter, under the label: what tells it from others of its name. */
  aside?: string;
}

/** One line of a list to choose from; the value that stands in the field at the moment has a mark. */
export function PickOption({ option, current }: { option: Option; current: boolean }) {
  const { value, label, aside = '' } = option;
  return (
    <Combobox.Option value={value} active={current} aria-selected={current}>
      <span className="pick-option">
        <span className="pick-words">
          <span className="cut" title={typeof label === 'string' ? label : ''}>
            {label}
          </span>
          {aside !== '' && <span className="pick-aside cut">{aside}</span>}
        </span>
        <span className="pick-mark">{current && <IconCheck size={14} stroke={2} aria-hidden />}</span>
      </span>
    </Combobox.Option>
  );
}
