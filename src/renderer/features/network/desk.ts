import type { Director } from './Director.ts';
import type { Gestures } from './stage/Gestures.ts';
import type { Stage } from './stage/Stage.ts';

/** What works on one picture, while it is there. */
export interface Desk {
  stage: Stage;
  director: Director;
  gestures: Gestures;
}
