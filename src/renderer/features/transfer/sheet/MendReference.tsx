import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { LookupInput } from '../../records/form/LookupInput.tsx';
import { KeepIt, LeaveEmpty, Likely, MendText, readAs } from './MendTools.tsx';
import type { ToolProps } from './MendTools.tsx';
import { decide } from './run.ts';

const ends: readonly EntityType[] = ['team', 'faculty', 'project', 'student', 'university'];
const makeable: readonly string[] = ['university', 'project', 'team'];

/** Which record a name means: one that is here, or a new one. */
export function MendReference({ field, ...props }: ToolProps & { field: Field }) {
  const { t } = useTranslation('sheets');
  const { problem, column, table } = props;
  const { value, code, count, suggestions } = problem;
  const shown = value.slice(0, 60);
  const use = (becomes: string, create = false): void => readAs(props, becomes, create);
  const forAll = (what: 'create' | 'empty'): void =>
    decide((now) => ({ ...now, missing: { ...now.missing, [field.key]: what } }));
  const types = field.to === 'any' || field.to === undefined ? ends : [field.to];
  const canMake = field.to !== undefined && makeable.includes(field.to);
  const nowhere = code === 'reference_missing' || code === 'id_over_name';
  const others =
    table.preview?.problems.filter((one) => one.code === code && one.column === column).length ?? 0;
  if (code === 'reference_created') {
    return (
      <>
        <Existing types={types} onUse={use} />
        <LeaveEmpty onLeave={() => use('')} />
        {others > 1 && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => forAll('empty')}>
            {t('mend.emptyAll')}
          </Button>
        )}
      </>
    );
  }
  return (
    <>
      {suggestions.map((one) => (
        <Likely key={one.value} label={one.label} count={count} onUse={() => use(one.value)} />
      ))}
      {canMake && nowhere && (
        <Button size="xs" variant="default" onClick={() => use(value, true)}>
          {t('mend.create', { value: shown })}
        </Button>
      )}
      {canMake && code === 'reference_missing' && others > 1 && (
        <Button size="xs" variant="default" onClick={() => forAll('create')}>
          {t('mend.createAll', { count: others })}
        </Button>
      )}
      <Existing types={types} onUse={use} />
    </>
  );
}

interface ExistingProps {
  types: readonly EntityType[];
  onUse: (id: string) => void;
}

/** Finds a record that is here. */
export function Existing({ types, onUse }: ExistingProps) {
  const { t } = useTranslation('sheets');
  return (
    <div className="mend-lookup">
      <LookupInput
        label={t('mend.existing')}
        placeholder={t('mend.existing')}
        types={types}
        id=""
        onChoose={(id) => {
          if (id !== '') onUse(id);
        }}
      />
    </div>
  );
}

/** What a text says whose letters were lost: as it most likely was, as somebody writes it, or as it stands. */
export function MendLost({ field, ...props }: ToolProps & { field: Field | undefined }) {
  const { value, count, suggestions } = props.problem;
  const named = field?.kind === 'reference';
  return (
    <>
      {suggestions.map((one) => (
        <Likely
          key={one.value}
          label={one.label}
          count={count}
          onUse={() => readAs(props, one.value, named)}
        />
      ))}
      {named && field.to !== undefined && field.to !== 'any' && (
        <Existing types={[field.to]} onUse={(id) => readAs(props, id)} />
      )}
      <MendText {...props} from={value} create={named} />
      <KeepIt {...props} />
    </>
  );
}
