import { useEffect, useState } from 'react';
import { LinkForm } from '../records/linking/LinkForm.tsx';
import type { NetNode } from './model/model.ts';
import styles from './network.module.css';
import type { Traces } from './stage/Gestures.ts';
import type { Scene } from './stage/useScene.ts';

interface Props {
  /** Null without WebGL. */
  scene: Scene | null;
  traces: Traces;
  from: NetNode;
  to: NetNode;
  onDone: (created: string | null) => void;
}

const endOf = (node: NetNode) => ({ ...node, university_id: node.university });

/** The form of a new link, at the side of the network where its target is not, with a line between the two records. */
export function LinkOver({ scene, traces, from, to, onDone }: Props) {
  const [side] = useState(() => {
    const width = scene?.stage.sigma.getDimensions().width ?? 0;
    return (scene?.stage.placeOf(to.id)?.x ?? 0) < width / 2 ? 'right' : 'left';
  });
  useEffect(() => {
    if (!scene) return undefined;
    const { stage } = scene;
    const draw = (): void => traces.link(stage.placeOf(from.id), stage.placeOf(to.id), true);
    draw();
    stage.sigma.on('afterRender', draw);
    return () => {
      stage.sigma.off('afterRender', draw);
      traces.link(null, null, false);
    };
  }, [scene, traces, from.id, to.id]);
  return (
    <div className={`${styles.linkForm} ${styles.float}`} data-side={side}>
      <LinkForm from={endOf(from)} to={endOf(to)} onDone={onDone} />
    </div>
  );
}
