import { Input, Radio, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { SharingResult } from '#shared/contract/shared-sandboxes.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { undoAction } from '../../stores/undo.ts';
import { authorName } from '../../text/author-name.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notices.tsx';
import { PlanForm } from '../../ui/PlanForm.tsx';
import { When } from '../../ui/When.tsx';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { nameOf } from './names.ts';

export function openShareForm(sandbox: Sandbox): void {
  openDialog({ title: say('play:share.title', { name: nameOf(sandbox) }), size: 520 }, (close) => (
    <ShareForm sandbox={sandbox} onDone={close} />
  ));
}

interface ShareChoices {
  name?: string;
  description?: string;
  /** Null is everyone. */
  university_id?: string | null;
  /** `known` until the user chooses to replace the shared sandbox or to share a new one. */
  as: 'known' | 'replace' | 'new';
}

/** A shared sandbox that someone else shared or has updated since must be replaced explicitly. */
const needsChoice = (
  { known: earlierShared, moved: isUpdatedByOthers }: SharingResult,
  me: string | undefined,
): boolean => earlierShared !== null && (isUpdatedByOthers || earlierShared.by.id !== me);

function ShareForm({ sandbox: { id }, onDone }: { sandbox: Sandbox; onDone: () => void }) {
  const { t } = useTexts('play');
  const [choices, setChoices] = useState<ShareChoices>({ as: 'known' });
  const [isUniversityResolved, setUniversityResolved] = useState(true);
  const { as, university_id } = choices;
  const me = useMe();
  const isUndecided = (sharing: SharingResult): boolean => as === 'known' && needsChoice(sharing, me?.id);
  return (
    <PlanForm
      // Names do not affect the preview.
      input={{ as, university_id }}
      start={({ dry }, options) => {
        const scope = { as, ...(university_id !== undefined && { university_id }) };
        return api.sandboxes.share({ id, ...(dry ? scope : choices), dry }, options);
      }}
      onApplied={async (result) => {
        onDone();
        notice({
          ...undoAction(result.op_id),
          title: say('play:share.done', { name: result.name }),
          more: say('play:share.doneMore'),
        });
        await queryClient.invalidateQueries({ queryKey: queryKeys.sharedSandboxes });
      }}
      blocked={(sharing) =>
        sharing.count === 0 || isUndecided(sharing) || !isUniversityResolved || choices.name?.trim() === ''
      }
      saveLabel={t('share.yes')}
      runningLabel={t('share.running')}
      onCancel={onDone}
    >
      {(sharing) => (
        <ShareFields
          sharing={sharing}
          choices={choices}
          onChange={(part) => setChoices((all) => ({ ...all, ...part }))}
          onSettled={setUniversityResolved}
        />
      )}
    </PlanForm>
  );
}

interface FieldProps {
  sharing: SharingResult;
  choices: ShareChoices;
  onChange: (part: Partial<ShareChoices>) => void;
  /** Called with false while the text in the university field names no record. */
  onSettled: (isSettled: boolean) => void;
}

function ShareFields({ sharing, choices, onChange, onSettled }: FieldProps) {
  const { t } = useTexts('play');
  const me = useMe();
  const universityField = useId();
  const { known: earlierShared, moved: isUpdatedByOthers, count, elsewhere: otherUniversityCount } = sharing;
  const defaultChoice = needsChoice(sharing, me?.id) ? '' : 'replace';
  return (
    <div className="stack gap-16">
      <TextInput
        data-autofocus
        label={t('records:field.name')}
        value={choices.name ?? sharing.name}
        maxLength={maxLengths.sandbox}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {me?.role !== 'editor' && (
        <Input.Wrapper
          id={universityField}
          label={t('records:one.university')}
          description={t('share.universityHint')}
        >
          <LookupInput
            inputId={universityField}
            label={t('records:one.university')}
            types={['university']}
            id={(choices.university_id === undefined ? sharing.university_id : choices.university_id) ?? ''}
            optional
            placeholder={t('common:everyone')}
            onChoose={(id) => onChange({ university_id: id === '' ? null : id })}
            onSettledChange={onSettled}
          />
        </Input.Wrapper>
      )}
      <Textarea
        label={t('records:field.description')}
        value={choices.description ?? earlierShared?.description ?? ''}
        maxLength={maxLengths.text}
        autosize
        minRows={2}
        maxRows={5}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      {earlierShared && (
        <Radio.Group
          label={t('share.known', { name: earlierShared.name })}
          description={
            <>
              {t(isUpdatedByOthers ? 'share.movedBy' : 'shared.by', {
                who: authorName(earlierShared.by, me?.id),
              })}{' '}
              · <When at={earlierShared.shared_at} />
            </>
          }
          value={choices.as === 'known' ? defaultChoice : choices.as}
          onChange={(as) => onChange({ as: as as ShareChoices['as'] })}
        >
          {(['replace', 'new'] as const).map((option) => (
            <Radio key={option} value={option} label={t(`share.as.${option}`)} />
          ))}
        </Radio.Group>
      )}
      <p className="dim">
        {count === 0 ? t('compare:none.carried') : t('shared.count', { count })}
        {otherUniversityCount > 0 && ` · ${t('share.elsewhere', { count: otherUniversityCount })}`}
      </p>
    </div>
  );
}
