import type { ComponentProps } from 'react';
import { listWithRecord } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { navigate } from '../stores/address.ts';
import { displayTitle } from '../text/names.ts';

export function LinkButton({ className = '', ...rest }: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      className={className === '' ? 'link-button' : `link-button ${className}`}
      {...rest}
    />
  );
}

interface Props {
  type: EntityType;
  id: string;
  title: string;
  className?: string;
}

/** The title of a record; a click opens the record in its list. */
export function TitleLink({ type, id, title, className = '' }: Props) {
  const name = displayTitle(title, type);
  return (
    <LinkButton className={className} onClick={() => navigate(listWithRecord(type, id))}>
      {name}
    </LinkButton>
  );
}
