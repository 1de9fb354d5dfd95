import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import styles from './import.module.css';

interface Props {
  title: string;
  open?: boolean;
  children: ReactNode;
}

/** A disclosure whose content is rendered only when open. */
export function Disclosure({ title, open: isInitiallyOpen = false, children }: Props) {
  const [open, setOpen] = useState(isInitiallyOpen);
  return (
    <div className={`mt-8 ${styles.folded}`}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={15} stroke={1.8} className={open ? 'turned' : ''} />
        {title}
      </button>
      {open && children}
    </div>
  );
}
