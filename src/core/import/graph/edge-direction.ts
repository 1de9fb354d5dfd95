import type { Json } from '#shared/domain/json.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { attributeWords } from '../../model/interchange/attribute-words.ts';
import { readYesNo } from '../table/values.ts';
import type { GraphEdge } from './graph.ts';

const plainWords = (list: string): ReadonlySet<string> => new Set(list.split(', ').map(plainHeading));

/** Attributes with yes or no: whether an edge points both ways. */
const mutualNames = plainWords(
  'bidirectional, is bidirectional, bidirected, both ways, both directions, two way, twoway, mutual, reciprocal, beidseitig, bidirektional, beide richtungen, gegenseitig, wechselseitig, bidirezionale, reciproco, bidirectionnel, réciproque, dans les deux sens, bidireccional, recíproco, tweerichting, wederzijds, dwukierunkowy, dwukierunkowa, obousměrný, obousměrná, ömsesidig, dubbelriktad, toveis, tovejs, molemminsuuntainen, çift yönlü, взаимная, двусторонняя, 双方向, 双向',
);
/** Attributes with the direction itself. */
const directionNames = plainWords(
  'direction, directionality, arrows, arrow, richtung, direzione, sens, dirección, direção, richting, kierunek, směr, riktning, retning, suunta, yön, направление, 方向, type, edge type, link type',
);
const mutualValues = new Set([
  ...mutualNames,
  ...plainWords(
    'both, two ways, bi, beide, beides, in beide richtungen, hin und zurück, entrambi, entrambe, ambedue, les deux, ambos, ambas, in entrambe le direzioni, en ambos sentidos, beide kanten, oba, obie, obě, båda, begge, molemmat, her iki, iki yönlü, обе, в обе стороны',
  ),
]);
const yesWords = plainWords('si, sì, sí, oui, sim, tak, ano, da, evet, kyllä, да, はい, 是');

const mutualSign = /^\s*(?:<-+>|<=+>|↔|⇄|⇔|⇌|⟷)\s*$/u;

export interface EdgeDirection {
  isMutual: boolean;
  /** Whether the arrow is at the source. */
  isReversed: boolean;
  /** The attribute that tells it, which is no field then. */
  attribute: string | null;
}

/** Finds the direction of edges, from their arrows or an attribute. */
export class EdgeDirections {
  readonly #words = new Map<string, string>();

  directionOf({ isMutual = false, attributes }: GraphEdge): EdgeDirection {
    for (const [name, value] of attributes) {
      const words = this.#wordsOf(name);
      const answer = mutualNames.has(words) ? saysYes(value) : null;
      if (answer !== null) return { isMutual: isMutual || answer, isReversed: false, attribute: name };
      if (!directionNames.has(words) || typeof value !== 'string') continue;
      if (mutualValues.has(plainHeading(value)) || mutualSign.test(value))
        return { isMutual: true, isReversed: false, attribute: name };
      // vis.js: "to", "from" or both.
      const arrows = words === 'arrows' ? plainHeading(value).split(' ') : [];
      if (arrows.includes('from'))
        return { isMutual: arrows.includes('to'), isReversed: !arrows.includes('to'), attribute: name };
    }
    return { isMutual, isReversed: false, attribute: null };
  }

  #wordsOf(name: string): string {
    const words = this.#words.get(name) ?? attributeWords(name);
    if (this.#words.size < maxNames) this.#words.set(name, words);
    return words;
  }
}

const maxNames = 2000;

/** Null for a value that is neither yes nor no. */
function saysYes(value: Json): boolean | null {
  if (typeof value === 'object') return null;
  const answer = readYesNo(value);
  if (answer !== null || typeof value !== 'string') return answer;
  const words = plainHeading(value);
  return yesWords.has(words) || mutualValues.has(words) ? true : null;
}
