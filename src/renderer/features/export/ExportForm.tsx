import { Button, Checkbox, Radio } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { preferred } from '../../stores/preferences.ts';
import { report } from '../../ui/notices.tsx';
import type { Listed, Wanted } from './listed.ts';
import { signNames, signs, usualSign } from './sign.ts';
import './export.css';

interface Props {
  listed: Listed;
  onCancel: () => void;
  onWanted: (wanted: Wanted) => Promise<void>;
}

/** What of a list goes into a file: which kind of file, which rows, which columns. */
export function ExportForm({ listed, onCancel, onWanted }: Props) {
  const { t } = useTranslation(['transfer', 'common']);
  const { picked, shown, all, matched } = listed;
  const usual = usualSign(preferred('numbers'));
  const [wanted, setWanted] = useState<Wanted>({
    format: 'csv',
    sign: usual,
    rows: picked ? 'picked' : 'all',
    columns: 'shown',
    ids: true,
  });
  const set = <K extends keyof Wanted>(part: K, value: Wanted[K]): void =>
    setWanted({ ...wanted, [part]: value });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onWanted(wanted).catch(report);
  };
  return (
    <form className="export-form" onSubmit={submit}>
      <Radio.Group
        label={t('export.format')}
        value={wanted.format === 'csv' ? `csv${wanted.sign}` : wanted.format}
        onChange={(value) => {
          const sign = signs.find((one) => value === `csv${one}`);
          setWanted({ ...wanted, ...(sign ? { format: 'csv', sign } : { format: 'xlsx' }) });
        }}
      >
        {signs.map((sign) => (
          <Radio
            key={sign}
            {...(sign === usual ? { 'data-autofocus': true } : {})}
            size="xs"
            value={`csv${sign}`}
            label={t(`export.csv.${signNames[sign]}`)}
            description={`${t(`export.csvHint.${signNames[sign]}`)}${sign === usual ? ` ${t('export.csvUsual')}` : ''}`}
          />
        ))}
        <Radio size="xs" value="xlsx" label={t('export.xlsx')} description={t('export.xlsxHint')} />
      </Radio.Group>
      {picked ? (
        <Radio.Group label={t('export.rows')} value={wanted.rows} onChange={(value) => set('rows', value)}>
          <Radio size="xs" value="picked" label={t('export.pickedRows', { count: picked.count })} />
          <Radio size="xs" value="all" label={t('export.allRows', { count: matched })} />
        </Radio.Group>
      ) : (
        <div className="export-rows">
          <span>{t('export.rows')}</span>
          <span className="num">{t('export.allRows', { count: matched })}</span>
        </div>
      )}
      <Radio.Group
        label={t('export.columns')}
        value={wanted.columns}
        onChange={(value) => set('columns', value)}
      >
        <Radio size="xs" value="shown" label={t('export.shownColumns', { count: shown.length })} />
        <Radio size="xs" value="all" label={t('export.allColumns', { count: all.length })} />
      </Radio.Group>
      <Checkbox
        size="xs"
        checked={wanted.ids}
        onChange={(event) => set('ids', event.currentTarget.checked)}
        label={t('export.ids')}
        description={t('export.idsHint')}
      />
      <div className="dialog-buttons">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit">{t('export.choose')}</Button>
      </div>
    </form>
  );
}
