import { useEffect, useState } from 'react';
import { ForceRun } from '../../../network/layout/ForceRun.ts';
import { placed } from '../../../network/layout/places.ts';
import type { Points } from '../../../network/layout/places.ts';
import type { Model } from '../../../network/model/model.ts';
import { neighboursOf } from '../../../network/model/neighbours.ts';
import { report } from '../../../../ui/notices.tsx';
import type { Picture } from './model.ts';

/** The picture as forces know networks: nothing has been put anywhere by hand. */
function modelOf({ nodes, links }: Picture): Model {
  const node = { university: null, links: 0, saved: null, values: {} };
  const edge = { bond: null, loss: null };
  return {
    nodes: new Map(nodes.map(({ id, type, title }) => [id, { ...node, id, type, title }])),
    edges: new Map(links.map(({ id, kind, from, to }) => [id, { ...edge, id, kind, from, to }])),
    titles: new Map(),
    matched: nodes.length,
  };
}

/** Where everything stands once the forces are at rest; null before. The same picture stands the same way each time. */
export function useForces(picture: Picture | null): Points | null {
  const [settled, setSettled] = useState<{ picture: Picture; points: Points } | null>(null);
  useEffect(() => {
    if (!picture || picture.nodes.length === 0) return undefined;
    const model = modelOf(picture);
    const start = placed(model, new Map(), neighboursOf(model));
    const run = new ForceRun(model, start, 'end', {
      onState: (points, _, done) => {
        if (done) setSettled({ picture, points });
      },
      onFailure: (error) => {
        report(error);
        setSettled({ picture, points: start });
      },
    });
    return () => run.stop();
  }, [picture]);
  return settled?.picture === picture ? settled.points : null;
}
