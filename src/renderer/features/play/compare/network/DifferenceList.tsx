import '../../../../ui/stage/stage.css';
import type { KeyboardEvent, ReactNode } from 'react';
import type { ChangeKind, ComparedNetwork } from '#shared/contract/compare-network.ts';
import { useTexts } from '../../../../i18n/setup.ts';
import { numberText } from '../../../../text/values.ts';
import { enableRowKeys, scrollToRow } from '../../../../ui/row-keys.ts';
import { LegendIcon } from '../../../network/controls/Legend.tsx';
import { changeKinds, styleByChange } from '../../../network/look/marks.ts';
import type { Model } from '../../../network/model/model.ts';
import styles from './network.module.css';
import { compareNames } from '#shared/domain/sort-key.ts';
import { linkTitle } from '#shared/domain/title.ts';
import { displayTitle, typeName } from '../../../../text/names.ts';

function ChangeSign({ change }: { change: ChangeKind }) {
  const { token, sign } = styleByChange[change];
  return (
    <span
      className={`rigid tiny strong ${styles.sign}`}
      style={{ background: `var(--${token})` }}
      aria-hidden
    >
      {sign}
    </span>
  );
}

interface Props {
  differences: readonly NetworkDifference[];
  selected: string | null;
  onSelect: (id: string | null) => void;
  /** Differences of the selected record, once loaded. */
  children: ReactNode;
}

/** The differences as a list, the accessible form of the network. Arrow keys move. */
export function DifferenceList({ differences, selected, onSelect, children }: Props) {
  const { t } = useTexts('compare');
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || selected === null) return;
    onSelect(null);
    event.preventDefault();
    event.stopPropagation();
  };
  const tabStop = differences.some(({ id }) => id === selected) ? selected : differences[0]?.id;
  return (
    <section
      className={`rigid scroll-y small relative line-start ${styles.side}`}
      aria-label={t('network.list')}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- handles keys of the buttons in the list */}
      <ul ref={enableRowKeys} className="pad-8 pick-list" onKeyDown={onKeyDown}>
        {differences.map(({ id, change, title, type }) => (
          <li key={id} ref={id === selected ? scrollToRow : null}>
            <button
              type="button"
              tabIndex={id === tabStop ? 0 : -1}
              aria-expanded={id === selected}
              onClick={() => onSelect(id === selected ? null : id)}
            >
              <ChangeSign change={change} />
              <span className="unseen">{`${t(`network.change.${change}`)}: `}</span>
              <span className="cut">{title}</span> <span className="dim">{type}</span>
            </button>
            {id === selected && children}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function ChangeLegend({
  model,
  differences,
}: {
  model: Model;
  differences: readonly NetworkDifference[];
}) {
  const { t } = useTexts('compare');
  const countsByChange = changeKinds.map((change) => ({
    change,
    count: differences.filter((one) => one.change === change).length,
  }));
  const differingIds = new Set(differences.map(({ id }) => id));
  const contextCount = [...model.nodes.keys()].filter((id) => !differingIds.has(id)).length;
  return (
    <ul className="flex wrap rigid gap-2-16 tiny line-above px-12 py-4" aria-label={t('network.legend')}>
      {countsByChange
        .filter(({ count }) => count > 0)
        .map(({ change, count }) => (
          <li className="high-24 row gap-8" key={change}>
            <ChangeSign change={change} />
            <LegendIcon sign={{ line: { ...styleByChange[change], width: 2.5 } }} />
            {t(`network.change.${change}`)} <span className="dim num">{numberText(count)}</span>
          </li>
        ))}
      {contextCount > 0 && (
        <li className="high-24 row gap-8 dim">
          <LegendIcon sign={{ shape: 'circle', token: 'line-strong' }} />
          {t('network.context')} <span className="num">{numberText(contextCount)}</span>
        </li>
      )}
    </ul>
  );
}

/** A differing record or link of the network, as the list names it. */
interface NetworkDifference {
  id: string;
  change: ChangeKind;
  title: string;
  type: string;
}

export const changesOf = ({ changes }: ComparedNetwork): ReadonlyMap<string, ChangeKind> =>
  new Map(Object.entries(changes));

/** The changes as drawn: links of a removed record count as removed, because they are hidden with it. */
export function drawnChanges(
  model: Model,
  changes: ReadonlyMap<string, ChangeKind>,
): ReadonlyMap<string, ChangeKind> {
  const result = new Map(changes);
  for (const [id, { from, to }] of model.edges) {
    if (!result.has(id) && [from, to].some((end) => changes.get(end) === 'removed'))
      result.set(id, 'removed');
  }
  return result;
}

/** The differing records and links: conflicts first, then by kind and title. References are left out: they count as changes of their record. */
export function differencesOf(model: Model, changes: ReadonlyMap<string, ChangeKind>): NetworkDifference[] {
  const titleOf = (id: string): string => {
    const node = model.nodes.get(id);
    return node ? displayTitle(node.title, node.type) : id;
  };
  const differences = [...changes].flatMap(([id, change]): NetworkDifference[] => {
    const node = model.nodes.get(id);
    if (node) return [{ id, change, title: titleOf(id), type: typeName(node.type) }];
    const edge = model.edges.get(id);
    if (edge?.kind !== 'interface') return [];
    const title = linkTitle(titleOf(edge.from), titleOf(edge.to), edge.description);
    return [{ id, change, title, type: typeName('interface') }];
  });
  const rank = ({ change }: NetworkDifference): number =>
    change === 'conflict' ? -1 : changeKinds.indexOf(change);
  return differences.toSorted((a, b) => rank(a) - rank(b) || compareNames(a.title, b.title));
}
