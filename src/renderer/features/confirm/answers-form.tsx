import type { AnswerProblem } from '#shared/contract/confirm.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { awaitResult } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, reporting } from '../../ui/notices.tsx';
import { PlanForm } from '../../ui/PlanForm.tsx';
import { countChanges, PlanPreview } from '../../ui/PlanPreview.tsx';

export const chooseAnswerFile = reporting(async () => {
  const file = await shell.chooseFile({ purpose: 'import' });
  if (file) openAnswersForm(file);
});

export function openAnswersForm(file: { grant: string; name: string }, onImported?: () => void): void {
  openDialog({ title: say('confirm:read.title', { name: file.name }), size: 620 }, (close) => (
    <AnswersForm
      grant={file.grant}
      onCancel={close}
      onImported={() => {
        close();
        onImported?.();
      }}
    />
  ));
}

const maxListedRows = 50;

function SkippedRows({ rows }: { rows: readonly AnswerProblem[] }) {
  const { t } = useTexts('confirm');
  if (rows.length === 0) return null;
  return (
    <div>
      <p>{t('read.leftOut', { count: rows.length })}</p>
      <ul className="scroll small bad bullets plan-problems">
        {rows.slice(0, maxListedRows).map(({ code, sheet, line, value }) => (
          <li key={`${sheet}\n${line}`}>
            {t('read.row', { sheet, line })} {t(`problem.${code}`, { value })}
          </li>
        ))}
        {rows.length > maxListedRows && (
          <li>{t('common:plan.more', { count: rows.length - maxListedRows })}</li>
        )}
      </ul>
    </div>
  );
}

interface Props {
  grant: string;
  onCancel: () => void;
  onImported: () => void;
}

function AnswersForm({ grant, onCancel, onImported }: Props) {
  const { t } = useTexts('confirm');
  return (
    <PlanForm
      input={{ grant }}
      preview={(onProgress, signal) =>
        awaitResult(api.confirm.readAnswers({ grant, dry: true }, { signal }), onProgress, signal)
      }
      apply={async ({ head, sha256 }, onProgress, signal) => {
        const { op_id, ...result } = await whileSaving(async () =>
          awaitResult(api.confirm.readAnswers({ grant, seen: head, sha256 }, { signal }), onProgress, signal),
        );
        onImported();
        notice({
          ...undoAction(op_id),
          title: t('read.done', { count: countChanges(result), name: result.file }),
        });
      }}
      blocked={(plan) => countChanges(plan) === 0}
      button={t('read.button')}
      runningLabel={t('read.working')}
      onCancel={onCancel}
    >
      {(plan) => (
        <>
          <PlanPreview plan={plan}>
            {plan.confirmed > 0 && <li>{t('read.confirmed', { count: plan.confirmed })}</li>}
            {plan.changed > 0 && <li>{t('read.changed', { count: plan.changed })}</li>}
            {plan.unanswered > 0 && (
              <li className="dim">{t('read.unanswered', { count: plan.unanswered })}</li>
            )}
          </PlanPreview>
          <SkippedRows rows={plan.left_out} />
          {countChanges(plan) === 0 && <p>{t('read.nothing')}</p>}
        </>
      )}
    </PlanForm>
  );
}
