import { Button, Menu, NumberInput } from '@mantine/core';
import {
  IconArrowsDiff,
  IconFlask,
  IconBolt,
  IconCalendarPlus,
  IconCut,
  IconFileText,
  IconLink,
  IconPlus,
  IconUserMinus,
  IconUserPlus,
  IconUsersPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { mostScenarios, insightsOf } from '#shared/address/view.ts';
import type { WhatIfView as View } from '#shared/address/view.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { Intervention } from '#shared/contract/analysis.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { FieldChange } from '#shared/contract/bulk.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { go, useView } from '../../stores/address.ts';
import { inPlay, openTarget, whyNotNow } from '../../stores/target.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { nameOf } from '../play/names.ts';
import { useSandboxes } from '../play/useSandboxes.ts';
import { Controls } from './Controls.tsx';
import { Live } from './Live.tsx';
import { Outlook } from './Outlook.tsx';
import { Steps, useSteps } from './Steps.tsx';
import { useReadOnly, useMayChange } from '../../stores/profile.ts';
import { askToAdvance } from '../records/terms.tsx';
import { askWhoLeaves } from './add/LeaveForm.tsx';
import { askForLinkStep } from './add/LinkForm.tsx';
import { report } from '../../ui/notices.tsx';
import { repairChanges, usualWritten } from '../insights/repair.ts';
import { useAnswer } from '../insights/useAnswer.ts';
import { costText, effectText, percentText, repairText, titleWithUniversity } from '../insights/sentences.ts';
import { makeStep } from '../play/step.ts';
import { titleOr, typeName } from '../../text/names.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { endTypes } from '../records/linking/links.ts';
import { LinkChoice } from './add/LinkChoice.tsx';
import styles from './whatif.module.css';

/** Asks which team newcomers join, and how many. */
export function askWhoJoins(): void {
  openDialog({ title: say('whatif:form.recruit'), size: 480 }, (close) => <RecruitForm onDone={close} />);
}

const mostNewcomers = 100;
const [usualTerms, mostTerms] = [4, 40];

async function recruit(team: RecordRef, count: number, terms: number): Promise<void> {
  const title = titleOr(team.title, 'team');
  const data = {
    name: say('insights:newMember', { team: title }),
    university_id: team.university_id ?? null,
    team_id: team.id,
    terms_remaining: terms,
  };
  await makeStep(
    Array.from({ length: count }, (): FieldChange => ({ kind: 'create', type: 'student', data })),
    say('whatif:form.recruited', { count, team: title }),
  );
}

function RecruitForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('whatif');
  const [team, setTeam] = useState<RecordRef | null>(null);
  const [count, setCount] = useState<number | string>(1);
  const [terms, setTerms] = useState<number | string>(usualTerms);
  const isReady = team !== null && typeof count === 'number' && typeof terms === 'number';
  const { saving, failure, onSubmit } = useSubmit(async () => {
    if (!isReady) return;
    await recruit(team, count, terms);
    onDone();
  });
  const number = (
    label: string,
    value: number | string,
    set: (value: number | string) => void,
    most: number,
  ) => (
    <div className="stack top gap-2-8 small mb-4 field">
      <span className="small dim self-center">{label}</span>
      <NumberInput
        aria-label={label}
        min={1}
        max={most}
        allowDecimal={false}
        clampBehavior="strict"
        value={value}
        onChange={set}
      />
    </div>
  );
  return (
    <form className="column gap-12 action-form" autoComplete="off" onSubmit={onSubmit}>
      <p>{t('whatif:form.recruitWhat')}</p>
      <div className="stack gap-8 fields">
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="small dim self-center">{typeName('team')}</span>
          <LookupInput
            label={typeName('team')}
            types={['team']}
            id={team?.id ?? ''}
            title={team?.title}
            arrives
            placeholder={t('panel:links.choose')}
            onChoose={(_, one) => setTeam(one)}
          />
        </div>
        {number(t('whatif:form.recruitCount'), count, setCount, mostNewcomers)}
        {number(t('whatif:form.recruitTerms'), terms, setTerms, mostTerms)}
      </div>
      <FormEnd
        failure={failure}
        save={t('whatif:addAsStep')}
        saving={saving}
        blocked={!isReady}
        onCancel={onDone}
      />
    </form>
  );
}

