import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ChosenTrust } from '#shared/contract/connection.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { useTexts } from '../../i18n/setup.ts';
import { queryClient, queryFor } from '../../stores/queries.ts';
import { dayText } from '../../text/formats.ts';
import { joinWithAnd } from '../../text/names.ts';
import { reportError } from '../../ui/notices.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { PreferenceLine } from './PreferenceLine.tsx';

const trustQuery = queryFor('connection.certificates', {});

const applyTrust = (change: Promise<ChosenTrust | null>): void =>
  void change
    .then((trust) => trust && queryClient.setQueryData(trustQuery.queryKey, trust))
    .catch(reportError);

async function chooseCaFile(): Promise<ChosenTrust | null> {
  const file = await shell.chooseFile({ purpose: 'certificates' });
  return file && api.connection.trustFile({ grant: file.grant });
}

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
              onClick={() => applyTrust(api.connection.distrust({}))}
            >
              {t('networks.remove')}
            </Button>
          )}
          <Button size="xs" aria-describedby={ids.hint} onClick={() => applyTrust(chooseCaFile())}>
            {t('networks.choose')}
          </Button>
        </>
      )}
    </PreferenceLine>
  );
}
