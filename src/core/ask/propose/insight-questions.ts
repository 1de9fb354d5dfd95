import type { Question } from '#shared/contract/analysis.ts';

/** Beginnings of words. A question matches if each group matches a different word; words of `fillers` can occur in addition. */
interface Pattern {
  question: Question;
  groups: readonly string[];
  fillers: string;
}

const personWords =
  'who whose wer wessen person people team teams us uns would wurde if wenn we wir die your';
const linkWords = 'link connection interface verbindung schnittstelle';

const patterns: readonly Pattern[] = [
  {
    question: 'leavers',
    groups: [
      'leav depart loss losing lose weggang verlass verlust geht gehen ausscheid abgang',
      'hurt cost damage matter worst critical schmerz schad trifft treffen schlimm kritisch',
    ],
    fillers: `${personWords} most more am meisten main the sind`,
  },
  { question: 'leavers', groups: ['single', 'point', 'failure'], fillers: `${personWords} of` },
  {
    question: 'degrading',
    groups: [linkWords, 'weaken weaker degrad worse schwacher verschlechter nachlass'],
    fillers: 'become becoming get this term semester soon will werden dieses bald going',
  },
  {
    question: 'weak',
    groups: [linkWords, 'strengthen improve starken verstark verbesser'],
    fillers:
      'weak schwach should sollte sollen first zuerst worth it lohnt sich most am meisten gain would wurde',
  },
  {
    question: 'undocumented',
    groups: ['undocumented undokumentiert'],
    fillers: `${linkWords} knowledge wissen remains`,
  },
  {
    question: 'undocumented',
    groups: [
      'knowledge what wissen was',
      'not nicht nowhere nirgend only nur',
      'written document dokumentiert aufgeschrieben niedergeschrieben head kopf kopfe',
    ],
    fillers: 'down people peoples in den',
  },
  {
    question: 'cohorts',
    groups: [
      'team',
      'lose losing verlier leav verlass',
      'many several member viele mehrere mitglied once gleichzeitig together',
    ],
    fillers:
      'at auf einmal too zu many viele members mitglieder once this term dieses semester their ihre people leute gleichzeitig zusammen together',
  },
  {
    question: 'leaving',
    groups: ['what was', 'lose losing lost verlier', 'term semester soon bald'],
    fillers: `${personWords} do by until end bis ende this next dieses diesem nachsten nachstes with mit the of des`,
  },
  {
    question: 'leaving',
    groups: ['what was', 'do tun', 'term semester now jetzt'],
    fillers: `${personWords} should must sollen sollten mussen can konnen this next in dieses diesem first zuerst about to`,
  },
  {
    question: 'expertise',
    groups: [
      'only single just nur einzig allein',
      'one eine einer person people expert alone',
      'know expert area weiss kennt kann gebiet',
    ],
    fillers: 'person people one has have does knows expertise area areas alone eine person wissen',
  },
  {
    question: 'changes',
    groups: ['change new geandert anderung neu', 'since seit last letzt'],
    fillers: 'term semester last letzt hat sich has have the dem lately things alles',
  },
];

const hasBeginning = (word: string, beginnings: string): boolean =>
  beginnings
    .split(' ')
    .some((beginning) => (beginning.length < 4 ? word === beginning : word.startsWith(beginning)));

/** The answer of Insights that the words ask for, and the unexplained words. Null if none matches. */
export function findInsight(words: readonly string[]): { question: Question; unexplained: string[] } | null {
  for (const { question, groups, fillers } of patterns) {
    const usedIndexes = new Set<number>();
    const isMatch = groups.every((group) => {
      const wordIndex = words.findIndex(
        (word, index) => !usedIndexes.has(index) && hasBeginning(word, group),
      );
      if (wordIndex !== -1) usedIndexes.add(wordIndex);
      return wordIndex !== -1;
    });
    if (!isMatch) continue;
    return {
      question,
      unexplained: words.filter((word, index) => !usedIndexes.has(index) && !hasBeginning(word, fillers)),
    };
  }
  return null;
}
