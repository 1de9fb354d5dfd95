import { Button, Radio, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ColumnTarget, SheetPreview } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { say } from '../../../i18n/setup.ts';
import { useMayChange, useReadOnly } from '../../../stores/profile.ts';
import { permissionText } from '../../../text/faults.ts';
import { counted, inSentence, joined, typeName } from '../../../text/names.ts';
import { LookupInput } from '../../records/form/LookupInput.tsx';
import { BackupFirst, IntoSample } from '../import/DecideParts.tsx';
import { decide, leaveSheet, startSheetImport } from './run.ts';
import { changeTable } from './state.ts';
import { reportUnfinished } from './unfinished-report.ts';
import type { Table } from './state.ts';
import { weightOf, writesOf } from './words.ts';

function Matching({ table, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTranslation('sheets');
  const { choices } = table;
  const { by_id, by_name } = preview.matched;
  if (by_id + by_name === 0) return null;
  const type = inSentence(typeName(choices.type));
  const value = choices.matching === 'ask' ? (by_name > 0 ? '' : 'update') : choices.matching;
  return (
    <Radio.Group
      label={t('decide.matching')}
      description={[
        by_name > 0 ? t('decide.matchedName', { count: by_name, type }) : '',
        by_id > 0 ? t('decide.matchedId', { count: by_id, type }) : '',
      ].join(' ')}
      value={value}
      onChange={(chosen) => {
        const matching = (['update', 'skip', 'create'] as const).find((one) => one === chosen);
        if (matching) decide({ matching });
      }}
    >
      <Radio value="update" size="xs" label={t('decide.update')} description={t('decide.updateHint')} />
      <Radio value="skip" size="xs" label={t('decide.skip')} />
      <Radio value="create" size="xs" label={t('decide.create')} />
    </Radio.Group>
  );
}

/** Whether a column becomes that field. */
const fills = (columns: readonly ColumnTarget[], field: string): boolean =>
  columns.some((target) => target.to === 'field' && target.field === field);

function University({ table: { choices } }: { table: Table }) {
  const { t } = useTranslation('sheets');
  if (!fieldOf(choices.type, 'university_id')) return null;
  return (
    <div className="decide-item">
      <span>{t('university')}</span>
      <LookupInput
        label={t('university')}
        types={['university']}
        id={choices.university ?? ''}
        optional
        onChoose={(id) => decide({ university: id === '' ? null : id })}
      />
      {choices.university === null &&
        fills(choices.columns, 'team_id') &&
        !fills(choices.columns, 'university_id') && <p className="dim">{t('universityOfTeam')}</p>}
    </div>
  );
}

/** Whether losses are per cent or fractions, where the table has any. */
export function LossUnit({
  unit,
  onChoose,
}: {
  unit: SheetPreview['loss_unit'];
  onChoose: (unit: 'percent' | 'fraction') => void;
}) {
  const { t } = useTranslation('transfer');
  if (unit === null) return null;
  return (
    <div className="decide-item">
      <span id="decide-losses">{t('decide.losses')}</span>
      <SegmentedControl
        size="xs"
        aria-labelledby="decide-losses"
        value={unit}
        data={[
          { value: 'percent', label: t('decide.percent') },
          { value: 'fraction', label: t('decide.fraction') },
        ]}
        onChange={(chosen) => onChoose(chosen === 'fraction' ? 'fraction' : 'percent')}
      />
    </div>
  );
}

/** How many problems there are, as a way to them. */
function ToMend({ preview }: { preview: SheetPreview }) {
  const { t } = useTranslation('sheets');
  const minor = preview.problems.filter((problem) => weightOf(problem) !== 'decide').length;
  const count = preview.problem_count - minor;
  if (count === 0) {
    return (
      <p className="decide-mend">
        <IconCircleCheck size={16} stroke={1.7} className="state-good" aria-hidden />
        {t('mend.none')}
      </p>
    );
  }
  const show = (): void => {
    const heading = document.getElementById('sheet-mend');
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <Button
      fullWidth
      variant="default"
      justify="flex-start"
      leftSection={<IconAlertTriangle size={16} stroke={1.7} className="state-warn" aria-hidden />}
      onClick={show}
    >
      {t('mend.title', { count })}
    </Button>
  );
}

/** Why the import cannot start yet, as a sentence; '' when it can. */
function whyNot(preview: SheetPreview | null): string {
  if (!preview) return '';
  if (preview.forbidden !== null) return permissionText(preview.forbidden);
  if (preview.matched.undecided > 0) return say('sheets:decide.choose');
  if (preview.blocked !== null && writesOf(preview) === 0)
    return preview.blocked.length > 0
      ? say('sheets:decide.blocked', { names: joined(preview.blocked) })
      : say('sheets:decide.nothing');
  return writesOf(preview) === 0 ? say('sheets:decide.nothing') : '';
}

/** Leaves the table; what was corrected is kept, and that is said. */
function giveUp(): void {
  reportUnfinished();
  leaveSheet();
}

/** What the person decides before an import, and the button that starts it. */
export function SheetDecide({ table }: { table: Table }) {
  const { t } = useTranslation(['sheets', 'transfer', 'common']);
  const viewer = useMayChange() ? null : t('transfer:decide.viewer');
  const refused = useReadOnly() ?? viewer;
  const { preview, choices, checking, backup, file } = table;
  const grant = 'grant' in file.source ? file.source.grant : null;
  const count = preview ? writesOf(preview) : 0;
  const own = preview ? preview.creates + preview.updates + preview.restores : 0;
  const undecided = (preview?.others ?? []).reduce(
    (sum, one) => sum + one.undecided,
    preview?.matched.undecided ?? 0,
  );
  const besides = preview?.others.reduce((sum, { writes }) => sum + writes, 0) ?? 0;
  const updatesOnly = preview !== null && undecided === 0 && preview.updates === own;
  const stops = refused !== null || preview?.forbidden != null || undecided > 0;
  return (
    <aside className="import-decide" aria-label={t('decide.title')}>
      <h2>{t('decide.title')}</h2>
      {preview && <IntoSample empty={preview.workspace_empty} grant={grant} />}
      {preview && <ToMend preview={preview} />}
      <University table={table} />
      {preview && <LossUnit unit={preview.loss_unit} onChoose={(unit) => decide({ loss_unit: unit })} />}
      {preview && <Matching table={table} preview={preview} />}
      {preview && !preview.workspace_empty && (
        <BackupFirst wanted={backup} onChange={(wanted) => changeTable({ backup: wanted })} />
      )}
      <p className="dim">{t('transfer:decide.undo')}</p>
      <div className="decide-buttons decide-stays">
        <output className="dim">{refused ?? (checking ? t('decide.checking') : whyNot(preview))}</output>
        <Button
          fullWidth
          loading={checking}
          disabled={count === 0 || stops}
          onClick={() => void startSheetImport()}
        >
          {own + undecided + besides === 0
            ? t('decide.none')
            : besides > 0
              ? t('transfer:decide.import', { count: count + undecided })
              : t(updatesOnly ? 'decide.importUpdates' : 'decide.import', {
                  what: counted(choices.type, own + undecided),
                })}
        </Button>
        <Button fullWidth variant="default" onClick={giveUp}>
          {t('common:cancel')}
        </Button>
      </div>
    </aside>
  );
}
