import { Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { api } from '../../../api/client.ts';
import type { Command } from '../../../commands/command.ts';
import { run, useCommands } from '../../../commands/registry.ts';
import { useMe } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import { skip } from '../../../stores/skipped.ts';
import { stepBack, undoAlone, undoOp } from '../../../stores/undo.ts';

/** Whether a change can be undone by itself at all: it stands, and is no undo, no redo, nor the making of the workspace. */
export function standsAlone({ label, undoes, redoes, undone }: AuditTransaction): boolean {
  return undoes === null && redoes === null && !undone && label !== 'workspace.create';
}

const none: readonly Command[] = [];
const aloneId = 'history.undoChange';

/** Undo for one's own latest change, redo for what one undid last; any other that stands can be undone by itself. */
export function Steps({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation('history');
  const { op_id } = transaction;
  const me = useMe();
  const { data } = useQuery({
    queryKey: keys.undo,
    queryFn: ({ signal }) => api.history.state({ skip: skip() }, { signal }),
  });
  const next = data?.undo?.op_id === op_id;
  const mayUndo = me !== undefined && me.role !== 'viewer';
  const alone = data !== undefined && !next && mayUndo && standsAlone(transaction);
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
      {next && (
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
      {data?.redo?.op_id === op_id && (
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
