import { IconLink } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../desk.ts';
import type { Place } from '../layout/groups.ts';
import { useNetwork, useNetworkStore } from '../state.ts';
import { whoseNode } from '../model/whose.ts';
import type { Traces } from './Gestures.ts';

/** Lines that follow the pointer, drawn past React: they change with every move. */
export function tracesOn(svg: RefObject<SVGSVGElement | null>): Traces {
  const part = (name: string): Element | null | undefined => svg.current?.querySelector(`.network-${name}`);
  return {
    lasso: (line) =>
      part('lasso')?.setAttribute(
        'd',
        line.length < 2 ? '' : `M${line.map(({ x, y }) => `${x} ${y}`).join('L')}Z`,
      ),
    wire: (from, to, over) => {
      const wire = part('wire');
      wire?.setAttribute('d', from && to ? `M${from.x} ${from.y}L${to.x} ${to.y}` : '');
      wire?.classList.toggle('network-wire-over', over !== null);
    },
  };
}

export function TraceLayer({ svg }: { svg: RefObject<SVGSVGElement | null> }) {
  return (
    <svg ref={svg} className="network-traces" aria-hidden>
      <path className="network-lasso" d="" />
      <path className="network-wire" d="" />
    </svg>
  );
}

/** A value that stays for a moment after it is gone, so that the pointer finds its way to what stands beside a node. */
function useLingering(value: string | undefined): string | undefined {
  const [held, setHeld] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setHeld(value), value === undefined ? 350 : 0);
    return () => clearTimeout(timer);
  }, [value]);
  return value ?? held;
}

interface Props {
  desk: Desk;
  places: readonly Place[];
  /** What a group is called. */
  nameOf: (group: string) => string;
  /** Names of universities by id. */
  titles: ReadonlyMap<string, string>;
  mayChange: boolean;
}

/** What stands beside nodes and moves with them: the ring of the keyboard, the handle of a link, names of groups. */
export function Overlay({ desk, places, nameOf, titles, mayChange }: Props) {
  const { t } = useTranslation('network');
  const store = useNetworkStore();
  const cursor = useNetwork((network) => network.cursor);
  const wanted = useNetwork(
    ({ hovered, selected }) => hovered ?? (selected.size === 1 ? [...selected][0] : undefined),
  );
  const held = useLingering(wanted);
  const mode = useNetwork((network) => network.mode);
  const linking = useNetwork((network) => network.linking !== null);
  const ring = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const whose = useRef<HTMLDivElement>(null);
  const hovered = useNetwork((network) => network.hovered);
  const names = useRef<HTMLDivElement>(null);
  const { stage, director, gestures } = desk;

  useEffect(() => {
    const at = (element: HTMLElement | null, x: number, y: number): void => {
      if (element) element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    };
    const follow = (): void => {
      const node = cursor === null ? null : stage.placeOf(cursor);
      if (ring.current) ring.current.hidden = node === null;
      if (node && ring.current) {
        const size = Math.round(node.radius * 2.3 + 12);
        ring.current.style.width = `${size}px`;
        ring.current.style.height = `${size}px`;
        at(ring.current, node.x - size / 2, node.y - size / 2);
      }
      const end = held === undefined ? null : stage.handleAt(held);
      if (handle.current) handle.current.hidden = end === null;
      if (end) at(handle.current, end.x, end.y);
      const under = hovered === null || linking ? null : stage.belowName(hovered);
      if (whose.current) {
        whose.current.hidden = under === null;
        if (under) at(whose.current, under.x - whose.current.offsetWidth / 2, under.y);
      }
      for (const [index, box] of stage.titles().entries()) {
        const name = names.current?.children[index];
        if (!(name instanceof HTMLElement)) continue;
        name.style.visibility = box ? '' : 'hidden';
        if (box) at(name, box.left, box.top);
      }
    };
    const wide = (index: number): number => {
      const name = names.current?.children[index];
      return name instanceof HTMLElement ? name.offsetWidth : 0;
    };
    stage.entitle(places.map(({ x, y, radius }, index) => ({ x, y, radius, wide: wide(index) })));
    follow();
    // Known once it is shown; the frame that comes leaves room for it.
    stage.annotate(hovered === null ? 0 : (whose.current?.offsetWidth ?? 0));
    stage.sigma.on('afterRender', follow);
    return () => void stage.sigma.off('afterRender', follow);
  }, [stage, cursor, hovered, held, places, linking]);

  const title = held === undefined ? '' : (director.model.nodes.get(held)?.title ?? '');
  const over = hovered === null ? undefined : director.model.nodes.get(hovered);
  return (
    <div className="network-overlay">
      <div ref={whose} className="network-whose" data-testid="network-whose" hidden>
        {over && whoseNode(over, titles)}
      </div>
      <div ref={names}>
        {places.map(({ group, count }) => (
          <span key={group} className="network-group">
            {nameOf(group)} <span className="num">{count}</span>
          </span>
        ))}
      </div>
      <div ref={ring} className="network-ring" data-testid="network-cursor" hidden />
      {mayChange && mode !== 'lasso' && !linking && (
        // It is drawn with the pointer; the keyboard has "Link these two".
        <button
          ref={handle}
          type="button"
          tabIndex={-1}
          className="network-handle"
          aria-label={t('handle', { title })}
          title={t('handle', { title })}
          hidden
          onPointerDown={(event) => {
            event.preventDefault();
            if (held === undefined) return;
            gestures.beginLink(held);
          }}
          onPointerEnter={() => held !== undefined && store.setState({ hovered: held })}
        >
          <IconLink size={13} stroke={1.8} />
        </button>
      )}
    </div>
  );
}
