import { Button, Kbd, TextInput } from '@mantine/core';
import { IconPrinter, IconSearch } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRegistry } from '../../commands/registry.ts';
import { Page } from '../../ui/Page.tsx';
import { sheetOf } from './sheet.ts';
import type { SheetLine, SheetPart } from './sheet.ts';
import './shortcuts.css';

function Line({ line: { label, keys } }: { line: SheetLine }) {
  const { t } = useTranslation('shortcuts');
  return (
    <li className="shortcut">
      <span>{label}</span>
      <span className="shortcut-keys">
        {keys.map((key, index) => (
          <Fragment key={key}>
            {index > 0 && <span className="unseen">{t('or')}</span>}
            <Kbd>{key}</Kbd>
          </Fragment>
        ))}
      </span>
    </li>
  );
}

function Part({ part: { title, lines } }: { part: SheetPart }) {
  return (
    <section className="shortcut-part" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <Line key={`${line.label} ${line.keys.join()}`} line={line} />
        ))}
      </ul>
    </section>
  );
}

/** Every shortcut there is, to be searched and printed. */
export default function ShortcutsView() {
  const { t } = useTranslation('shortcuts');
  const [typed, setTyped] = useState('');
  const parts = sheetOf(
    useRegistry(({ commands }) => commands),
    typed,
  );
  return (
    <Page
      title={t('title')}
      width="wide"
      still
      beside={
        <TextInput
          type="search"
          className="shortcut-search"
          aria-label={t('search')}
          placeholder={t('search')}
          data-focus-start
          leftSection={<IconSearch size={15} stroke={1.6} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      }
      actions={
        <Button
          variant="default"
          leftSection={<IconPrinter size={15} stroke={1.6} />}
          onClick={() => window.print()}
        >
          {t('print')}
        </Button>
      }
    >
      {parts.length === 0 && <p className="dim">{t('nothing')}</p>}
      <div className="shortcut-parts">
        {parts.map((part) => (
          <Part key={part.id} part={part} />
        ))}
      </div>
    </Page>
  );
}
