import { Button, SegmentedControl, Switch } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { pointsOf, shareUnits } from '#shared/domain/share-units.ts';
import type { ShareUnit } from '#shared/domain/share-units.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useCanChange, useReadOnlyReason, useWorkspace } from '../../stores/profile.ts';
import { inSandbox } from '../../stores/target.ts';
import { permissionText } from '../../text/faults.ts';
import { chooseWorkspace } from '../workspace/chooseWorkspace.ts';
import { changeImport, leaveImport } from './run.ts';
import { startImport } from './start-import.ts';
import type { PreviewedFile } from './state.ts';
import styles from './import.module.css';

/** The units that shares of a file can have. */
export const unitsOfShares = (unit: ShareUnit | null, scale: ShareUnit | null | undefined): ShareUnit[] =>
  shareUnits.filter(
    (one) =>
      one === 'percent' || one === 'fraction' || (pointsOf(one) !== null && (one === unit || one === scale)),
  );

/** A choice between units of a file; nothing if the file does not leave it open. */
export function UnitChoice<T extends ShareUnit | 'years' | 'months' | 'point' | 'comma'>({
  label,
  unit,
  units,
  onChoose,
}: {
  label: string;
  /** '' if none is chosen yet; null for no choice. */
  unit: T | '' | null;
  units: readonly T[];
  onChoose: (unit: T) => void;
}) {
  useTexts('transfer');
  const labelId = useId();
  if (unit === null) return null;
  return (
    <div className="stack gap-8">
      <span id={labelId}>{label}</span>
      <SegmentedControl
        aria-labelledby={labelId}
        value={unit}
        data={units.map((value) => ({ value, label: unitText(value) }))}
        onChange={(value) => value !== '' && onChoose(value)}
      />
    </div>
  );
}

function unitText(unit: ShareUnit | 'years' | 'months' | 'point' | 'comma'): string {
  const points = Number(/^of_(\d+)$/.exec(unit)?.[1]);
  return points > 0
    ? say('transfer:decide.scale', { points })
    : say(`transfer:decide.${unit}` as 'transfer:decide.years');
}

function SampleWarning({ previewedFile }: { previewedFile: PreviewedFile }) {
  const { t } = useTexts('transfer');
  const { data: workspace } = useWorkspace();
  if (!workspace?.sample) return null;
  const { source } = previewedFile.file;
  const grant = 'grant' in source ? source.grant : undefined;
  return (
    <div className={`card stack start gap-8 pad-8 ${styles.decideSample}`}>
      <p>
        <IconFlask size={15} stroke={1.6} aria-hidden /> {t('decide.sample', { name: workspace.name })}{' '}
        {t(grant === undefined ? 'decide.pasteAgain' : 'decide.comesAlong')}
      </p>
      <Button size="xs" onClick={() => void chooseWorkspace('new', grant)}>
        {t('workspace.new')}
      </Button>
    </div>
  );
}

interface Props {
  previewedFile: PreviewedFile;
  isEmpty: boolean;
  /** Why the import cannot start yet; '' if it can. */
  blockedReason: string;
  /** The label of the import button; '' if there is nothing to import. */
  buttonLabel: string;
  children: ReactNode;
}

export function ImportPanel({ previewedFile, isEmpty, blockedReason, buttonLabel, children }: Props) {
  const { t } = useTexts('transfer');
  const viewerRefusal = useCanChange() ? null : permissionText('viewers_read_only');
  const reason = useReadOnlyReason() ?? viewerRefusal ?? blockedReason;
  return (
    <aside className="import-decide" aria-label={t('decide.title')}>
      <h2>{t('decide.title')}</h2>
      {!isEmpty && <SampleWarning previewedFile={previewedFile} />}
      {children}
      {!isEmpty && inSandbox() && <p className="dim">{t('decide.noBackupInPlay')}</p>}
      {!isEmpty && !inSandbox() && (
        <Switch
          label={t('decide.backup')}
          checked={previewedFile.backup}
          onChange={(event) => changeImport({ backup: event.currentTarget.checked })}
        />
      )}
      <p className="dim">{t('decide.undo')}</p>
      <div className={`stack gap-8 pt-8 line-above on-panel sticky pb-16 ${styles.decideStays}`}>
        <output className="dim">{reason}</output>
        <Button
          variant="filled"
          fullWidth
          loading={previewedFile.isChecking}
          disabled={buttonLabel === '' || reason !== ''}
          onClick={() => void startImport()}
        >
          {buttonLabel === '' ? t('decide.none') : buttonLabel}
        </Button>
        <Button fullWidth onClick={leaveImport}>
          {t('common:cancel')}
        </Button>
      </div>
    </aside>
  );
}
