import type { KeyboardEvent } from 'react';
import { matches } from '../../../commands/keys.ts';
import type { Desk } from '../desk.ts';
import { gather } from '../state.ts';
import type { NetworkStore } from '../state.ts';
import { nearest, nextNeighbour, towards } from './walk.ts';
import type { Direction } from './walk.ts';

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const pans: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [-80, 0],
  right: [80, 0],
  up: [0, -80],
  down: [0, 80],
};

/** Where one came from when going around the neighbours of a node. */
export interface Round {
  middle: string;
  last: string | null;
}

interface Walk {
  desk: Desk;
  store: NetworkStore;
  round: { current: Round | null };
  /** The keyboard has come to a node; null says that there is none that way. */
  onCursor: (id: string | null) => void;
  run: (command: string) => boolean;
}

/** The node in the middle of the window, to begin at. */
function first({ desk }: Walk): string | null {
  const { x, y } = desk.stage.eye.viewport();
  return nearest({ x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 }, desk.director.points);
}

function step(walk: Walk, direction: Direction): void {
  const { cursor } = walk.store.getState();
  walk.round.current = null;
  walk.onCursor(cursor === null ? first(walk) : towards(cursor, direction, walk.desk.director.points));
}

function around(walk: Walk, back: boolean): void {
  const { cursor } = walk.store.getState();
  if (cursor === null) {
    walk.onCursor(first(walk));
    return;
  }
  const { director } = walk.desk;
  const round = walk.round.current;
  // On a neighbour that one came to this way: on to the next one of the same middle.
  const going = round !== null && round.last === cursor;
  const middle = going ? round.middle : cursor;
  const next = nextNeighbour(
    middle,
    going ? cursor : null,
    director.neighbours.get(middle) ?? [],
    director.points,
    back,
  );
  walk.round.current = next === null ? null : { middle, last: next };
  walk.onCursor(next);
}

const commands: Readonly<Record<string, string>> = {
  '+': 'network.zoomIn',
  '=': 'network.zoomIn',
  '-': 'network.zoomOut',
  '0': 'network.fit',
  l: 'network.link',
  k: 'network.lasso',
  Enter: 'network.open',
  Delete: 'network.delete',
  Escape: 'network.clear',
};

/** What keys do on the picture. True when the key was used. */
export function onCanvasKey(event: KeyboardEvent, walk: Walk): boolean {
  const direction = arrows[event.key];
  if (direction && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (event.shiftKey) walk.desk.stage.eye.panBy(...pans[direction]);
    else step(walk, direction);
    return true;
  }
  if (event.key === 'PageDown' || event.key === 'PageUp') {
    around(walk, event.key === 'PageUp');
    return true;
  }
  if (event.key === 'Home') {
    const most = [...walk.desk.director.model.nodes.values()].toSorted((a, b) => b.links - a.links)[0];
    walk.onCursor(most?.id ?? null);
    return true;
  }
  if (event.key === ' ') {
    const { cursor } = walk.store.getState();
    if (cursor !== null) gather(walk.store, cursor);
    return true;
  }
  if (matches('mod+A', event)) return walk.run('network.selectAll');
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const command = commands[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  return command !== undefined && walk.run(command);
}
