import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import packages from 'virtual:licences';

/** The packages whose name or licence has what was typed in it. */
function matching(typed: string): typeof packages {
  const text = typed.trim().toLowerCase();
  return packages.filter(({ name, licence }) => `${name} ${licence}`.toLowerCase().includes(text));
}

/** Every package that is part of the program, with the text of its licence. */
export default function Licences() {
  const { t } = useTranslation('about');
  const [typed, setTyped] = useState('');
  const found = matching(typed);
  return (
    <>
      <p className="dim">{t('licencesIntro', { count: packages.length })}</p>
      <TextInput
        type="search"
        className="about-search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={15} stroke={1.6} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found.length === 0 && <p className="dim">{t('nothing')}</p>}
      <ul className="about-packages">
        {found.map(({ name, version, licence, text }) => (
          <li key={`${name}@${version}`}>
            <details>
              <summary>
                <span className="about-name">{name}</span>
                <span className="dim num">{version}</span>
                <span className="about-kind">{licence}</span>
              </summary>
              <pre>{text === '' ? t('noText', { licence }) : text}</pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
