/** A step of a scenario, with nodes and links named by their places in the organisation. */
export type Step =
  /** People and teams leave, and nobody follows them: what is written of their links stays. Of other records all links are cut. */
  | { do: 'remove'; nodes: readonly number[] }
  | { do: 'cut'; link: number }
  /** `documented` is the written share of the link, 0 to 1. Neither it nor the strength is ever lowered. */
  | { do: 'strengthen'; link: number; loss: number; documented: number }
  | { do: 'document'; link: number; documented: number }
  | { do: 'link'; from: number; to: number; loss: number; documented: number }
  /** A member who knows everything. `terms` is infinite for somebody who stays longer than any scenario. */
  | { do: 'mentor'; team: number; terms: number }
  /** New members, who know half in their first term. */
  | { do: 'recruit'; team: number; count: number };
