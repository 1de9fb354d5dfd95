import type { View } from '#shared/address/view.ts';
import { useTexts } from '../i18n/setup.ts';
import { useView } from '../stores/address.ts';
import { usePrinting } from '../stores/printing.ts';
import { useActor, useWorkspace } from '../stores/profile.ts';
import { exactTime } from '../text/time.ts';
import { useTabTitle } from './tabs/useTabTitle.ts';

function Head({ view, at }: { view: View; at: number }) {
  const { t } = useTexts('frame');
  const { title } = useTabTitle(view);
  const { data } = useWorkspace();
  const author = useActor()?.name ?? '';
  const sandbox = data?.sandbox?.name ?? '';
  const parts = [
    data?.name ?? '',
    sandbox === '' ? '' : t('play', { name: sandbox }),
    author === '' ? '' : t('print.by', { name: author }),
    exactTime(new Date(at).toISOString()),
  ];
  return (
    <header className="print-head">
      <p>{title}</p>
      <p>{parts.filter((part) => part !== '').join(' · ')}</p>
    </header>
  );
}

export function PrintHead() {
  const view = useView();
  const startedAt = usePrinting((printing) => printing.startedAt);
  return startedAt === null ? null : <Head view={view} at={startedAt} />;
}
