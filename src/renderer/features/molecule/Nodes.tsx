import { memo } from 'react';
import { countedRecords } from '../../text/names.ts';
import { shapeOf, shapeOutline } from '../network/look/shapes.ts';
import type { Palette } from '../network/look/appearance.ts';
import type { NetNode, Point } from '../network/model/model.ts';
import { stageValue } from '../network/look/fields.ts';
import { shortenLabel } from '../network/stage/labels.ts';
import { stageOf } from '../../ui/Lifecycle.tsx';
import { maxDots } from './members.ts';
import { labelOffset, orbitRadius, nodeRadius } from './label-layout.ts';
import { nodeText } from './texts.ts';
import { nodeName } from '../network/model/model.ts';
import styles from './molecule.module.css';

export function colourToken(node: NetNode): string {
  const stage = stageOf(stageValue(node));
  if (stage) return `life-${stage}`;
  return node.type === 'project' || node.type === 'university' ? 'accent' : 'node-plain';
}

interface StudentsProps {
  students: readonly NetNode[];
  palette: Palette;
  titles: ReadonlyMap<string, string>;
}

/** The students of a team on their orbit; many are shown as a number. */
const Students = memo(function Students({ students, palette, titles }: StudentsProps) {
  const background = palette('canvas');
  if (students.length > maxDots)
    return (
      <g transform={`translate(${orbitRadius} ${-orbitRadius * 0.7})`}>
        <title>{countedRecords('student', students.length)}</title>
        <circle r={11} fill={background} stroke={palette('node-plain')} />
        <text textAnchor="middle" y={4} fontSize={11} fill={palette('text-2')}>
          {students.length}
        </text>
      </g>
    );
  return students.map((student, index) => {
    const angle = -Math.PI / 2 + (2 * Math.PI * (index + 0.5)) / students.length;
    const [x, y] = [orbitRadius * Math.cos(angle), orbitRadius * Math.sin(angle)];
    return (
      <g key={student.id} data-id={student.id} className={styles.student}>
        <title>{nodeText(student, titles)}</title>
        <circle cx={x} cy={y} r={9} fill="transparent" />
        <path
          d={shapeOutline(shapeOf(student), x, y, nodeRadius.student)}
          fill={palette(colourToken(student))}
        />
      </g>
    );
  });
});

const noStudents: readonly NetNode[] = [];

interface Props {
  node: NetNode;
  position: Point;
  students: readonly NetNode[] | undefined;
  palette: Palette;
  titles: ReadonlyMap<string, string>;
  /** Label height in units of the drawing. */
  fontSize: number;
  /** Always shows the label, not only on hover and focus. */
  isLabelShown: boolean;
  isActive: boolean;
  isOpen: boolean;
  canLink: boolean;
  handleTitle: string;
}

export const Node = memo(function Node(props: Props) {
  const {
    node,
    position,
    students = noStudents,
    palette,
    titles,
    fontSize,
    isLabelShown,
    isActive,
    isOpen,
    canLink,
    handleTitle,
  } = props;
  const radius = nodeRadius[node.type];
  const shape = shapeOf(node);
  const isHollow = shape === 'ring';
  const colour = palette(colourToken(node));
  return (
    <g transform={`translate(${position.x.toFixed(1)} ${position.y.toFixed(1)})`}>
      {students.length > 0 && students.length <= maxDots && (
        <circle r={orbitRadius} fill="none" stroke={palette('line')} strokeWidth={1} />
      )}
      <g
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an SVG has no button
        role="button"
        data-id={node.id}
        className={styles.node}
        tabIndex={isActive ? 0 : -1}
        aria-label={nodeText(node, titles)}
        aria-pressed={isOpen}
      >
        <circle r={Math.max(radius + 4, 18)} fill="transparent" />
        <circle className={styles.halo} r={radius + 7} fill="none" />
        <path
          d={shapeOutline(shape, 0, 0, isHollow ? radius - 1.5 : radius)}
          fill={isHollow ? palette('canvas') : colour}
          stroke={isHollow ? colour : palette('canvas')}
          strokeWidth={isHollow ? 3 : 1.5}
        />
        <text
          className={isLabelShown ? undefined : styles.name}
          data-aid={isLabelShown ? undefined : true}
          y={labelOffset(node, students.length, fontSize)}
          fontSize={fontSize}
          fontWeight={node.type === 'project' || node.type === 'university' ? 600 : 400}
          textAnchor="middle"
          fill={palette('text')}
          stroke={palette('canvas')}
          strokeWidth={fontSize / 4}
          strokeLinejoin="round"
          paintOrder="stroke"
        >
          {shortenLabel(nodeName(node))}
        </text>
      </g>
      <Students students={students} palette={palette} titles={titles} />
      {canLink && (
        <g data-link={node.id} data-aid className={styles.handle}>
          <title>{handleTitle}</title>
          <circle cx={radius + 9} cy={-radius - 5} r={9} fill={palette('accent')} />
          <path
            d={`M${radius + 4.5} ${-radius - 5}h9M${radius + 9} ${-radius - 9.5}v9`}
            stroke={palette('canvas')}
            strokeWidth={1.8}
          />
        </g>
      )}
    </g>
  );
});
