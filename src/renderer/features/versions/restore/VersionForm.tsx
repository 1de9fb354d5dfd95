import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { LogHead } from '#shared/contract/compare.ts';
import type { RestoredVersion } from '#shared/contract/restored-version.ts';
import { useTexts } from '../../../i18n/setup.ts';
import type { ResultStream } from '../../../api/stream.ts';
import { refreshBackups } from '../../../stores/backups.ts';
import { undoAction } from '../../../stores/undo.ts';
import { notice } from '../../../ui/notices.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { countChanges, PlanPreview } from '../../../ui/PlanPreview.tsx';
import { useTypedName } from '../../../ui/TypedName.tsx';

interface Props {
  input: object;
  restore: (
    request: { dry: boolean; seen?: LogHead; another?: boolean },
    options: { signal: AbortSignal },
  ) => ResultStream<RestoredVersion>;
  onRefused?: (error: unknown) => void;
  intro: ReactNode;
  extraButton?: ReactNode;
  buttonLabel: string;
  doneText: string;
  onDone: () => void;
}

export function VersionForm({
  input,
  restore,
  onRefused,
  intro,
  extraButton,
  buttonLabel,
  doneText,
  onDone,
}: Props) {
  const { t } = useTexts('backups');
  const { isConfirmed, field } = useTypedName();
  return (
    <PlanForm<RestoredVersion>
      input={input}
      start={(step, options, plan) => restore({ ...step, ...(plan && { another: plan.another }) }, options)}
      onPreviewFailed={onRefused}
      onApplied={({ op_id }) => {
        void refreshBackups();
        onDone();
        notice({ ...undoAction(op_id), title: doneText, more: t('past:restore.backedUp') });
      }}
      blocked={(plan) => countChanges(plan) === 0 || !isConfirmed}
      saveLabel={buttonLabel}
      runningLabel={t('past:restore.running')}
      more={(plan) => countChanges(plan) > 0 && extraButton}
      bad
      onCancel={onDone}
    >
      {(plan) => {
        const isEmpty = countChanges(plan) === 0 && plan.problems.length === 0;
        return (
          <>
            {intro}
            {plan.another && (
              <p className="row gap-8 warn">
                <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
                {t('restore.another')}
              </p>
            )}
            {isEmpty && <p>{t('past:restore.nothing')}</p>}
            <PlanPreview plan={plan} />
            {!isEmpty && <p className="dim small">{t('past:restore.noteAll')}</p>}
            {!isEmpty && field}
          </>
        );
      }}
    </PlanForm>
  );
}
