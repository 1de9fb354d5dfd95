import { useLayoutEffect, useRef } from 'react';
import type { Desk } from './desk.ts';
import { LinkForm } from '../records/linking/LinkForm.tsx';
import type { NetNode } from './model/model.ts';
import type { Traces } from './stage/Gestures.ts';
import { roomFor } from './stage/room.ts';

interface Props {
  /** Null where nothing is drawn: the form stands in the middle then. */
  desk: Desk | null;
  traces: Traces;
  from: NetNode;
  to: NetNode;
  onDone: (created: string | null) => void;
}

const endOf = (node: NetNode) => ({ ...node, university_id: node.university });

/** The form of a link over the picture, beside the two records, with the line that it will be. */
export function LinkOver({ desk, traces, from, to, onDone }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    const ground = element?.parentElement;
    if (!element || !ground || !desk) return undefined;
    const { stage } = desk;
    const ends = [from.id, to.id];
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const { x, y } = roomFor(
      ends.flatMap((id) => stage.placeOf(id) ?? []),
      size,
      { width: ground.clientWidth, height: ground.clientHeight },
    );
    element.style.left = `${x}px`;
    element.style.top = `${y}px`;
    stage.eye.clear(ends, { left: x, top: y, right: x + size.width, bottom: y + size.height });
    const follow = (): void => {
      const [start, end] = ends.map((id) => stage.placeOf(id));
      traces.wire(start ?? null, end ?? null, to.id);
    };
    follow();
    stage.sigma.on('afterRender', follow);
    return () => {
      stage.sigma.off('afterRender', follow);
      traces.wire(null, null, null);
    };
  }, [desk, traces, from.id, to.id]);
  return (
    <div ref={box} className="network-link-over network-float">
      <LinkForm from={endOf(from)} to={endOf(to)} onDone={onDone} />
    </div>
  );
}
