import { Input, Radio, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { Sharing } from '#shared/contract/shared-sandboxes.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { undoAction } from '../../stores/undo.ts';
import { whoIs } from '../../text/who.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notices.tsx';
import { PlanForm } from '../../ui/PlanForm.tsx';
import { When } from '../../ui/When.tsx';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { nameOf } from './names.ts';
import styles from './play.module.css';

export function openShare(sandbox: Sandbox): void {
  openDialog({ title: say('play:share.title', { name: nameOf(sandbox) }), size: 520 }, (close) => (
    <ShareForm sandbox={sandbox} onDone={close} />
  ));
}

interface Chosen {
  name?: string;
  description?: string;
  /** Null is everyone. */
  university_id?: string | null;
  as: 'known' | 'replace' | 'new';
}

/** Replacing a sandbox that someone else shared must be chosen explicitly. */
const mustChoose = ({ known, moved }: Sharing, me: string | undefined): boolean =>
  known !== null && (moved || known.by.id !== me);

function ShareForm({ sandbox: { id }, onDone }: { sandbox: Sandbox; onDone: () => void }) {
  const { t } = useTexts('play');
  const [chosen, setChosen] = useState<Chosen>({ as: 'known' });
  const [isSettled, setSettled] = useState(true);
  const { as, university_id } = chosen;
  const me = useMe();
  const isUnsaid = (found: Sharing): boolean => as === 'known' && mustChoose(found, me?.id);
  return (
    <PlanForm
      // Names do not affect the preview.
      chosen={{ as, university_id }}
      preview={async (onProgress, signal) => {
        const input = { id, as, ...(university_id !== undefined && { university_id }), dry: true };
        return {
          ...(await follow(api.sandboxes.share(input, { signal }), onProgress, signal)),
          problems: [],
        };
      }}
      apply={async (_, onProgress, signal) => {
        const done = await follow(api.sandboxes.share({ id, ...chosen }, { signal }), onProgress, signal);
        onDone();
        notice({
          ...undoAction(done.op_id),
          title: say('play:share.done', { name: done.name }),
          more: say('play:share.doneMore'),
        });
        await queryClient.invalidateQueries({ queryKey: queryKeys.sharedSandboxes });
      }}
      blocked={(found) => found.count === 0 || isUnsaid(found) || !isSettled || chosen.name?.trim() === ''}
      button={t('share.yes')}
      label={t('share.running')}
      onCancel={onDone}
    >
      {(found) => (
        <ShareFields
          found={found}
          chosen={chosen}
          onChange={(part) => setChosen((all) => ({ ...all, ...part }))}
          onSettled={setSettled}
        />
      )}
    </PlanForm>
  );
}

interface FieldProps {
  found: Sharing;
  chosen: Chosen;
  onChange: (part: Partial<Chosen>) => void;
  onSettled: (settled: boolean) => void;
}

function ShareFields({ found, chosen, onChange, onSettled }: FieldProps) {
  const { t } = useTexts('play');
  const me = useMe();
  const universityField = useId();
  const { known, moved, count, elsewhere } = found;
  const usual = mustChoose(found, me?.id) ? '' : 'replace';
  return (
    <div className={`stack gap-16 ${styles.form}`}>
      <TextInput
        data-autofocus
        label={t('records:field.name')}
        value={chosen.name ?? found.name}
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
            id={(chosen.university_id === undefined ? found.university_id : chosen.university_id) ?? ''}
            optional
            placeholder={t('common:everyone')}
            onChoose={(id) => onChange({ university_id: id === '' ? null : id })}
            onSettled={onSettled}
          />
        </Input.Wrapper>
      )}
      <Textarea
        label={t('records:field.description')}
        value={chosen.description ?? known?.description ?? ''}
        maxLength={maxLengths.text}
        autosize
        minRows={2}
        maxRows={5}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      {known && (
        <Radio.Group
          label={t('share.known', { name: known.name })}
          description={
            <>
              {t(moved ? 'share.movedBy' : 'shared.by', { who: whoIs(known.by, me?.id) })} ·{' '}
              <When at={known.shared_at} />
            </>
          }
          value={chosen.as === 'known' ? usual : chosen.as}
          onChange={(as) => onChange({ as: as as Chosen['as'] })}
        >
          {(['replace', 'new'] as const).map((one) => (
            <Radio key={one} size="xs" value={one} label={t(`share.as.${one}`)} />
          ))}
        </Radio.Group>
      )}
      <p className="dim">
        {count === 0 ? t('compare:none.carried') : t('shared.count', { count })}
        {elsewhere > 0 && ` · ${t('share.elsewhere', { count: elsewhere })}`}
      </p>
    </div>
  );
}
