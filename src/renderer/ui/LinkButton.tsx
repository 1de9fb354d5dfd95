import type { ComponentProps } from 'react';
import { listWithRecord } from '#shared/address/view.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { navigate } from '../stores/address.ts';
import { displayTitle, typeName } from '../text/names.ts';

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

interface RecordLinkProps {
  record: { type: AuditedType; id: string; title: string };
  /** Whether the record is in this workspace. */
  isLocal?: boolean;
}

/** The title and type of a record, linking to it if it is in this workspace. */
export function RecordLink({ record: { type, id, title }, isLocal = true }: RecordLinkProps) {
  return (
    <>
      {isLocal && isEntityType(type) ? <TitleLink {...{ type, id, title }} /> : displayTitle(title, type)}{' '}
      <span className="dim">{typeName(type)}</span>
    </>
  );
}
