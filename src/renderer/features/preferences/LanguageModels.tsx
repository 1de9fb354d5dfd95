import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { disclosureLevels } from '#shared/contract/ask.ts';
import type {
  FoundServer,
  LanguageModel,
  LanguageModels as Overview,
} from '#shared/contract/language-models.ts';
import { api } from '../../api/client.ts';
import { useTexts } from '../../i18n/setup.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { joinWithAnd } from '../../text/names.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { ChoiceLine, PreferenceLine } from './PreferenceLine.tsx';
import { confirmAction } from '../../ui/ActionDialog.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { addModel, editModel } from './ModelForm.tsx';

const refreshModels = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: queryKeys.languageModels });

const applyAndRefresh = (change: Promise<unknown>): void =>
  void change.then(refreshModels).catch(reportError);

export function LanguageModels() {
  const { t } = useTexts('languageModels');
  const query = useQuery(queryFor('models.list', {}));
  const discovery = useMutation({ mutationFn: () => api.models.discover({}) });
  return (
    <section aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <QueryView query={query} label={null}>
        {(overview) => <ModelList overview={overview} />}
      </QueryView>
      <PreferenceLine label={t('add.label')} hint={t('add.hint')}>
        {(ids) => (
          <>
            <Button
              size="xs"
              aria-describedby={ids.hint}
              loading={discovery.isPending}
              onClick={() => void discovery.mutateAsync().catch(reportError)}
            >
              {t('discover')}
            </Button>
            <Button size="xs" onClick={() => addModel({})}>
              {t('add.button')}
            </Button>
          </>
        )}
      </PreferenceLine>
      {discovery.data && <FoundServers servers={discovery.data.servers} />}
    </section>
  );
}

function ModelList({ overview }: { overview: Overview }) {
  const { t } = useTexts('languageModels');
  const { models, chosen, level, lasting } = overview;
  return (
    <>
      {models.map((model) => (
        <Model key={model.id} model={model} isChosen={model.id === chosen} />
      ))}
      {models.length > 0 && (
        <ChoiceLine
          label={t('level.label')}
          hint={t(`level.hint.${level}`)}
          value={level}
          options={disclosureLevels.map((value) => ({ value, label: t(`level.${value}`) }))}
          onPick={(next) => applyAndRefresh(api.models.setLevel({ level: next }))}
        />
      )}
      {models.length > 0 && !lasting && <p className="block tiny dim line-below py-12">{t('notLasting')}</p>}
    </>
  );
}

function Model({ model, isChosen }: { model: LanguageModel; isChosen: boolean }) {
  const { t } = useTexts('languageModels');
  const { id, name, url, is_local: isLocal, has_key: hasKey, breaker } = model;
  const test = useMutation({ mutationFn: () => api.models.test({ id }) });
  const testModel = async (): Promise<void> => {
    try {
      const { ms } = await test.mutateAsync();
      notice({ id: 'model-tested', title: t('tested', { name, seconds: (ms / 1000).toFixed(1) }) });
    } finally {
      await refreshModels();
    }
  };
  // The key of a removed model cannot be restored, so the removal asks for confirmation.
  const askToRemove = (): Promise<unknown> =>
    confirmAction({
      title: t('remove.title', { name }),
      text: t(hasKey ? 'remove.withKey' : 'remove.text'),
      button: t('remove.button'),
      bad: true,
      run: async () => {
        await api.models.remove({ id });
        await refreshModels();
      },
    });
  const facts = [
    model.model,
    url,
    t(isLocal ? 'local' : 'remote'),
    ...(hasKey ? [t('hasKey')] : []),
    ...(test.isError ? [t('testFailed')] : []),
    ...(breaker.state === 'open' ? [t('open', { seconds: breaker.seconds ?? 0 })] : []),
    ...(breaker.state === 'trial' ? [t('trial')] : []),
  ];
  return (
    <PreferenceLine label={isChosen ? t('inUse', { name }) : name} hint={facts.join(' · ')}>
      {() => (
        <>
          <Button
            size="xs"
            aria-label={`${t(isChosen ? 'stopUsing' : 'use')}: ${name}`}
            onClick={() => applyAndRefresh(api.models.choose({ id: isChosen ? null : id }))}
          >
            {t(isChosen ? 'stopUsing' : 'use')}
          </Button>
          <Button
            size="xs"
            aria-label={`${t('test')}: ${name}`}
            loading={test.isPending}
            onClick={() => void testModel().catch(reportError)}
          >
            {t('test')}
          </Button>
          <Button size="xs" aria-label={`${t('edit.button')}: ${name}`} onClick={() => editModel(model)}>
            {t('edit.button')}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            aria-label={`${t('remove.button')}: ${name}`}
            onClick={() => void askToRemove().catch(reportError)}
          >
            {t('remove.button')}
          </Button>
        </>
      )}
    </PreferenceLine>
  );
}

function FoundServers({ servers }: { servers: readonly FoundServer[] }) {
  const { t } = useTexts('languageModels');
  if (servers.length === 0)
    return <output className="block tiny dim line-below py-12">{t('nothingFound')}</output>;
  return servers.map(({ server, url, models }) => {
    const name = t(server);
    return (
      <PreferenceLine key={server} label={name} hint={`${url} · ${joinWithAnd(models)}`}>
        {() => (
          <Button
            size="xs"
            aria-label={`${t('add.button')}: ${name}`}
            onClick={() => addModel({ name, url, model: models[0] ?? '' })}
          >
            {t('add.button')}
          </Button>
        )}
      </PreferenceLine>
    );
  });
}
