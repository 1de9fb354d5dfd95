import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import build from 'virtual:build';
import { useTexts } from '../../i18n/setup.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { loadProgram, useProgram } from '../../stores/program.ts';
import { copyText } from '../../ui/clipboard.ts';
import { Page } from '../../ui/Page.tsx';
import styles from './about.module.css';

const Licences = lazy(() => import('./Licences.tsx'));

function useFacts(): readonly (readonly [string, string])[] {
  const { t } = useTexts('about');
  const { data: workspace } = useWorkspace();
  const program = useProgram((state) => state.program);
  useEffect(() => void loadProgram(), []);
  const facts = [
    ['version', program?.version],
    ['build', build.commit === '' ? build.date : t('built', build)],
    ['electron', program?.electron],
    ['chromium', program?.chromium],
    ['node', program?.node],
    ['sqlite', workspace?.sqlite],
    ['schema', workspace && String(workspace.schema_version)],
    ['system', program?.system],
  ] as const;
  return facts.map(([name, value]) => [t(name), value ?? ''] as const);
}

export default function AboutView() {
  const { t } = useTexts('about');
  const facts = useFacts();
  const details = ['FRAMES', ...facts.map(([name, value]) => `${name}: ${value}`)].join('\n');
  return (
    <Page
      title={t('commands:view.about')}
      actions={
        <Button leftSection={<IconCopy size={15} stroke={1.6} />} onClick={() => void copyText(details)}>
          {t('notices:copyDetails')}
        </Button>
      }
    >
      <p className="large prose">{t('what')}</p>
      <dl className={`stack small ${styles.facts}`}>
        {facts.map(([name, value]) => (
          <div className="flex wrap apart gap-2-12 line-below" key={name}>
            <dt className="dim">{name}</dt>
            <dd className="breaks num">{value === '' ? '…' : value}</dd>
          </div>
        ))}
      </dl>
      <section className="stack gap-8 small" aria-label={t('licences')}>
        <h2>{t('licences')}</h2>
        <p className="dim">{t('chromiumNote')}</p>
        <Suspense fallback={<div className={styles.coming} />}>
          <Licences />
        </Suspense>
      </section>
    </Page>
  );
}
