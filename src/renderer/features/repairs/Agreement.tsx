import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { EntityRecord } from '#shared/contract/record.ts';
import { approvalVerdict } from '#shared/domain/permissions.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { queryFor } from '../../stores/queries.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { denialText, permissionText } from '../../text/faults.ts';
import { formatDay } from '../../text/formats.ts';
import { quotedTitle } from '../../text/names.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { notice, reportErrors } from '../../ui/notices.tsx';

const acts = {
  approve: { run: api.repairs.approve, done: 'approved' },
  check: { run: api.repairs.check, done: 'checked' },
} as const;
type Act = keyof typeof acts;

interface Props {
  record: EntityRecord;
  isLocked: boolean;
}

/** Who proposed, approved and checked a repair, and the next of these acts. */
export function Agreement({ record, isLocked }: Props) {
  const { t } = useTexts('repairs');
  const me = useMe();
  const { data: rule } = useQuery(queryFor('repairs.approval', {}));
  const { payload, derived } = record;
  const agree = (act: Act, withdraw: boolean): Promise<void> =>
    reportErrors(async () => {
      const { op_id } = await whileSaving(() => acts[act].run({ id: record.id, withdraw }));
      notice({
        ...undoAction(op_id),
        title: t(withdraw ? 'agreement.withdrawn' : `agreement.done.${acts[act].done}`, {
          title: quotedTitle(record.title, record.type),
        }),
      });
    });
  const textOf = (act: 'proposed' | 'approved' | 'checked'): string | null => {
    const [by, on] = [payload[`${act}_by`], payload[`${act}_on`]];
    const name = typeof by === 'string' ? by : '';
    if (typeof on === 'string' && on !== '') return t(`agreement.${act}On`, { name, day: formatDay(on) });
    return act === 'proposed' && name !== '' ? t('agreement.proposedBy', { name }) : null;
  };
  const isDone = derived['state'] === 'done' || derived['state'] === 'checked';
  const isOwn = rule?.four_eyes === true && payload['proposed_by'] === me?.name;
  const refusal = denialText(me && approvalVerdict(me));
  const approvalRefusal = refusal ?? (isOwn ? permissionText('own_proposal') : null);
  const isAgreed = (act: 'approved' | 'checked'): boolean => textOf(act) !== null;
  return (
    <div className="row wrap gap-4-12">
      <span className="dim grow">
        {(['proposed', 'approved', 'checked'] as const).flatMap((act) => textOf(act) ?? []).join(' · ')}
      </span>
      {!isLocked && !isDone && (
        <AgreeButton
          label={t(isAgreed('approved') ? 'agreement.withdraw' : 'agreement.approve')}
          refusal={isAgreed('approved') ? refusal : approvalRefusal}
          onClick={() => void agree('approve', isAgreed('approved'))}
        />
      )}
      {!isLocked && isDone && (
        <AgreeButton
          label={t(isAgreed('checked') ? 'agreement.uncheck' : 'agreement.check')}
          refusal={refusal}
          onClick={() => void agree('check', isAgreed('checked'))}
        />
      )}
      {!isLocked && !isDone && isOwn && !isAgreed('approved') && (
        <span className="tiny dim">
          {permissionText('own_proposal')}{' '}
          {me?.role === 'admin' && !rule.by_server && (
            <LinkButton className="accent" onClick={() => void allowOwnApproval()}>
              {t('agreement.allowOwn')}
            </LinkButton>
          )}
        </span>
      )}
    </div>
  );
}

/** Lets people approve their own repairs, until `frames repairs approval` says otherwise. */
const allowOwnApproval = (): Promise<void> =>
  reportErrors(async () => {
    const { op_id } = await whileSaving(() => api.repairs.setApproval({ four_eyes: false }));
    notice({ ...undoAction(op_id), title: say('repairs:agreement.ownAllowed') });
  });

interface AgreeButtonProps {
  label: string;
  refusal: string | null;
  onClick: () => void;
}

const AgreeButton = ({ label, refusal, onClick }: AgreeButtonProps) => (
  <Button
    size="xs"
    disabled={refusal !== null}
    {...(refusal === null ? {} : { title: refusal })}
    onClick={onClick}
  >
    {label}
  </Button>
);
