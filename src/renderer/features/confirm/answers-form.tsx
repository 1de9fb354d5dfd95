import type { AnswerProblem, AnswersResult } from '#shared/contract/confirm.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { undoAction } from '../../stores/undo.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, reportErrors } from '../../ui/notices.tsx';
import { PlanForm } from '../../ui/PlanForm.tsx';
import { countChanges, PlanPreview } from '../../ui/PlanPreview.tsx';

export async function chooseAnswerFile(): Promise<void> {
  await reportErrors(async () => {
    const file = await shell.chooseFile({ purpose: 'import' });
    if (file) openAnswersForm(file);
  });
}

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
    <PlanForm<AnswersResult>
      input={{ grant }}
      start={(step, options, plan) =>
        api.confirm.readAnswers({ grant, ...step, ...(plan && { sha256: plan.sha256 }) }, options)
      }
      onApplied={({ op_id, ...result }) => {
        onImported();
        notice({
          ...undoAction(op_id),
          title: t('read.done', { count: countChanges(result), name: result.file }),
        });
      }}
      blocked={(plan) => countChanges(plan) === 0}
      saveLabel={t('read.button')}
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
