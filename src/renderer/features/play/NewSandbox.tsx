import { Button, Select, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { View } from '#shared/address/view.ts';
import type { Backup } from '#shared/contract/backups.ts';
import type { FieldChange } from '#shared/contract/bulk.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { SharedSandbox } from '#shared/contract/shared-sandboxes.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { awaitResult } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useGoldenVersions } from '../../stores/golden.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notices.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { useDialogWork } from '../../ui/useDialogWork.ts';
import { useSubmit } from '../../ui/useSubmit.ts';
import { timeOfBackupId } from '#shared/domain/backup-id.ts';
import { exactTime } from '../../text/time.ts';
import { freeName, nameOf, nameProblem, nextName, suggestedName } from './names.ts';
import { copyNote } from './actions.ts';
import { storeChanges, storeItem } from './kept-changes.ts';
import { switchTo } from '../workspace/switch-target.ts';
import { refreshSandboxes, useSandboxes } from './useSandboxes.ts';
import { FormFailure } from '../../ui/FormButtons.tsx';

const backupPrefix = 'backup:';
const sharedPrefix = 'shared:';

function openForm({
  title = say('play:form.title'),
  ...form
}: Omit<Props, 'onDone'> & { title?: string }): void {
  openDialog({ title }, (close) => <NewSandbox {...form} onDone={close} />);
}

export const openSandboxForm = (): void => openForm({ source: 'live' });

export function openFormForCopy(sandbox: Sandbox): void {
  const name = nameOf(sandbox);
  openForm({
    title: say('play:form.titleCopy', { name }),
    source: sandbox.id,
    initialName: nextName(name),
  });
}

export function openFormForShared({ id, name }: SharedSandbox): void {
  openForm({
    title: say('play:shared.takeNamed', { name }),
    source: `${sharedPrefix}${id}`,
    initialName: freeName(name),
  });
}

/** Opens the form for a new sandbox of live, in which the changes are made when it is first opened. */
export const openFormForChanges = (name: string, changes: readonly FieldChange[], view: View): void =>
  openForm({ source: 'live', initialName: name.slice(0, maxLengths.sandbox), scenario: { changes, view } });

export const openFormForScenario = (view: View): void => openFormForChanges(suggestedName(), [], view);

export const openFormForGolden = (version: number): void => openForm({ source: `golden:${version}` });

export const openFormForBackup = ({ id }: Pick<Backup, 'id'>): void =>
  openForm({ source: `${backupPrefix}${id}` });

function backupText(source: string): string {
  const id = source.slice(backupPrefix.length);
  const madeAt = timeOfBackupId(id);
  return madeAt === null ? id : exactTime(madeAt);
}

interface CreationInput extends Pick<Props, 'scenario' | 'onDone'> {
  name: string;
  source: string;
}

/** Creates a sandbox; `note` is about the copy of a shared sandbox, else null. */
async function createSandbox(
  name: string,
  source: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<{ sandbox: Sandbox; note: string | null }> {
  if (!source.startsWith(sharedPrefix)) {
    const sandbox = await awaitResult(
      api.sandboxes.create({ name, from: source }, { signal }),
      onProgress,
      signal,
    );
    return { sandbox, note: null };
  }
  const id = source.slice(sharedPrefix.length);
  const copy = await awaitResult(api.sandboxes.addShared({ id, name }, { signal }), onProgress, signal);
  return { sandbox: copy.sandbox, note: copyNote(copy) };
}

/** Creates a sandbox with progress and cancelling; after an error the input stays for correction. */
function useCreation({ name, source, scenario, onDone }: CreationInput) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const cancellation = useDialogWork();
  // True if the sandbox is created without being opened.
  const isCreateOnly = useRef(false);
  const submit = useSubmit(async () => {
    const isOpening = !isCreateOnly.current;
    isCreateOnly.current = false;
    if (name.trim() === '') return;
    const signal = cancellation.begin();
    try {
      const { sandbox, note } = await createSandbox(name.trim(), source, setProgress, signal);
      if (scenario && scenario.changes.length > 0) storeChanges(sandbox.id, scenario.changes);
      if (scenario) storeItem(sandbox.id, scenario.view);
      await refreshSandboxes();
      const wasCancelled = signal.aborted;
      onDone();
      // A note about the copy must be read, so the page then does not change.
      if (isOpening && !wasCancelled && note === null) await switchTo(sandbox.id, scenario?.view);
      else {
        notice({
          id: 'sandbox',
          title: say('play:done.created', { name: nameOf(sandbox) }),
          ...(note === null ? {} : { more: note }),
          action: { label: say('common:open'), run: () => void switchTo(sandbox.id) },
        });
      }
    } catch (error) {
      if (!isCancelled(error)) throw error;
    } finally {
      setProgress(null);
    }
  }, nameProblem);
  const cancel = (): void => (submit.saving ? cancellation.end() : onDone());
  const createOnly = (form: HTMLFormElement | null): void => {
    isCreateOnly.current = true;
    form?.requestSubmit();
  };
  return { ...submit, progress, cancel, createOnly };
}

interface Props {
  source: string;
  initialName?: string | undefined;
  /** The changes to make in the new sandbox, and the view to open. */
  scenario?: { changes: readonly FieldChange[]; view: View } | undefined;
  onDone: () => void;
}

function NewSandbox({ source, initialName, scenario, onDone }: Props) {
  const { t } = useTexts('play');
  const { data: sandboxes = [] } = useSandboxes();
  const { data: goldenVersions = [] } = useGoldenVersions();
  const [name, setName] = useState(() => initialName ?? suggestedName());
  const [chosenSource, setChosenSource] = useState(source);
  const { saving, failure, onSubmit, onEdit, progress, cancel, createOnly } = useCreation({
    name,
    source: chosenSource,
    scenario,
    onDone,
  });
  const isNameMissing = name.trim() === '';
  const readableSandboxes = sandboxes.filter(({ problem }) => problem === null);
  return (
    <form className="stack gap-16 dialog-form" onSubmit={onSubmit}>
      <TextInput
        data-autofocus
        label={t('records:field.name')}
        description={t('form.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={name}
        maxLength={maxLengths.sandbox}
        error={isNameMissing ? t('common:nameNeeded') : undefined}
        readOnly={saving}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          onEdit();
          setName(event.currentTarget.value);
        }}
      />
      {!chosenSource.startsWith(sharedPrefix) && (
        <Select
          label={t('form.from')}
          value={chosenSource}
          readOnly={saving}
          comboboxProps={{ withinPortal: true }}
          data={[
            { value: 'live', label: t('compare:column.live') },
            ...(source.startsWith(backupPrefix)
              ? [{ value: source, label: t('past:compare.backup', { when: backupText(source) }) }]
              : []),
            ...readableSandboxes.map((sandbox) => ({
              value: sandbox.id,
              label: t('backups:called.sandbox', { title: nameOf(sandbox) }),
            })),
            ...goldenVersions
              .filter(({ problem }) => problem === null)
              .map(({ version }) => ({
                value: `golden:${version}`,
                label: t('backups:called.golden', { title: version }),
              })),
          ]}
          onChange={(value) => value !== null && setChosenSource(value)}
        />
      )}
      {saving && <ProgressLine progress={progress} label={t('form.progress')} />}
      <FormFailure text={failure} />
      <div className="dialog-buttons">
        <Button onClick={cancel}>{t('common:cancel')}</Button>
        <Button disabled={isNameMissing || saving} onClick={(event) => createOnly(event.currentTarget.form)}>
          {t('form.create')}
        </Button>
        <Button variant="filled" type="submit" loading={saving} disabled={isNameMissing}>
          {t('form.createOpen')}
        </Button>
      </div>
    </form>
  );
}
