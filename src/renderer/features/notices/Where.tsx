import { useTranslation } from 'react-i18next';
import { parseTarget } from '#shared/domain/target.ts';
import { nameOf } from '../play/names.ts';
import { useSandboxes } from '../play/useSandboxes.ts';

/** What was open when something was told that is not open now. */
export function Where({ target }: { target: string }) {
  const { t } = useTranslation('notices');
  const { sandbox = null, past = false } = parseTarget(target) ?? {};
  const { data } = useSandboxes();
  const known = data?.find(({ id }) => id === sandbox);
  const name = known && nameOf(known);
  if (sandbox === null) return <>{t(past ? 'where.livePast' : 'where.live')}</>;
  if (name === undefined) return <>{t(data === undefined ? 'where.unnamed' : 'where.gone')}</>;
  return <>{t(past ? 'where.past' : 'where.sandbox', { name })}</>;
}
