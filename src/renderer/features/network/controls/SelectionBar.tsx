import { Button } from '@mantine/core';
import { IconHistory, IconLayoutList, IconLink, IconPin, IconTrash, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { greyed } from '../../../commands/greyed.ts';
import { run, useCommand } from '../../../commands/registry.ts';
import type { IconType } from '../../../ui/icons.ts';
import styles from '../network.module.css';
import { useNetwork } from '../state.ts';

interface Props {
  id: string;
  icon: IconType;
  /** Shorter than the command's label. */
  text?: string;
  onDone: () => void;
}

function SelectionButton({ id, icon: Icon, text, onDone }: Props) {
  const command = useCommand(id);
  const why = command?.enabled === false ? command.why : undefined;
  if (!command || (command.enabled === false && why === undefined)) return null;
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<Icon size={16} stroke={1.6} />}
      {...greyed(command)}
      onClick={() => {
        if (why === undefined) onDone();
        run(id);
      }}
    >
      {text ?? command.label}
    </Button>
  );
}

/** How many nodes are selected and what can be done with them, from two on. */
export function SelectionBar({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['network', 'grid', 'common', 'past']);
  const count = useNetwork((network) => network.selected.size);
  if (count < 2) return null;
  return (
    <div
      className={`${styles.selection} ${styles.float}`}
      role="toolbar"
      aria-label={t('network:selected', { count })}
    >
      <output className="num">{t('network:selected', { count })}</output>
      <SelectionButton id="network.linkThese" icon={IconLink} onDone={() => {}} />
      <SelectionButton id="network.asList" icon={IconLayoutList} onDone={onDone} />
      <SelectionButton id="network.keep" icon={IconPin} onDone={onDone} />
      <SelectionButton
        id="network.asThen"
        icon={IconHistory}
        text={t('past:restore.one')}
        onDone={() => {}}
      />
      <SelectionButton id="network.delete" icon={IconTrash} text={t('grid:delete')} onDone={onDone} />
      <SelectionButton id="network.clear" icon={IconX} text={t('common:clear')} onDone={onDone} />
    </div>
  );
}
