import { Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconCircleCheck, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ReactNode, Ref } from 'react';
import { historyOf } from '#shared/address/view.ts';
import type { AuditTransaction } from '#shared/contract/history.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { api } from '../../../api/client.ts';
import { run, useCommand } from '../../../commands/registry.ts';
import { go } from '../../../stores/address.ts';
import { useWayBack } from '../../../stores/one-change.ts';
import { keys } from '../../../stores/queries.ts';
import { stepBack, undoOne, undoOp } from '../../../stores/undo.ts';
import { countedAll } from '../../../text/names.ts';
import { exact } from '../../../text/time.ts';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { importSum } from './plan.ts';

/** When a backup was made, as people say it, of the stamp that names its folder (20261120T130946696Z); another name stays as it is. */
export function backupMoment(id: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z(?:-\d+)?$/.exec(id);
  if (!parts) return id;
  const [, year, month, day, hour, minute, second, thousandth] = parts;
  return exact(`${year}-${month}-${day}T${hour}:${minute}:${second}.${thousandth}Z`);
}

/** What an import wrote into the history, as far as it is read, and whether it has been undone since. */
export function useUndone(opId: string): { transaction: AuditTransaction | null; undone: boolean } {
  const { data = null } = useQuery({
    queryKey: keys.transaction(opId),
    queryFn: async ({ signal }) =>
      (await api.history.list({ op_id: opId, limit: 1 }, { signal })).rows[0] ?? null,
    enabled: opId !== '',
  });
  return { transaction: data, undone: data?.undone === true };
}

/** That what came in was verified, and where the copy is that was made before. */
export function Assurances({ result }: { result: Pick<ImportResult, 'verified' | 'backup'> }) {
  const { t } = useTranslation('transfer');
  const reveals = useCommand('workspace.backups') !== undefined;
  return (
    <ul className="import-sure">
      {result.verified && (
        <li>
          <IconCircleCheck size={17} stroke={1.7} />
          {t('done.verified')}
        </li>
      )}
      {result.backup !== null && (
        <li>
          <IconShieldCheck size={17} stroke={1.7} />
          <span title={t('done.backupFolder', { backup: result.backup })}>
            {t('done.backup', { when: backupMoment(result.backup) })}
          </span>
          {reveals && (
            <Button size="xs" variant="default" onClick={() => run('workspace.backups')}>
              {t('done.showBackup')}
            </Button>
          )}
        </li>
      )}
    </ul>
  );
}

/** The way back from the import as a change: its latest is undone or redone, an earlier one undone by itself; or why nothing can be. */
function WayBackButton({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation(['transfer', 'history']);
  const { way, why } = useWayBack(transaction);
  const redo = way === 'redo';
  if (transaction.undone && !redo) return null;
  const Sign = redo ? IconArrowForwardUp : IconArrowBackUp;
  const take = (): Promise<void> => {
    if (redo) return stepBack('redo');
    return way === 'undo' ? undoOp(transaction.op_id) : undoOne(transaction);
  };
  return (
    <Button
      variant="default"
      disabled={way === null}
      {...(why === null ? {} : { title: t(`history:alone.why.${why}`) })}
      leftSection={<Sign size={16} stroke={1.6} />}
      onClick={() => void take()}
    >
      {t(redo ? 'transfer:done.redo' : 'transfer:done.undo')}
    </Button>
  );
}

/** What leads on from the import as a change; it stands there before the change is read. */
function Steps({ opId, transaction }: { opId: string; transaction: AuditTransaction | null }) {
  const { t } = useTranslation('transfer');
  return (
    <>
      <Button variant="default" onClick={() => go(historyOf({ open: opId }))}>
        {t('done.history')}
      </Button>
      {transaction ? (
        <WayBackButton transaction={transaction} />
      ) : (
        <Button variant="default" disabled leftSection={<IconArrowBackUp size={16} stroke={1.6} />}>
          {t('done.undo')}
        </Button>
      )}
    </>
  );
}

interface Props {
  /** The file's own name. */
  name: string;
  result: Pick<ImportResult, 'op_id' | 'created' | 'updated' | 'restored'>;
  /** A further sentence behind what came in. */
  more?: string;
  className?: string;
  scroller?: Ref<HTMLDivElement>;
  /** What is told as long as the import has not been undone. */
  children: ReactNode;
}

/** The end of an import, of a file of FRAMES or of a table: what it brought, and the way back. */
export function ImportEnd({ name, result, more = '', className = '', scroller, children }: Props) {
  const { t } = useTranslation('transfer');
  const { transaction, undone } = useUndone(result.op_id);
  const counts = importSum(result);
  const brought = sumOf(counts) === 0 ? t('done.nothing') : `${countedAll(counts)}.`;
  return (
    <>
      <ViewHeader
        title={t(undone ? 'done.undone' : 'done.title', { name })}
        actions={
          <>
            {result.op_id !== '' && <Steps opId={result.op_id} transaction={transaction} />}
            <Button variant="default" onClick={() => run('file.import')}>
              {t('done.another')}
            </Button>
          </>
        }
      />
      <div ref={scroller} className={`import-what import-result ${className}`}>
        <p className="import-lead">{undone ? t('done.undoneText') : [brought, more].join(' ').trim()}</p>
        {!undone && children}
      </div>
    </>
  );
}
