import { Popover } from '@mantine/core';
import type { PopoverProps } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';

interface Props extends Pick<PopoverProps, 'position' | 'width'> {
  label: string;
  /** The text whose explanation a click opens. */
  term: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A text, number or setting that explains itself in a popover. */
export function Explained({
  label,
  term,
  className = 'explained term',
  width = 380,
  position = 'bottom-start',
  children,
}: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover {...{ opened, width, position }} onChange={setOpened} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={className} onClick={() => setOpened(!opened)}>
          {term}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>{children}</Popover.Dropdown>
    </Popover>
  );
}
