import { compareNames } from '#shared/domain/sort-key.ts';
import { NativeSelect, Switch } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconPhoto, IconPinnedOff } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { moleculeOf } from '#shared/address/view.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { navigate, currentAddress } from '../../stores/address.ts';
import { usePreference } from '../../stores/preferences.ts';
import { useMe, writeRefusal } from '../../stores/profile.ts';
import { setSeatItem, useSeatItem } from '../../stores/seat.ts';
import { MenuAction } from '../../ui/MenuAction.tsx';
import { MoreMenu } from '../../ui/MoreMenu.tsx';
import { usePalette } from '../network/look/appearance.ts';
import type { Palette } from '../network/look/appearance.ts';
import type { NetNode } from '../network/model/model.ts';
import type { Molecule, Subject } from './members.ts';
import { clearPositions } from '../network/saved-positions.ts';
import { lossText } from './texts.ts';
import { nodeName } from '../network/model/model.ts';
import { dayText } from '../../text/formats.ts';
import { localDay } from '../../text/local-day.ts';
import { saveContent } from '../../ui/save-content.ts';
import { linkLines, lossBands } from '../network/look/links.ts';
import { pointAt } from './camera.ts';
import styles from './molecule.module.css';
import { StageFoot } from '../../ui/stage/StageFoot.tsx';
import { LegendIcon } from '../network/controls/Legend.tsx';
import type { LegendSign } from '../network/controls/legend-parts.ts';
import { shapeByType, shapeOutline } from '../network/look/shapes.ts';
import { useRemovalLoss } from './useMolecule.ts';

const pictureWidth = 1200;
const removedAttributes = [
  'class',
  'role',
  'tabindex',
  'aria-label',
  'aria-pressed',
  'aria-describedby',
  'style',
];

function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text = '',
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}

const legendEntries = (): { sign: LegendSign; text: string }[] => [
  { sign: { shape: shapeByType.project, token: 'accent' }, text: say('molecule:nucleus') },
  { sign: { shape: shapeByType.faculty, token: 'node-plain' }, text: say('molecule:faculty') },
  ...lossBands.map((band) => ({
    sign: { line: linkLines[band] },
    text: say(`network:legend.line.${band}`),
  })),
];

function legendMark(sign: LegendSign, y: number, palette: Palette): SVGElement {
  if (!('line' in sign))
    return svgElement('path', { d: shapeOutline(sign.shape, 35, y, 5), fill: palette(sign.token) });
  const { token, width: strokeWidth, dash } = sign.line;
  const pattern = dash ? { 'stroke-dasharray': dash.join(' ') } : {};
  return svgElement('path', {
    d: `M20 ${y}h30`,
    stroke: palette(token),
    'stroke-width': strokeWidth,
    ...pattern,
  });
}

export function captionElements(title: string, palette: Palette): SVGElement[] {
  const fill = palette('text');
  const legend = legendEntries().flatMap(({ sign, text }, index) => {
    const y = 62 + index * 20;
    return [
      legendMark(sign, y, palette),
      svgElement('text', { x: 60, y: y + 4, 'font-size': 12, fill }, text),
    ];
  });
  const heading = `${title} · ${dayText(Date.now())}`;
  return [
    svgElement('text', { x: 20, y: 34, 'font-size': 16, 'font-weight': 600, fill }, heading),
    ...legend,
  ];
}

/** The visible drawing as self-contained SVG, without animation and editing aids. */
function svgText(drawing: SVGSVGElement, title: string, palette: Palette): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  for (const aid of copy.querySelectorAll('[data-aid]')) aid.remove();
  for (const element of [copy, ...copy.querySelectorAll('*')])
    for (const name of removedAttributes) element.removeAttribute(name);
  const bounds = drawing.getBoundingClientRect();
  const topLeft = pointAt(drawing, { clientX: bounds.left, clientY: bounds.top });
  const bottomRight = pointAt(drawing, { clientX: bounds.right, clientY: bounds.bottom });
  const size = { width: bottomRight.x - topLeft.x, height: bottomRight.y - topLeft.y };
  const unitsPerPx = size.width / pictureWidth;
  const captionGroup = svgElement('g', {
    transform: `translate(${topLeft.x} ${topLeft.y}) scale(${unitsPerPx})`,
  });
  captionGroup.append(...captionElements(title, palette));
  copy.prepend(
    svgElement('title', {}, title),
    svgElement('rect', { x: topLeft.x, y: topLeft.y, ...size, fill: palette('canvas') }),
  );
  copy.append(captionGroup);
  copy.setAttribute('viewBox', `${topLeft.x} ${topLeft.y} ${size.width} ${size.height}`);
  copy.setAttribute('width', String(pictureWidth));
  copy.setAttribute('height', String(Math.round(size.height / unitsPerPx)));
  copy.setAttribute('font-family', "'Inter Variable', Inter, system-ui, sans-serif");
  return new XMLSerializer().serializeToString(copy);
}

