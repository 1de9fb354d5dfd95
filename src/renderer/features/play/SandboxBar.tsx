import { Button } from '@mantine/core';
import { whatIfOf } from '#shared/address/view.ts';
import { sandboxVerdict } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useMe } from '../../stores/profile.ts';
import { pageTarget } from '../../stores/target.ts';
import { discardSandbox } from './actions.ts';
import { OriginLine } from './OriginLine.tsx';
import { switchTo } from '../workspace/switch-target.ts';
import { useSandboxes } from './useSandboxes.ts';
import styles from './play.module.css';

/** The bar below the title bar in a sandbox: its origin, and buttons to compare, discard or leave it. */
export default function SandboxBar() {
  const { t } = useTexts('play');
  const { data: sandboxes } = useSandboxes();
  const sandbox = sandboxes?.find(({ id }) => id === pageTarget());
  const me = useMe();
  const canDiscard = me && sandboxVerdict(me, sandbox?.by?.id ?? null).allowed;
  return (
    <section className={`row gap-12 small px-12 full-y ${styles.bar}`} aria-label={t('bar.label')}>
      <p className="cut">
        <strong className="medium">{t('bar.safe')}</strong>
      </p>
      {sandbox && <OriginLine sandbox={sandbox} />}
      <span className="flex push gap-8">
        <Button size="xs" onClick={() => navigate(whatIfOf())}>
          {t('whatif:title')}
        </Button>
        <Button size="xs" onClick={() => navigate({ kind: 'compare', sandbox: pageTarget() })}>
          {t('compare')}
        </Button>
        <Button
          size="xs"
          disabled={!sandbox || !canDiscard}
          onClick={() => sandbox && void discardSandbox(sandbox)}
        >
          {t('common:discard')}
        </Button>
        <Button size="xs" onClick={() => void switchTo(null)}>
          {t('leave')}
        </Button>
      </span>
    </section>
  );
}
