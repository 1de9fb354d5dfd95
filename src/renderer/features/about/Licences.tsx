import { foldText } from '#shared/domain/fold.ts';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import packages from 'virtual:licences';
import { useTexts } from '../../i18n/setup.ts';
import styles from './about.module.css';

function matchingPackages(query: string): typeof packages {
  const foldedQuery = foldText(query.trim());
  return packages.filter(({ name, licence }) => foldText(`${name} ${licence}`).includes(foldedQuery));
}

export default function Licences() {
  const { t } = useTexts('about');
  const [query, setQuery] = useState('');
  const matches = matchingPackages(query);
  return (
    <>
      <p className="dim">{t('licencesIntro', { count: packages.length })}</p>
      <TextInput
        type="search"
        className="narrow"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={15} stroke={1.6} />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {matches.length === 0 && <p className="dim">{t('common:nothingFound')}</p>}
      <ul className={styles.packages}>
        {matches.map(({ name, version, licence, text }) => (
          <li className="line-below" key={`${name}@${version}`}>
            <details>
              <summary className="flex baseline gap-8 pointer">
                <span className="medium">{name}</span>
                <span className="dim num">{version}</span>
                <span className="push dim">{licence}</span>
              </summary>
              <pre>{text === '' ? t('noText', { licence }) : text}</pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
