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
import { follow } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useGoldenVersions } from '../../stores/golden.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notices.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { useEnding } from '../../ui/useEnding.ts';
import { useSubmit } from '../../ui/useSubmit.ts';
import { momentOf } from '#shared/domain/backup-id.ts';
import { exactTime } from '../../text/time.ts';
import { freeName, nameOf, whyNotCalledSo, nextName, suggestedName } from './names.ts';
import { takenText } from './shared.ts';
import { keepChanges } from './trying.ts';
import { turnTo } from '../workspace/turn.ts';
import { sandboxesChanged, useSandboxes } from './useSandboxes.ts';
import styles from './play.module.css';

export function newSandbox(of?: Sandbox): void {
  const title = of ? say('play:form.titleCopy', { name: nameOf(of) }) : say('play:form.title');
  openDialog({ title }, (close) => (
    <NewSandbox of={of?.id ?? 'live'} first={of && nextName(nameOf(of))} onDone={close} />
  ));
}

export function takeShared(shared: SharedSandbox): void {
  const { id, name } = shared;
  openDialog({ title: say('play:shared.takeNamed', { name }) }, (close) => (
    <NewSandbox of={`${ofShared}${id}`} first={freeName(name)} onDone={close} />
  ));
}

/** Asks for a sandbox of live, makes changes in it and opens a view. */
export function tryChanges(name: string, changes: readonly FieldChange[], view: View): void {
  openDialog({ title: say('play:form.title') }, (close) => (
    <NewSandbox
      of="live"
      first={name.slice(0, maxLengths.sandbox)}
      tried={{ changes, view }}
      onDone={close}
    />
  ));
}

export const newScenario = (view: View): void => tryChanges(suggestedName(), [], view);

export function tryGolden(version: number): void {
  openDialog({ title: say('play:form.title') }, (close) => (
    <NewSandbox of={`golden:${version}`} onDone={close} />
  ));
}

const [ofBackup, ofShared] = ['backup:', 'shared:'] as const;

export function tryBackup({ id }: Pick<Backup, 'id'>): void {
  openDialog({ title: say('play:form.title') }, (close) => (
    <NewSandbox of={`${ofBackup}${id}`} onDone={close} />
  ));
}

function backupText(of: string): string {
  const id = of.slice(ofBackup.length);
  const made = momentOf(id);
  return made === null ? id : exactTime(made);
}

interface Making extends Pick<Props, 'tried' | 'onDone'> {
  name: string;
  from: string;
}

/** Creates it; `more` is a remark about the copy of a shared one. */
async function makeSandbox(
  name: string,
  from: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<{ made: Sandbox; more: string | null }> {
  if (!from.startsWith(ofShared)) {
    const made = await follow(api.sandboxes.create({ name, from }, { signal }), onProgress, signal);
    return { made, more: null };
  }
  const id = from.slice(ofShared.length);
  const taken = await follow(api.sandboxes.take({ id, name }, { signal }), onProgress, signal);
  return { made: taken.sandbox, more: takenText(taken) };
}

/** Creates it with progress and cancelling; input that was refused stays to be changed. */
function useMaking({ name, from, tried, onDone }: Making) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const ending = useEnding();
  // Enter creates without opening.
  const only = useRef(false);
  const submit = useSubmit(async () => {
    const open = !only.current;
    only.current = false;
    if (name.trim() === '') return;
    const signal = ending.begin();
    try {
      const { made, more } = await makeSandbox(name.trim(), from, setProgress, signal);
      if (tried && tried.changes.length > 0) keepChanges(made.id, tried.changes);
      await sandboxesChanged();
      const closed = signal.aborted;
      onDone();
      // Shown until read, although the page changes.
      if (open && !closed && more === null) await turnTo(made.id, tried?.view);
      else {
        notice({
          id: 'sandbox',
          title: say('play:done.created', { name: nameOf(made) }),
          ...(more === null ? {} : { more }),
          action: { label: say('common:open'), run: () => void turnTo(made.id) },
        });
      }
    } catch (error) {
      if (!isCancelled(error)) throw error;
    } finally {
      setProgress(null);
    }
  }, whyNotCalledSo);
  const cancel = (): void => (submit.saving ? ending.end() : onDone());
  const makeOnly = (form: HTMLFormElement | null): void => {
    only.current = true;
    form?.requestSubmit();
  };
  return { ...submit, progress, cancel, makeOnly };
}

interface Props {
  of: string;
  /** The suggested name. */
  first?: string | undefined;
  /** Changes to make in it, and the view to open. */
  tried?: { changes: readonly FieldChange[]; view: View } | undefined;
  onDone: () => void;
}

function NewSandbox({ of, first, tried, onDone }: Props) {
  const { t } = useTexts('play');
  const { data: others = [] } = useSandboxes();
  const { data: golden = [] } = useGoldenVersions();
  const [name, setName] = useState(() => first ?? suggestedName());
  const [from, setFrom] = useState(of);
  const { saving, failure, onSubmit, onEdit, progress, cancel, makeOnly } = useMaking({
    name,
    from,
    tried,
    onDone,
  });
  const missing = name.trim() === '';
  const whole = others.filter(({ problem }) => problem === null);
  return (
    <form className={`stack gap-16 ${styles.form}`} onSubmit={onSubmit}>
      <TextInput
        data-autofocus
        label={t('records:field.name')}
        description={t('form.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={name}
        maxLength={maxLengths.sandbox}
        error={missing ? t('common:nameNeeded') : undefined}
        readOnly={saving}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          onEdit();
          setName(event.currentTarget.value);
        }}
      />
      {!from.startsWith(ofShared) && (
        <Select
          label={t('form.from')}
          value={from}
          allowDeselect={false}
          readOnly={saving}
          comboboxProps={{ withinPortal: true }}
          data={[
            { value: 'live', label: t('compare:column.live') },
            ...(of.startsWith(ofBackup)
              ? [{ value: of, label: t('past:compare.backup', { when: backupText(of) }) }]
              : []),
            ...whole.map((one) => ({
              value: one.id,
              label: t('backups:called.sandbox', { title: nameOf(one) }),
            })),
            ...golden
              .filter(({ problem }) => problem === null)
              .map(({ version }) => ({
                value: `golden:${version}`,
                label: t('backups:called.golden', { title: version }),
              })),
          ]}
          onChange={(value) => value !== null && setFrom(value)}
        />
      )}
      {saving && <ProgressLine progress={progress} label={t('form.progress')} />}
      {failure !== null && (
        <p role="alert" className="small bad">
          {failure}
        </p>
      )}
      <div className="dialog-buttons">
        <Button variant="default" onClick={cancel}>
          {t('common:cancel')}
        </Button>
        <Button
          variant="default"
          disabled={missing || saving}
          onClick={(event) => makeOnly(event.currentTarget.form)}
        >
          {t('form.create')}
        </Button>
        <Button type="submit" loading={saving} disabled={missing}>
          {t('form.createOpen')}
        </Button>
      </div>
    </form>
  );
}
