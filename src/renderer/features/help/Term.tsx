import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { showOnce } from '../../stores/address.ts';
import { termWord } from './terms.ts';
import type { TermId } from './terms.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';

interface Props {
  id: TermId;
  /** The word in the sentence; by default the term's name. */
  children?: ReactNode;
  /** In forms the term is not focusable: F1 in the field explains it instead. */
  isInForm?: boolean;
}

export function Term({ id, children, isInForm = false }: Props) {
  const { t } = useTexts('help');
  const [opened, setOpened] = useState(false);
  const word = termWord(id);
  return (
    <Popover opened={opened} onChange={setOpened} width={300} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="explained term"
          data-term={id}
          tabIndex={isInForm ? -1 : 0}
          // No tooltip while the explanation is open.
          title={opened ? undefined : t(`term.${id}`)}
          // The name contains the visible text, as speech control needs.
          aria-label={t('explain', { word: typeof children === 'string' ? children : word })}
          onClick={() => setOpened(!opened)}
        >
          {children ?? word}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="stack start gap-8 small" aria-label={word}>
        <h3 className="small strong">{word}</h3>
        <p>{t(`term.${id}`)}</p>
        <LinkButton
          // Esc closes the explanation, not the surrounding dialog.
          data-mantine-stop-propagation="true"
          onClick={() => showOnce({ kind: 'help' })}
        >
          {t('more')}
        </LinkButton>
      </Popover.Dropdown>
    </Popover>
  );
}
