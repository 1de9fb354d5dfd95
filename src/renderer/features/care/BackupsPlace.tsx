import { Button } from '@mantine/core';
import { IconAlertTriangle, IconFolder } from '@tabler/icons-react';
import type { Health } from '#shared/contract/care.ts';
import { useTexts } from '../../i18n/setup.ts';
import { greyed } from '../../commands/greyed.ts';
import { run, useCommand } from '../../commands/registry.ts';
import { reportImpossible } from '../../ui/locked.ts';
import { placeBackups } from './place.ts';
import { careChanged } from './useCare.ts';

export function BackupsPlace({ health }: { health: Health }) {
  const { t } = useTexts('care');
  const choose = useCommand('care.place');
  const found = health.findings.find(({ id }) => id === 'place');
  if (!found) return null;
  const missing = found.state !== 'good';
  const usual = found.code === 'place.usual';
  const folder = String(found.params['folder'] ?? '');
  const back = (): void => {
    if (choose?.enabled === false) reportImpossible(t('place.back'), choose.why ?? '');
    else void placeBackups(true);
  };
  const Icon = missing ? IconAlertTriangle : IconFolder;
  return (
    <section aria-label={t('finding.place')}>
      <h2>{t('finding.place')}</h2>
      <p
        className={
          missing ? `stack top gap-8 small breaks marked care-warn` : `stack top gap-8 small breaks marked`
        }
        role={missing ? 'alert' : undefined}
      >
        <Icon size={17} stroke={1.6} aria-hidden />
        <span>{t(missing ? 'says.place.missing' : usual ? 'place.usual' : 'place.chosen', { folder })}</span>
      </p>
      <p className="dim tiny">{t('place.hint')}</p>
      <div className="flex wrap gap-8 mt-8">
        {missing && (
          <Button variant="default" onClick={() => void careChanged()}>
            {t('again')}
          </Button>
        )}
        <Button variant="default" {...greyed(choose, t('place.choose'))} onClick={() => run('care.place')}>
          {t('place.choose')}
        </Button>
        {!usual && (
          <Button variant="default" {...greyed(choose, t('place.back'))} onClick={back}>
            {t('place.back')}
          </Button>
        )}
      </div>
    </section>
  );
}
