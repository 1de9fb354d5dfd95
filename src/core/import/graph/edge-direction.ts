import type { Json } from '#shared/domain/json.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { attributeWords } from '../../model/interchange/attribute-words.ts';
import { cachedIn } from '../cached.ts';
import { parseDirection } from '../direction.ts';
import type { Direction } from '../direction.ts';
import { readYesNo } from '../table/values.ts';
import type { GraphEdge } from './graph.ts';

const plainWords = (list: string): ReadonlySet<string> => new Set(list.split(', ').map(plainHeading));

/** Attributes with the direction itself. */
const directionNames = plainWords(
  'direction, directionality, arrows, arrow, richtung, direzione, sens, dirección, direção, richting, kierunek, směr, riktning, retning, suunta, yön, направление, 方向, type, edge type, link type',
);

export interface EdgeDirection {
  isMutual: boolean;
  /** Whether the arrow is at the source. */
  isReversed: boolean;
  /** The attribute that tells it, which is no field then. */
  attribute: string | null;
}

/** Finds the direction of edges, from their arrows or an attribute. */
export class EdgeDirections {
  readonly #meanings = new Map<string, Meaning>();

  directionOf({ isMutual = false, attributes }: GraphEdge): EdgeDirection {
    for (const [name, value] of attributes) {
      const meaning = this.#meaningOf(name);
      const answer = meaning === 'mutual' ? statesBothWays(value) : null;
      if (answer !== null) return { isMutual: isMutual || answer, isReversed: false, attribute: name };
      if (meaning !== 'direction' || typeof value !== 'string') continue;
      const direction = parseArrows(value) ?? parseDirection(value);
      if (direction === 'both' || direction === 'backward')
        return { isMutual: direction === 'both', isReversed: direction === 'backward', attribute: name };
    }
    return { isMutual, isReversed: false, attribute: null };
  }

  #meaningOf(name: string): Meaning {
    return cachedIn(this.#meanings, name, () => {
      const words = attributeWords(name);
      if (parseDirection(words) === 'both') return 'mutual';
      return directionNames.has(words) ? 'direction' : 'other';
    });
  }
}

/** What an attribute tells: whether an edge goes both ways, its direction, or neither. */
type Meaning = 'mutual' | 'direction' | 'other';

/** The direction of vis.js: "to", "from" or both. */
function parseArrows(value: string): Direction | null {
  const ends = plainHeading(value).split(' ');
  if (!ends.every((end) => ['to', 'from', 'middle'].includes(end)) || !ends.includes('from')) return null;
  return ends.includes('to') ? 'both' : 'backward';
}

/** Null for a value that is neither yes nor no. */
function statesBothWays(value: Json): boolean | null {
  if (typeof value === 'object') return null;
  return readYesNo(value) ?? (parseDirection(value) === 'both' ? true : null);
}
