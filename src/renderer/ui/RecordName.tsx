import { Fragment } from 'react';
import { useQuery } from '@tanstack/react-query';
import { recordPage, listWithRecord } from '#shared/address/view.ts';
import { useTexts } from '../i18n/setup.ts';
import { navigate, currentAddress } from '../stores/address.ts';
import { queryFor } from '../stores/queries.ts';
import { faultData } from '../text/faults.ts';
import { displayTitle } from '../text/names.ts';
import { LinkButton } from './LinkButton.tsx';

interface Props {
  id: string;
  isPlain?: boolean;
  /** Appends the university, for names that several records can have. */
  withUniversity?: boolean;
}

export function RecordNames({ ids, ...nameProps }: Omit<Props, 'id'> & { ids: readonly string[] }) {
  return ids.map((id, index) => (
    <Fragment key={id}>
      {index > 0 && ', '}
      <RecordName id={id} {...nameProps} />
    </Fragment>
  ));
}

/** The name of a record; a click opens it. `isPlain`: text only. Missing records show their id. */
export function RecordName({ id, isPlain = false, withUniversity = false }: Props) {
  const { t } = useTexts('panel');
  const { data, error } = useQuery(queryFor('entities.find', { id }));
  if (error && faultData(error, 'NOT_FOUND')) {
    return (
      <span className="dim" title={t('history:action.delete')}>
        <code>{id}</code>
      </span>
    );
  }
  if (!data) return <code className="dim">{id}</code>;
  const { type, title } = data;
  const name = displayTitle(title, type);
  if (isPlain) return <span>{name}</span>;
  const university = withUniversity ? data.payload.university_id : undefined;
  return (
    <>
      <LinkButton
        onClick={() =>
          navigate((currentAddress().view.kind === 'record' ? recordPage : listWithRecord)(type, id))
        }
      >
        {name}
      </LinkButton>
      {typeof university === 'string' && (
        <span className="dim">
          {' '}
          (<RecordName id={university} isPlain />)
        </span>
      )}
    </>
  );
}
