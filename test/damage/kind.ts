import type { Given } from './given.ts';

/** One kind of damage to a workspace's folder, and what must come of it. */
export interface Kind {
  name: string;
  /** Damages a copy: one that was closed well, or one whose program was killed while changes were still in its log. */
  of?: 'closed' | 'killed';
  damage: (folder: string, given: Given) => void;
  /** What the data process says when it is to open it: that it is ready, or why not. Those of the recovery window offer the backup. */
  open:
    | 'ready'
    | 'lost'
    | 'empty'
    | 'foreign'
    | 'damaged'
    | 'strange_log'
    | 'behind'
    | 'newer'
    | 'unreadable';
  /** No backup is offered though the file is lost: there is none that could be. */
  offers?: false | undefined;
  /**
   * Once it is open: everything is there as it was; or reading what is damaged is refused; or it is as the damage made it, and
   * verifying tells. Everything is there unless said.
   */
  holds?: 'all' | 'refused' | 'altered';
  /** Looking settles what was broken off, as it should be. */
  settles?: true;
  /** What `frames verify` finds, and `frames health` names as bad; null where all is well for them. Health does not replay the log. */
  verify: RegExp | null;
  health: string | null;
}
