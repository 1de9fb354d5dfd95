import { VisuallyHidden } from '@mantine/core';
import { IconBuildingBridge2 } from '@tabler/icons-react';
import { usualValue } from '#shared/domain/interfaces.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { isDay } from '#shared/domain/days.ts';
import type { Field } from '#shared/domain/entities.ts';
import { shownTitles, titlesKey } from '#shared/domain/references.ts';
import type { Json } from '#shared/domain/json.ts';
import { termStart } from '#shared/domain/terms.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { formatDay } from '../../../text/formats.ts';
import { choiceName, displayTitle, unitName } from '../../../text/names.ts';
import { timeAgo, exactTime } from '../../../text/time.ts';
import { numberText, unexpectedValueText, valueText } from '../../../text/values.ts';
import { Lifecycle, stageOf } from '../../../ui/Lifecycle.tsx';
import { Loss } from '../../../ui/Loss.tsx';
import { customValueText } from '../custom-fields.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { stateFields } from '#shared/domain/states.ts';

interface Props {
  record: EntityRecord;
  column: PlacedColumn;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function EmptyCell() {
  return <span className="cell-nothing">–</span>;
}

/** A value that does not fit its field: the stored value is shown, marked with the reason. */
function UnexpectedValue({ shown, why }: { shown: string; why: string }) {
  return (
    <>
      <span className="odd" title={why}>
        {shown}
      </span>
      <VisuallyHidden component="span"> ({why})</VisuallyHidden>
    </>
  );
}

/** From this width in px, the university of a link's end is on the same line. */
const minInlineWidth = 260;

function LinkEnd({ record, side, isInline }: { record: EntityRecord; side: string; isInline: boolean }) {
  const { t } = useTexts('records');
  const title = textOf(record.derived[`${side}_title`]) || textOf(record.payload[side]);
  const isDeleted = record.derived[`${side}_deleted`] === true;
  const university = textOf(record.derived[`${side}_university_title`]);
  const isCrossing = side === 'to' && record.derived.is_cross_university === true;
  return (
    <>
      <span className={`cell-end-of${isInline ? '' : ' cell-stacked'}`}>
        <span className="cell-main">{isDeleted ? t('deletedEnd', { title }) : title}</span>
        {university !== '' && <span className="cell-aside">{university}</span>}
      </span>
      {isCrossing && (
        <span className="cell-cross" title={t('cross')}>
          <IconBuildingBridge2 size={14} stroke={1.8} aria-label={t('cross')} />
        </span>
      )}
    </>
  );
}

function ReferenceTitle({ record, field }: { record: EntityRecord; field: Field }) {
  const { t } = useTexts('records');
  const id = textOf(record.payload[field.key]);
  const title = textOf(record.derived[titlesKey(field)]);
  if (id === '') {
    return record.type === 'project' && field.key === 'university_id' ? (
      <span className="cell-quiet">{t('sharedByAll')}</span>
    ) : (
      <EmptyCell />
    );
  }
  return title === '' ? (
    <UnexpectedValue shown={id} why={`${t('faults:NOT_FOUND.title')}.`} />
  ) : (
    <span>{title}</span>
  );
}

/** The visible records of a list of references; the cell cuts their titles. */
function ReferenceTitles({ record, field }: { record: EntityRecord; field: Field }) {
  const titles = shownTitles(record.derived[titlesKey(field)]);
  return titles.length === 0 ? <EmptyCell /> : <span title={titles.join('\n')}>{titles.join(', ')}</span>;
}

function Quantity({ value, field }: { value: number; field: Field }) {
  const unit = field.unit === 'people' ? '' : unitName(field, value);
  return (
    <span>
      {numberText(value, field.unit)}
      {unit !== '' && <span className="cell-unit"> {unit}</span>}
    </span>
  );
}

const thisTermStart = (): string => termStart(new Date());

/** When a link was confirmed; marked if not in this term. */
function ConfirmedDay({ value }: { value: Json | undefined }) {
  const { t } = useTexts('confirm');
  const since = thisTermStart();
  const day = textOf(value);
  const isRecent = isDay(day) && day >= since;
  return (
    <>
      <span className={isRecent ? undefined : 'cell-quiet'}>
        {day === '' ? '–' : customValueText(day, 'date')}
      </span>
      {!isRecent && (
        <span className="cell-aside" title={t('notThisTerm', { since: formatDay(since) })}>
          {t('notConfirmed')}
        </span>
      )}
    </>
  );
}

const isMissing = (value: Json | undefined): boolean => value === undefined || value === null || value === '';

function FieldValue({ value, field }: { value: Json | undefined; field: Field }) {
  if (isMissing(value)) return <EmptyCell />;
  const why = unexpectedValueText(value, field);
  if (why !== null) return <UnexpectedValue shown={valueText(value, field)} why={why} />;
  const stage = field.list === 'lifecycle' ? stageOf(value) : undefined;
  if (stage) return <Lifecycle stage={stage} />;
  if (typeof value === 'number') return <Quantity value={value} field={field} />;
  if (value === false) return <span className="cell-quiet">{valueText(value, field)}</span>;
  return <span>{field.kind === 'choice' ? choiceName(textOf(value)) : valueText(value, field)}</span>;
}

/** A value that nobody stated but that applies; `why` says where it comes from. */
function ImpliedValue({ text, why }: { text: string; why: string }) {
  return (
    <span className="cell-quiet" title={why}>
      {text}
    </span>
  );
}

function DerivedValue({ record, name }: { record: EntityRecord; name: string }) {
  const stage = name === 'status' ? stageOf(record.derived.status) : undefined;
  if (stage) return <Lifecycle stage={stage} />;
  if (name === 'created_at' || name === 'updated_at' || name === 'deleted_at') {
    const moment = record[name];
    return moment === null ? <EmptyCell /> : <span title={exactTime(moment)}>{timeAgo(moment)}</span>;
  }
  const value = record.derived[name];
  if (name === stateFields[record.type]?.key && typeof value === 'string')
    return <span>{choiceName(value)}</span>;
  if (typeof value === 'number') return <>{numberText(value)}</>;
  return typeof value === 'string' ? <span title={value}>{value}</span> : <EmptyCell />;
}

function CustomValue({ value, field }: { value: Json | undefined; field: Field }) {
  if (value === undefined || value === null || value === '') return <EmptyCell />;
  const why = field.kind === 'date' ? unexpectedValueText(value, field) : null;
  if (why !== null) return <UnexpectedValue shown={customValueText(value)} why={why} />;
  return (
    <span className={value === false ? 'cell-quiet' : undefined}>{customValueText(value, field.kind)}</span>
  );
}

export function CellContent({ record, column }: Props) {
  const { key, field, isNaming } = column;
  if (!field) return <DerivedValue record={record} name={key} />;
  if (field.own) return <CustomValue value={record.payload[field.key]} field={field} />;
  if (field.to === 'any')
    return <LinkEnd record={record} side={key} isInline={column.size >= minInlineWidth} />;
  if (isNaming && field.kind === 'text')
    return <span className="cell-main">{displayTitle(record.title, record.type)}</span>;
  if (field.kind === 'reference') return <ReferenceTitle record={record} field={field} />;
  if (field.kind === 'references') return <ReferenceTitles record={record} field={field} />;
  if (key === 'energy_loss') return <Loss value={record.payload[key]} />;
  if (key === 'confirmed_at') return <ConfirmedDay value={record.payload[key]} />;
  const listed = record.derived.listed_size;
  if (key === 'size' && typeof listed === 'number')
    return <ImpliedValue text={numberText(listed)} why={say('records:listedSize', { count: listed })} />;
  const usual = usualValue(key, record.payload.bond_type);
  if (usual !== undefined && isMissing(record.payload[key]))
    return <ImpliedValue text={valueText(usual, field)} why={say('records:usualValue')} />;
  return <FieldValue value={record.payload[key]} field={field} />;
}
