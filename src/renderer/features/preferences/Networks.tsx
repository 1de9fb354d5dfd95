import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ChosenTrust } from '#shared/contract/connection.ts';
import { useTexts } from '../../i18n/setup.ts';
import { chooseCaFile, distrust, trustQuery } from '../../stores/trust.ts';
import { dayText } from '../../text/formats.ts';
import { joinWithAnd } from '../../text/names.ts';
import { reportError } from '../../ui/notices.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { PreferenceLine } from './PreferenceLine.tsx';

/** The CA file of this computer, for servers with certificates of a campus or company. */
export function Networks() {
  const { t } = useTexts('preferences');
  return (
    <section aria-label={t('networks.title')}>
      <h2>{t('networks.title')}</h2>
      <QueryView query={useQuery(trustQuery)} label={null}>
        {(trust) => <CaFile {...trust} />}
      </QueryView>
    </section>
  );
}

function CaFile({ certificates, damaged }: ChosenTrust) {
  const { t } = useTexts('preferences');
  const names = certificates.map(({ subject, until, expired }) =>
    t(expired ? 'networks.expired' : 'networks.valid', { name: subject, day: dayText(Date.parse(until)) }),
  );
  const isChosen = damaged || names.length > 0;
  const chosenHint = damaged ? t('networks.damaged') : t('networks.chosen', { names: joinWithAnd(names) });
  return (
    <PreferenceLine label={t('networks.label')} hint={isChosen ? chosenHint : t('networks.system')}>
      {(ids) => (
        <>
          {isChosen && (
            <Button
              size="xs"
              variant="subtle"
              aria-describedby={ids.hint}
              onClick={() => void distrust().catch(reportError)}
            >
              {t('networks.remove')}
            </Button>
          )}
          <Button
            size="xs"
            aria-describedby={ids.hint}
            onClick={() => void chooseCaFile().catch(reportError)}
          >
            {t('networks.choose')}
          </Button>
        </>
      )}
    </PreferenceLine>
  );
}
