import { useTexts } from '../../../i18n/setup.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useRegistry } from '../../../commands/registry.ts';
import styles from '../network.module.css';
import { useNetwork } from '../state.ts';

export function SelectionBar({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('grid');
  const count = useNetwork((network) => network.selected.size);
  const commands = useRegistry((registry) => registry.commands);
  if (count < 2) return null;
  const buttons: readonly { id: string; text?: string; stays?: boolean }[] = [
    { id: 'linkThese', stays: true },
    { id: 'asList' },
    { id: 'keep' },
    { id: 'asThen', text: t('past:restore.one'), stays: true },
    { id: 'delete', text: t('commands:record.delete') },
    { id: 'clear', text: t('common:clear') },
  ];
  return (
    <div
      className={`row wrap middle gap-2 on-bg ${styles.selection} card on-panel`}
      role="toolbar"
      aria-label={t('grid:selected', { count })}
    >
      <output className="num">{t('grid:selected', { count })}</output>
      {buttons.map(({ id, text, stays }) => {
        const command = commands.find((one) => one.id === `network.${id}`);
        if (!command || (command.enabled === false && command.why === undefined)) return null;
        return (
          <CommandButton
            key={id}
            quiet
            id={command.id}
            {...(text === undefined ? {} : { text })}
            {...(stays ? {} : { onDo: onDone })}
          />
        );
      })}
    </div>
  );
}