function savePicture(drawing: SVGSVGElement, title: string, palette: Palette): Promise<void> {
  return saveContent({
    suggested: `frames-molecule-${localDay(new Date())}.svg`,
    createContent: () => Promise.resolve({ kind: 'text', text: svgText(drawing, title, palette) }),
    failureTitle: say('network:exportFailed'),
  });
}

export const leaksKey = 'molecule.leaks';
export const proposesKey = 'molecule.proposes';

export function useIsMotionReduced(): boolean {
  const isSystemReduced = useReducedMotion();
  return usePreference('motion') === 'reduced' || isSystemReduced;
}

const showSubject = (subject: Subject): void => {
  const { view } = currentAddress();
  navigate(moleculeOf({ ...subject, panel: view.kind === 'molecule' ? view.panel : null }), {
    replace: true,
  });
};

function SeatSwitch({ seatKey, label, tip, disabled = false }: SwitchProps) {
  const isOn = useSeatItem(seatKey) !== false && !disabled;
  return (
    <Switch
      size="xs"
      label={label}
      title={tip}
      checked={isOn}
      disabled={disabled}
      onChange={(event) => setSeatItem(seatKey, event.currentTarget.checked ? null : false)}
    />
  );
}

interface SwitchProps {
  seatKey: string;
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

function MoleculeMenu({ subjects, subject, molecule, drawing }: Props) {
  const { t } = useTexts('molecule');
  const refusal = writeRefusal(useMe());
  const palette = usePalette();
  const nodes = molecule?.nuclei.flatMap(({ node, teams, faculty }) => [node, ...teams, ...faculty]) ?? [];
  const savedIds = nodes.filter(({ saved }) => saved).map(({ id }) => id);
  const centre = subjects.find(({ id }) => id === (subject.project || subject.university));
  return (
    <MoreMenu label={t('network:more')} size={18}>
      <MenuAction
        icon={IconPinnedOff}
        label={t('reset')}
        disabled={savedIds.length === 0}
        why={savedIds.length === 0 ? null : refusal}
        onRun={() => void clearPositions(savedIds, 'molecule')}
      />
      <MenuAction
        icon={IconPhoto}
        label={t('picture')}
        disabled={nodes.length === 0}
        onRun={() => drawing.current && centre && savePicture(drawing.current, nodeName(centre), palette)}
      />
    </MoreMenu>
  );
}

export function Toolbar(props: Props) {
  const { subject, subjects } = props;
  const { t } = useTexts('molecule');
  const isMotionReduced = useIsMotionReduced();
  const { project, university } = subject;
  // For a university, offers its own projects and shared ones.
  const isOffered = (node: NetNode): boolean =>
    node.type === 'university' || [university, null].includes(node.university) || node.id === project;
  const optionsOf = (type: NetNode['type']) =>
    subjects
      .filter((node) => node.type === type && (university === '' || isOffered(node)))
      .map((node) => ({ value: node.id, label: nodeName(node) }))
      .toSorted((a, b) => compareNames(a.label, b.label));
  return (
    <header className={`list-toolbar wrap ${styles.toolbar}`}>
      <h1>{t('title')}</h1>
      <NativeSelect
        aria-label={t('records:one.project')}
        value={project}
        data={[
          ...(university === '' ? [] : [{ value: '', label: t('grid:all.project') }]),
          ...optionsOf('project'),
        ]}
        onChange={(event) => showSubject({ ...subject, project: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={t('records:one.university')}
        value={university}
        data={[
          ...(project === '' ? [] : [{ value: '', label: t('grid:all.university') }]),
          ...optionsOf('university'),
        ]}
        onChange={(event) => showSubject({ ...subject, university: event.currentTarget.value })}
      />
      <div className="push list-actions">
        <SeatSwitch
          seatKey={leaksKey}
          label={t('leaks')}
          tip={t(isMotionReduced ? 'still' : 'leaksTip')}
          disabled={isMotionReduced}
        />
        <SeatSwitch seatKey={proposesKey} label={t('suggest')} tip={t('suggestTip')} />
        <MoleculeMenu {...props} />
      </div>
    </header>
  );
}

export function LossWithoutRecord({ node }: { node: NetNode }) {
  const share = useRemovalLoss(node.id);
  return (
    <output className={`small px-12 py-8 on-panel rounded ${styles.without}`}>{lossText(node, share)}</output>
  );
}

export function Foot({ hoverText }: { hoverText: string }) {
  const { t } = useTexts('molecule');
  const entries = legendEntries().map(({ sign, text }) => ({ mark: <LegendIcon sign={sign} />, text }));
  return (
    <StageFoot text={hoverText} hint={t('point')} legend={t('network:legend.title')} entries={entries} />
  );
}