/** Asks which link is documented, and how much of it. */
export function askWhatIsDocumented(): void {
  openDialog({ title: say('whatif:form.document'), size: 520 }, (close) => <DocumentForm onDone={close} />);
}

function DocumentForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('whatif');
  const [end, setEnd] = useState<RecordRef | null>(null);
  const [link, setLink] = useState<RecordRef | null>(null);
  const [share, setShare] = useState<number | string>(usualWritten);
  const { saving, failure, onSubmit } = useSubmit(async () => {
    if (link === null || typeof share !== 'number') return;
    await makeStep(
      [{ kind: 'update', type: 'interface', id: link.id, data: { documented: share } }],
      say('whatif:form.documented', { title: titleOr(link.title, 'interface') }),
    );
    onDone();
  });
  return (
    <form className="column gap-12 action-form" autoComplete="off" onSubmit={onSubmit}>
      <div className="stack gap-8 fields">
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="small dim self-center">{t('whatif:form.choose.end')}</span>
          <LookupInput
            label={t('whatif:form.choose.end')}
            types={endTypes}
            id={end?.id ?? ''}
            title={end?.title}
            arrives
            placeholder={t('panel:links.choose')}
            onChoose={(_, one) => {
              setEnd(one);
              setLink(null);
            }}
          />
        </div>
        {end !== null && <LinkChoice end={end.id} link={link?.id ?? ''} onChoose={setLink} />}
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="small dim self-center">{t('whatif:form.share')}</span>
          <NumberInput
            aria-label={t('whatif:form.share')}
            min={0}
            max={100}
            suffix={'\u00a0%'}
            allowDecimal={false}
            clampBehavior="strict"
            value={share}
            onChange={setShare}
          />
        </div>
      </div>
      <FormEnd
        failure={failure}
        save={t('whatif:addAsStep')}
        saving={saving}
        blocked={link === null || typeof share !== 'number'}
        onCancel={onDone}
      />
    </form>
  );
}

