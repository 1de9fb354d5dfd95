import { IconBookmarkPlus, IconDeviceFloppy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { run, useCommand } from '../../commands/registry.ts';
import { useInFront } from '../../stores/tabs/store.ts';
import { QuietButton } from '../../ui/QuietButton.tsx';
import { isArranged } from './arranged.ts';
import { useCurrent } from './current.ts';
import { useRefusal } from './may.ts';

/** Keeps what a list was narrowed and grouped to, in sight as soon as there is something to keep. */
export function SaveView() {
  const { t } = useTranslation('views');
  const current = useCurrent();
  const inFront = useInFront();
  const refusal = useRefusal(current?.saved ?? null);
  const id = current?.saved ? 'view.saveChanges' : 'view.save';
  const command = useCommand(id);
  if (!current || !inFront || refusal !== null || !command || !isArranged(current)) return null;
  return (
    <QuietButton
      icon={current.saved ? IconDeviceFloppy : IconBookmarkPlus}
      title={command.label}
      onClick={() => run(id)}
    >
      {current.saved ? t('saveChangesShort') : t('save')}
    </QuietButton>
  );
}
