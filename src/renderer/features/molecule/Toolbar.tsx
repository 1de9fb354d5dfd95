import { compareNames } from '#shared/domain/sort-key.ts';
import { ActionIcon, Menu, NativeSelect, Switch } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconDots, IconPhoto, IconPinnedOff } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { moleculeOf } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go, here } from '../../stores/address.ts';
import { usePreferred } from '../../stores/preferences.ts';
import { useMe, whyNothing } from '../../stores/profile.ts';
import { keep, useKept } from '../../stores/seat.ts';
import { MenuAction } from '../../ui/MenuAction.tsx';
import { usePalette } from '../network/look/appearance.ts';
import type { NetNode } from '../network/model/model.ts';
import type { Molecule, Subject } from './members.ts';
import { savePicture } from './picture.ts';
import { resetPositions } from './positions.ts';
import { nodeName } from './labels.ts';
import styles from './molecule.module.css';

export const leaksKey = 'molecule.leaks';
export const proposesKey = 'molecule.proposes';

export function useIsStill(): boolean {
  const isReduced = useReducedMotion();
  return usePreferred('motion') === 'reduced' || isReduced;
}

const show = (subject: Subject): void => {
  const { view } = here();
  go(moleculeOf({ ...subject, panel: view.kind === 'molecule' ? view.panel : null }), { replace: true });
};

function KeptSwitch({ name, label, tip, disabled = false }: SwitchProps) {
  const isOn = useKept(name) !== false && !disabled;
  return (
    <Switch
      size="xs"
      label={label}
      title={tip}
      checked={isOn}
      disabled={disabled}
      onChange={(event) => keep(name, event.currentTarget.checked ? null : false)}
    />
  );
}

interface SwitchProps {
  name: string;
  label: string;
  tip: string;
  disabled?: boolean;
}

interface Props {
  subject: Subject;
  subjects: readonly NetNode[];
  molecule: Molecule | null;
  drawing: RefObject<SVGSVGElement | null>;
}

function More({ subjects, subject, molecule, drawing }: Props) {
  const { t } = useTexts('molecule');
  const why = whyNothing(useMe());
  const palette = usePalette();
  const nodes = molecule?.nuclei.flatMap(({ node, teams, faculty }) => [node, ...teams, ...faculty]) ?? [];
  const placed = nodes.filter(({ saved }) => saved).map(({ id }) => id);
  const centre = subjects.find(({ id }) => id === (subject.project || subject.university));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('network:more')} title={t('network:more')}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuAction
          icon={IconPinnedOff}
          label={t('reset')}
          disabled={placed.length === 0}
          why={placed.length === 0 ? null : why}
          onRun={() => resetPositions(placed)}
        />
        <MenuAction
          icon={IconPhoto}
          label={t('picture')}
          disabled={nodes.length === 0}
          onRun={() => drawing.current && centre && savePicture(drawing.current, nodeName(centre), palette)}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Subject and options of the molecule. */
export function Toolbar(props: Props) {
  const { subject, subjects } = props;
  const { t } = useTexts('molecule');
  const isStill = useIsStill();
  const { project, university } = subject;
  // For a university, its own projects and shared ones.
  const isOffered = (one: NetNode): boolean =>
    one.type === 'university' || [university, null].includes(one.university) || one.id === project;
  const choices = (type: NetNode['type']) =>
    subjects
      .filter((one) => one.type === type && (university === '' || isOffered(one)))
      .map((one) => ({ value: one.id, label: nodeName(one) }))
      .toSorted((a, b) => compareNames(a.label, b.label));
  return (
    <header className={`list-toolbar wrap ${styles.toolbar}`}>
      <h1>{t('title')}</h1>
      <NativeSelect
        aria-label={t('records:one.project')}
        value={project}
        data={[
          ...(university === '' ? [] : [{ value: '', label: t('grid:all.project') }]),
          ...choices('project'),
        ]}
        onChange={(event) => show({ ...subject, project: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={t('records:one.university')}
        value={university}
        data={[
          ...(project === '' ? [] : [{ value: '', label: t('grid:all.university') }]),
          ...choices('university'),
        ]}
        onChange={(event) => show({ ...subject, university: event.currentTarget.value })}
      />
      <div className="push list-actions">
        <KeptSwitch
          name={leaksKey}
          label={t('leaks')}
          tip={t(isStill ? 'still' : 'leaksTip')}
          disabled={isStill}
        />
        <KeptSwitch name={proposesKey} label={t('suggest')} tip={t('suggestTip')} />
        <More {...props} />
      </div>
    </header>
  );
}
