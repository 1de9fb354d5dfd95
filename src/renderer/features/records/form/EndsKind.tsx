import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { interfaceKind } from '#shared/domain/interfaces.ts';
import { isKnown } from '#shared/domain/vocabulary.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { choiceName, inSentence, typeName, typeNames } from '../../../text/names.ts';
import type { Raw } from './inputs.ts';

interface Props {
  /** What stands in the field. */
  kind: Raw;
  /** The types of the two ends. */
  from: unknown;
  to: unknown;
  onSet: (kind: string) => void;
}

/** Says that a link's kind names other types than its ends are of, and offers the one that does: data from elsewhere may say so. */
export function EndsKind({ kind, from, to, onSet }: Props) {
  const { t } = useTranslation('panel');
  if (typeof from !== 'string' || typeof to !== 'string' || !isKnown('interface_type', kind)) return null;
  const meant = interfaceKind(from, to);
  if (meant === kind) return null;
  return (
    <div className="field-note">
      {from === to
        ? t('endsKind.both', { types: inSentence(typeNames(from)) })
        : t('endsKind.are', { from: inSentence(typeName(from)), to: inSentence(typeName(to)) })}{' '}
      <button type="button" className="link-button field-mend" onClick={() => onSet(meant ?? '')}>
        {meant === null ? t('endsKind.clear') : t('endsKind.set', { kind: choiceName(meant) })}
      </button>
    </div>
  );
}

function useType(id: Raw | undefined): string | undefined {
  const key = typeof id === 'string' ? id : '';
  const { data } = useQuery({
    queryKey: keys.record(key),
    queryFn: ({ signal }) => api.entities.find({ id: key }, { signal }),
    enabled: key !== '',
  });
  return data?.id === key ? data.type : undefined;
}

/** As `EndsKind` where the ends are known by their ids. */
export function EndsKindById({
  from,
  to,
  ...rest
}: Omit<Props, 'from' | 'to'> & { from: Raw | undefined; to: Raw | undefined }) {
  return <EndsKind {...rest} from={useType(from)} to={useType(to)} />;
}
