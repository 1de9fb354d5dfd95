import { IconFileImport, IconFlask, IconPencilPlus, IconRoute, IconTable } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { run } from '../../commands/registry.ts';
import type { IconType } from '../../ui/icons.ts';
import { useSampleBack } from './sample.ts';

interface Card {
  id: 'sheet' | 'file' | 'scratch' | 'tour' | 'sample' | 'back';
  icon: IconType;
  /** Run when it is chosen; none for what is no command. */
  command: string;
}

const ways: readonly Card[] = [
  { id: 'sheet', icon: IconTable, command: 'file.import' },
  { id: 'file', icon: IconFileImport, command: 'file.import' },
  { id: 'scratch', icon: IconPencilPlus, command: 'go.wizard' },
];
const lookAround: Card = { id: 'tour', icon: IconRoute, command: 'help.tour' };
const back: Card = { id: 'back', icon: IconFlask, command: '' };
const toSample: Card = { id: 'sample', icon: IconFlask, command: 'workspace.sample' };

/** The ways to begin: from a spreadsheet, a file, or nothing; and to be shown around. */
export function StartCards({ empty }: { empty: boolean }) {
  const { t } = useTranslation('home');
  // Where the sample was just taken out, opening its workspace would lead nowhere: it is open.
  const bringBack = useSampleBack();
  const last = empty ? (bringBack ? back : toSample) : lookAround;
  return (
    <ul className="home-start" aria-label={t('start.title')}>
      {[...ways, last].map(({ id, icon: Icon, command }) => (
        <li key={id}>
          <button type="button" onClick={() => (id === 'back' ? bringBack?.() : run(command))}>
            <Icon size={20} stroke={1.5} />
            <strong>{t(`start.${id}.title`)}</strong>
            <span>{t(`start.${id}.text`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
