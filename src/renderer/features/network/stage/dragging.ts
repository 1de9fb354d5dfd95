import { typeNames } from '../../../text/names.ts';
import { tellAllLocked } from '../../../ui/locked.ts';
import type { Director } from '../Director.ts';
import { keepPositions } from '../positions.ts';
import type { Deeds } from './Gestures.ts';

/** What dragging does to the picture. */
export type Moved = Pick<Director, 'drag' | 'drop' | 'written' | 'putBack'>;

/**
 * What dragging nodes does: they are kept where they are dropped, and go back where that fails. Who may not move them hears why as soon
 * as one tries, and nothing moves. `whyNot` says why, null for who may; it is asked each time: who acts may change on the way.
 */
export function draggingOf(
  director: Moved,
  whyNot: () => string | null,
): Pick<Deeds, 'dragging' | 'dropped' | 'undragged'> {
  /** It is told once, however far is dragged. */
  let told = false;
  let moved = false;
  const refuse = (): boolean => {
    const why = whyNot();
    if (why !== null && !told) tellAllLocked(typeNames('position'), why);
    told = why !== null;
    return told;
  };
  const end = (): boolean => {
    const was = moved;
    [told, moved] = [false, false];
    return was;
  };
  return {
    dragging: (places) => {
      if (refuse()) return;
      moved = true;
      director.drag(places);
    },
    undragged: (places) => {
      if (end()) director.putBack(places);
    },
    dropped: (places) => {
      const refused = refuse();
      const was = end();
      if (refused) {
        if (was) director.putBack(places);
        return;
      }
      director.drop(places);
      void keepPositions(places).then((kept) => {
        if (kept) director.written(places);
        else director.putBack(places);
      });
    },
  };
}
