import { Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditTransaction } from '#shared/contract/history.ts';
import type { Command } from '../../../commands/command.ts';
import { run, useCommands } from '../../../commands/registry.ts';
import { useWayBack } from '../../../stores/one-change.ts';
import { stepBack, undoAlone, undoOp } from '../../../stores/undo.ts';

const none: readonly Command[] = [];
const aloneId = 'history.undoChange';

/** Undo for one's own latest change, redo for what one undid last; any other that stands can be undone by itself; where it cannot, why. */
export function Steps({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation('history');
  const { op_id } = transaction;
  const { way, why } = useWayBack(transaction);
  const whyId = useId();
  const alone = way === 'alone';
  const label = t('alone.undo');
  const commands = useMemo<readonly Command[]>(
    () =>
      alone
        ? [
            {
              id: aloneId,
              group: 'edit',
              label,
              icon: IconArrowBackUp,
              menu: false,
              run: () => undoAlone(transaction),
            },
          ]
        : none,
    [alone, label, transaction],
  );
  useCommands(commands);
  return (
    <>
      {way === 'undo' && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
          onClick={() => void undoOp(op_id)}
        >
          {t('detail.undo')}
        </Button>
      )}
      {alone && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
          title={t('alone.tip')}
          onClick={() => run(aloneId)}
        >
          {label}
        </Button>
      )}
      {why !== null && (
        <>
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
            aria-disabled
            data-disabled
            aria-describedby={whyId}
            onClick={(event) => event.preventDefault()}
          >
            {label}
          </Button>
          <p id={whyId} className="dim history-why">
            {t(`alone.why.${why}`)}
          </p>
        </>
      )}
      {way === 'redo' && (
        <Button
          variant="default"
          leftSection={<IconArrowForwardUp size={16} stroke={1.6} />}
          onClick={() => void stepBack('redo')}
        >
          {t('detail.redo')}
        </Button>
      )}
    </>
  );
}
