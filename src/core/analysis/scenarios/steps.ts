/** A step of a scenario; nodes and links are indexes of the organisation. */
export type Step =
  /** People and teams leave without replacement; the documented share of their links stays. Other records lose all links. */
  | { do: 'remove'; nodes: readonly number[] }
  | { do: 'cut'; link: number }
  /** `documented` is the documented share, 0 to 1. The step never lowers the documented share or the strength. */
  | { do: 'strengthen'; link: number; loss: number; documented: number }
  | { do: 'document'; link: number; documented: number }
  | { do: 'link'; from: number; to: number; loss: number; documented: number }
  /** A member with full knowledge. `terms` is infinite for a member who stays longer than any scenario. */
  | { do: 'mentor'; team: number; terms: number }
  /** New members with half the knowledge in their first term. */
  | { do: 'recruit'; team: number; count: number };