/** The biggest risk of the scenario, and the most effective repair per link. */
function Repairs() {
  const { t } = useTexts('whatif');
  const { answer, pending } = useAnswer(insightsOf('leavers'), false);
  const mayChange = useMayChange();
  const item = answer?.items[0];
  if (!item) return null;
  const add = async (one: Intervention): Promise<void> => {
    await makeStep(await repairChanges(one), repairText(one));
  };
  return (
    <section className={styles.repairs} aria-label={t('whatif:repairs')}>
      <h2>{t('whatif:repairs')}</h2>
      <p className="dim">
        {t('whatif:risk', { title: titleWithUniversity(item), value: percentText(item.value) })}{' '}
        {pending && (
          <>
            {t('insights:computing')}{' '}
            <button type="button" className="link-button" onClick={pending.cancel}>
              {t('common:cancel')}
            </button>
          </>
        )}
      </p>
      {!pending && item.interventions.length === 0 && <p className="dim">{t('insights:noRepair')}</p>}
      <ul className="repair-list">
        {item.interventions.map((one, at) => (
          <li key={at}>
            <span>{repairText(one)}</span>
            <span className="dim">{costText(one)}</span>
            <strong className="num">{effectText(item, one.value)}</strong>
            {mayChange && (
              <Button
                size="xs"
                variant="default"
                aria-label={t('whatif:addNamed', { what: repairText(one) })}
                onClick={() => void add(one).catch(report)}
              >
                {t('whatif:addAsStep')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const steps = [
  { id: 'terms', icon: IconCalendarPlus, run: askToAdvance },
  { id: 'leave', icon: IconUserMinus, run: askWhoLeaves },
  { id: 'recruit', icon: IconUsersPlus, run: askWhoJoins },
  { id: 'document', icon: IconFileText, run: askWhatIsDocumented },
  { id: 'strengthen', icon: IconBolt, run: () => askForLinkStep('strengthen') },
  { id: 'cut', icon: IconCut, run: () => askForLinkStep('cut') },
  { id: 'mentor', icon: IconUserPlus, run: () => askForLinkStep('mentor') },
  { id: 'link', icon: IconLink, run: () => askForLinkStep('link') },
] as const;

/** The possible steps of a scenario; each asks for its parameters, and is one change of the sandbox. */
function AddStep() {
  const { t } = useTexts('whatif');
  const why = useReadOnly();
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <Button
          variant="default"
          disabled={why !== null}
          title={why ?? undefined}
          leftSection={<IconPlus size={15} stroke={1.7} />}
        >
          {t('addStep')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {steps.map(({ id, icon: Icon, run }) => (
          <Menu.Item key={id} leftSection={<Icon size={15} stroke={1.6} />} onClick={run}>
            {id === 'terms' || id === 'leave' ? t(`add.${id}`) : `${t(`form.${id}`)}…`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Chooses sandboxes to compare with the open one. */
function Compare({ view, all }: { view: View; all: readonly Sandbox[] }) {
  const { t } = useTexts('whatif');
  const full = view.others.length >= mostScenarios - 1;
  return (
    <Menu position="bottom-end" width={280} closeOnItemClick={false} returnFocus>
      <Menu.Target>
        <Button variant="default">{t('compare')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {all.length === 0 && <p className="tiny dim px-12 py-8">{t('noOthers')}</p>}
        {all.map((sandbox) => {
          const chosen = view.others.includes(sandbox.id);
          const others = chosen
            ? view.others.filter((id) => id !== sandbox.id)
            : [...view.others, sandbox.id];
          return (
            <Menu.Item
              key={sandbox.id}
              role="menuitemcheckbox"
              aria-checked={chosen}
              disabled={!chosen && full}
              leftSection={<span className={styles.check}>{chosen ? '✓' : ''}</span>}
              onClick={() => go({ ...view, others }, { replace: true })}
            >
              {nameOf(sandbox)}
            </Menu.Item>
          );
        })}
        {full && <p className="tiny dim px-12 py-8">{t('mostScenarios', { count: mostScenarios })}</p>}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A sandbox as a scenario: its steps, and the outlook of live and of the sandbox. */
function Scenario({ view }: { view: View }) {
  const { t } = useTexts('whatif');
  const { data = [], error, refetch } = useSandboxes();
  const sandbox = data.find(({ id }) => id === openTarget());
  const state = useSteps(sandbox);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!sandbox) return <ProgressLine progress={null} label={t('simulating')} />;
  const others = data.filter(
    ({ id, problem, archived }) => id !== sandbox.id && problem === null && archived === null,
  );
  const shown = view.others.flatMap((id) => others.find((one) => one.id === id) ?? []);
  const scenarios = [sandbox, ...shown].map((one) => ({ id: one.id, name: nameOf(one) }));
  const count = state.data?.length ?? 0;
  return (
    <div className="fill column">
      <header className={`row wrap apart rigid gap-8-16 line-below px-16 py-12 ${styles.head}`}>
        <div>
          <h1 className="cut">{nameOf(sandbox)}</h1>
          <Controls view={view} />
        </div>
        <div className="flex wrap gap-8">
          <AddStep />
          <Compare view={view} all={others} />
          <Button
            disabled={count === 0}
            leftSection={<IconArrowsDiff size={15} stroke={1.7} />}
            onClick={() => go({ kind: 'compare', sandbox: sandbox.id })}
          >
            {t('compare:promote.buttonNone')}
          </Button>
        </div>
      </header>
      <div className={`fill stack ${styles.body}`}>
        <Steps state={state} />
        <Outlook view={view} scenarios={scenarios}>
          <Repairs />
        </Outlook>
      </div>
    </div>
  );
}

export default function WhatIfView() {
  const view = useView() as View;
  const whyNot = whyNotNow();
  if (inPlay()) return <Scenario view={view} />;
  return whyNot === null ? <Live view={view} /> : <EmptyState icon={IconFlask} text={whyNot} />;
}
