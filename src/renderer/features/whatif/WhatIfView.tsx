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
import type { ReactNode } from 'react';
import { maxScenarios, whatIfRanges } from '#shared/address/view.ts';
import type { WhatIfView as View, WhatIfNumber, WhatIfView } from '#shared/address/view.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate, useView } from '../../stores/address.ts';
import { inSandbox, pageTarget, whyNotNow } from '../../stores/target.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { nameOf } from '../play/names.ts';
import { useSandboxes } from '../play/useSandboxes.ts';
import { Outlook } from './Outlook.tsx';
import { Repairs, StoredItem } from './Repairs.tsx';
import { Steps, useSteps } from './Steps.tsx';
import { useReadOnlyReason } from '../../stores/profile.ts';
import { askToAdvance } from '../records/advance-terms.tsx';
import { askForLinkStep, askWhatIsDocumented } from './add/LinkForm.tsx';
import { askWhoJoins, askWhoLeaves } from './add/PeopleForms.tsx';
import { openFormForScenario } from '../play/NewSandbox.tsx';
import { Forecasts } from './Forecasts.tsx';
import styles from './whatif.module.css';
import { capitalised } from '../../text/names.ts';
import { Explained } from '../../ui/Explained.tsx';

const stepChoices = [
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
  const readOnlyReason = useReadOnlyReason();
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <Button
          disabled={readOnlyReason !== null}
          title={readOnlyReason ?? undefined}
          leftSection={<IconPlus size={15} stroke={1.7} />}
        >
          {t('addStep')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {stepChoices.map(({ id, icon: Icon, run }) => (
          <Menu.Item key={id} leftSection={<Icon size={15} stroke={1.6} />} onClick={run}>
            {id === 'terms' || id === 'leave' ? t(`add.${id}`) : `${t(`form.${id}`)}…`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function CompareMenu({ view, sandboxes }: { view: View; sandboxes: readonly Sandbox[] }) {
  const { t } = useTexts('whatif');
  const isFull = view.others.length >= maxScenarios - 1;
  return (
    <Menu position="bottom-end" width={280} closeOnItemClick={false} returnFocus>
      <Menu.Target>
        <Button>{t('compare')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sandboxes.length === 0 && <p className="tiny dim px-12 py-8">{t('noOthers')}</p>}
        {sandboxes.map((sandbox) => {
          const isChosen = view.others.includes(sandbox.id);
          const others = isChosen
            ? view.others.filter((id) => id !== sandbox.id)
            : [...view.others, sandbox.id];
          return (
            <Menu.Item
              key={sandbox.id}
              role="menuitemcheckbox"
              aria-checked={isChosen}
              disabled={!isChosen && isFull}
              leftSection={<span className={styles.check}>{isChosen ? '✓' : ''}</span>}
              onClick={() => navigate({ ...view, others }, { replace: true })}
            >
              {nameOf(sandbox)}
            </Menu.Item>
          );
        })}
        {isFull && <p className="tiny dim px-12 py-8">{t('mostScenarios', { count: maxScenarios })}</p>}
      </Menu.Dropdown>
    </Menu>
  );
}

interface PageProps {
  view: View;
  title: string;
  buttons: ReactNode;
  children: ReactNode;
}

function Page({ view, title, buttons, children }: PageProps) {
  return (
    <div className="fill column">
      <header className={`row wrap apart rigid gap-8-16 line-below px-16 py-12 ${styles.head}`}>
        <div>
          <h1 className="cut title mb-4">{title}</h1>
          <Controls view={view} />
        </div>
        <div className="flex wrap gap-8">{buttons}</div>
      </header>
      {children}
    </div>
  );
}

/** The outlook of live without changes, and its forecasts. */
function LiveOutlook({ view }: { view: View }) {
  const { t } = useTexts('whatif');
  const newButton = (
    <Button
      variant="filled"
      leftSection={<IconFlask size={15} stroke={1.7} />}
      onClick={() => openFormForScenario(view)}
    >
      {t('newScenario')}
    </Button>
  );
  return (
    <Page view={view} title={t('live')} buttons={newButton}>
      <Outlook view={view}>
        <Forecasts view={view} />
      </Outlook>
    </Page>
  );
}

/** A sandbox as a scenario: its steps, and the outlook of live and of the sandbox. */
function Scenario({ view }: { view: View }) {
  const { t } = useTexts('whatif');
  const { data = [], error, refetch } = useSandboxes();
  const sandbox = data.find(({ id }) => id === pageTarget());
  const stepsQuery = useSteps(sandbox);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!sandbox) return <ProgressLine progress={null} label={t('simulating')} />;
  const others = data.filter(
    ({ id, problem, archived }) => id !== sandbox.id && problem === null && archived === null,
  );
  const comparedSandboxes = view.others.flatMap((id) => others.find((other) => other.id === id) ?? []);
  const scenarios = [sandbox, ...comparedSandboxes].map((scenario) => ({
    id: scenario.id,
    name: nameOf(scenario),
  }));
  const stepCount = stepsQuery.data?.length ?? 0;
  const buttons = (
    <>
      <AddStep />
      <CompareMenu view={view} sandboxes={others} />
      <Button
        variant="filled"
        disabled={stepCount === 0}
        leftSection={<IconArrowsDiff size={15} stroke={1.7} />}
        onClick={() => navigate({ kind: 'compare', sandbox: sandbox.id })}
      >
        {t('compare:promote.buttonNone')}
      </Button>
    </>
  );
  return (
    <Page view={view} title={nameOf(sandbox)} buttons={buttons}>
      <div className={`fill stack ${styles.body}`}>
        <Steps query={stepsQuery} />
        <Outlook view={view} scenarios={scenarios} lead={<StoredItem />}>
          <Repairs />
        </Outlook>
      </div>
    </Page>
  );
}

export default function WhatIfView() {
  const view = useView() as View;
  const pastReason = whyNotNow();
  if (inSandbox()) return <Scenario view={view} />;
  return pastReason === null ? (
    <LiveOutlook view={view} />
  ) : (
    <EmptyState icon={IconFlask} text={pastReason} />
  );
}

interface ControlProps {
  view: WhatIfView;
  control: WhatIfNumber;
}

function ControlInput({ view, control }: ControlProps) {
  const { t } = useTexts('whatif');
  const [min, max] = whatIfRanges[control];
  return (
    <NumberInput
      size="xs"
      w={control === 'terms' ? 56 : isAssumption(control) ? 88 : 72}
      aria-label={
        control === 'terms' || control === 'runs'
          ? capitalised(t(`control.${control}`))
          : t(`control.${control}Label`)
      }
      min={min}
      max={max}
      step={control === 'runs' ? 50 : control in percentControls ? 5 : 1}
      suffix={control in percentControls ? '\u00a0%' : ''}
      allowDecimal={false}
      clampBehavior="strict"
      placeholder={view[control] === null ? t('assumed.auto') : undefined}
      value={view[control] ?? ''}
      onChange={(value) => {
        const isEmptied = value === '' && isAssumption(control);
        if (isEmptied || (typeof value === 'number' && value >= min))
          navigate({ ...view, [control]: isEmptied ? null : value }, { replace: true });
      }}
    />
  );
}

const percentControls = { early: true, joins: true, weak: true, fragile: true } as const;
const assumptions = ['early', 'joins', 'newcomer', 'weak', 'fragile'] as const;
const isAssumption = (control: WhatIfNumber): boolean =>
  assumptions.some((assumption) => assumption === control);

function Controls({ view }: { view: WhatIfView }) {
  const { t } = useTexts('whatif');
  return (
    <div className={`gap-4-12 ${styles.controls}`}>
      {(['terms', 'runs', 'seed'] as const).map((control) => (
        <label key={control}>
          {control === 'seed' && t('control.seedLabel')}
          <ControlInput view={view} control={control} />
          {control !== 'seed' && t(`control.${control}`)}
        </label>
      ))}
      <Explained label={t('chances.title')} term={t('chances.title')} width={400}>
        <p className={`small ${styles.formula}`}>{t('chances.what')}</p>
        <div className={`stack gap-8 mt-8 ${styles.chances}`}>
          {assumptions.map((control) => (
            <label key={control}>
              <span>{t(`control.${control}Label`)}</span>
              <ControlInput view={view} control={control} />
            </label>
          ))}
        </div>
      </Explained>
    </div>
  );
}
