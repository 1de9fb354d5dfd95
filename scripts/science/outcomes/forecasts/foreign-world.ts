import { seededRandom } from '#core/analysis/graph/random.ts';
import type { SampleRecord } from '#core/sample/fill.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ForeignRules } from './foreign-rules.ts';

/** What the members of the world enter into FRAMES. */
export interface Recorder {
  create(record: SampleRecord): Promise<void>;
  change(type: 'student' | 'interface', id: string, data: Record<string, Json>): Promise<void>;
  remove(type: 'interface', id: string): Promise<void>;
}

interface Person {
  id: string;
  team: number;
  /** Terms that the person really has left, and those in the records. */
  terms: number;
  recordedTerms: number;
  isThere: boolean;
  isRecorded: boolean;
}

interface Link {
  id: string;
  from: number;
  to: number;
  loss: number;
  bearer: Person | null;
}

const bonds = [
  { bond_type: 'codified-strong', loss: 10 },
  { bond_type: 'institutional-weak', loss: 35 },
  { bond_type: 'fragile-temporary', loss: 60 },
] as const;

const [leastLoss, mostLoss] = [5, 90];

/** A network of teams whose people and links change by rules of its own, not by those of the simulation. */
export class ForeignWorld {
  readonly #rules: ForeignRules;
  readonly #random: () => number;
  readonly #isIntakeOdd: boolean;
  readonly #people: Person[] = [];
  #links: Link[] = [];
  #openPlaces: number[] = [];
  #linkCount = 0;
  /** Entries that wait until the next term. */
  #lateEntries: ((recorder: Recorder) => Promise<void>)[] = [];

  constructor(rules: ForeignRules, seed: number) {
    this.#random = seededRandom(seed);
    this.#rules = this.#vary(rules);
    this.#isIntakeOdd = this.#happens(0.5);
    const { teams, size, stay, isStar } = this.#rules;
    for (let team = 0; team < teams; team++) {
      const members = Math.max(2, size + this.#between(-2, 2));
      for (let member = 0; member < members; member++)
        this.#addPerson(team, this.#between(1, stay[1])).isRecorded = true;
    }
    for (let team = 1; team < teams; team++) this.#addLink(isStar ? 0 : this.#below(team), team);
    if (!isStar) for (let extra = 0; extra < teams; extra++) this.#addRandomLink();
  }

  /** The records of the start. */
  get records(): SampleRecord[] {
    const teams = Array.from({ length: this.#rules.teams }, (_, team): SampleRecord => ({
      type: 'team',
      id: teamId(team),
      payload: { name: `Team ${team}`, university_id: 'university' },
    }));
    return [
      { type: 'university', id: 'university', payload: { name: 'University' } },
      ...teams,
      ...this.#people.map(studentRecord),
      ...this.#links.map(linkRecord),
    ];
  }

  /** What changes during a term: late entries, links, and teams of members. */
  async duringTerm(recorder: Recorder): Promise<void> {
    const { move, decay, mend, newLinks, reorganise, teams } = this.#rules;
    const lateEntries = this.#lateEntries;
    this.#lateEntries = [];
    for (const enter of lateEntries) await enter(recorder);
    for (const person of this.#people)
      if (person.isThere && person.isRecorded && this.#happens(move)) {
        person.team = this.#below(teams);
        await recorder.change('student', person.id, { team_id: teamId(person.team) });
      }
    for (const link of this.#links) {
      const change = (this.#happens(decay) ? 1 : 0) - (this.#happens(mend) ? 1 : 0);
      if (change === 0) continue;
      link.loss = Math.min(mostLoss, Math.max(leastLoss, link.loss + change * this.#between(10, 25)));
      await recorder.change('interface', link.id, { energy_loss: link.loss });
    }
    let newCount = 0;
    for (let team = 0; team < teams; team++) if (this.#happens(newLinks)) newCount += 1;
    if (this.#happens(reorganise)) {
      const ending = this.#links.filter(() => this.#happens(1 / 3));
      this.#links = this.#links.filter((link) => !ending.includes(link));
      for (const { id } of ending) await recorder.remove('interface', id);
      newCount += ending.length;
    }
    for (let link = 0; link < newCount; link++) {
      const added = this.#addRandomLink();
      if (added) await recorder.create(linkRecord(added));
    }
  }

  /** Before the term passes in the records: who stays on is entered, and who leaves early. */
  async endTerm(recorder: Recorder): Promise<void> {
    const { extend, early, burst, burstShare, follow, teams } = this.#rules;
    const leavers = new Set<Person>();
    const present = this.#people.filter(({ isThere }) => isThere);
    for (let team = 0; team < teams; team++)
      if (this.#happens(burst))
        for (const person of present)
          if (person.team === team && this.#happens(burstShare)) leavers.add(person);
    for (const person of present) {
      person.terms -= 1;
      if (person.terms <= 0 && this.#happens(extend)) person.terms = this.#between(1, 2);
      if (person.terms <= 0 || this.#happens(early)) leavers.add(person);
    }
    const firstLeavers = [...leavers];
    for (const leaver of firstLeavers) {
      if (!this.#happens(follow)) continue;
      const colleagues = present.filter((other) => other.team === leaver.team && !leavers.has(other));
      const colleague = colleagues[this.#below(colleagues.length)];
      if (colleague) leavers.add(colleague);
    }
    for (const person of present) {
      if (leavers.has(person)) await this.#leave(recorder, person);
      else if (person.isRecorded && person.recordedTerms <= 1) {
        person.recordedTerms = person.terms + 1;
        await recorder.change('student', person.id, { terms_remaining: person.recordedTerms });
      }
      person.recordedTerms -= 1;
    }
  }

  /** After the term has passed: newcomers take open places. */
  async beginTerm(recorder: Recorder, term: number): Promise<void> {
    const { isYearly, refill, stay, late } = this.#rules;
    if (isYearly && (term % 2 === 1) !== this.#isIntakeOdd) return;
    const openPlaces = this.#openPlaces;
    this.#openPlaces = [];
    for (const team of openPlaces) {
      const count = Math.floor(refill) + (this.#happens(refill % 1) ? 1 : 0);
      for (let newcomer = 0; newcomer < count; newcomer++) {
        const person = this.#addPerson(team, this.#between(...stay));
        await this.#enter(recorder, late, async (now) => {
          person.isRecorded = true;
          person.recordedTerms = Math.max(1, person.recordedTerms);
          await now.create(studentRecord(person));
        });
      }
    }
  }

  async #leave(recorder: Recorder, person: Person): Promise<void> {
    const { endWithBearer, late } = this.#rules;
    person.isThere = false;
    this.#openPlaces.push(person.team);
    if (person.isRecorded) {
      // Whose terms are over leaves in the records by itself, unless somebody knows better.
      const isOver = person.recordedTerms <= 1;
      if (!isOver)
        await this.#enter(recorder, late, (now) => now.change('student', person.id, { active: false }));
    } else person.isRecorded = true;
    for (const link of this.#links.filter(({ bearer }) => bearer === person)) {
      if (this.#happens(endWithBearer)) {
        this.#links = this.#links.filter((other) => other !== link);
        await this.#enter(recorder, late, (now) => now.remove('interface', link.id));
        continue;
      }
      link.bearer = this.#memberOf(link.from);
      const bearers = link.bearer ? [link.bearer.id] : [];
      await this.#enter(recorder, late, async (now) => {
        // The link can have ended before a late entry.
        if (this.#links.includes(link)) await now.change('interface', link.id, { bearers });
      });
    }
  }

  #enter(recorder: Recorder, late: number, entry: (recorder: Recorder) => Promise<void>): Promise<void> {
    if (!this.#happens(late)) return entry(recorder);
    this.#lateEntries.push(entry);
    return Promise.resolve();
  }

  /** Worlds of a kind differ: every change happens between never and as often as the rules say, and sizes by half. */
  #vary(rules: ForeignRules): ForeignRules {
    const { teams, size, isStar, stay, isYearly, burstShare, refill, ...chances } = rules;
    const varied = Object.entries(chances).map(([name, chance]) => [name, chance * this.#random()]);
    return {
      ...(Object.fromEntries(varied) as typeof chances),
      teams: Math.round(teams * (0.5 + this.#random())),
      size,
      isStar,
      stay,
      isYearly,
      burstShare,
      refill: 1 + (refill - 1) * this.#random(),
    };
  }

  #addPerson(team: number, terms: number): Person {
    const isWrong = this.#happens(this.#rules.wrongTerms);
    const shift = isWrong ? (this.#happens(0.5) ? 1 : -1) * this.#between(1, 2) : 0;
    const person = {
      id: `student-${this.#people.length}`,
      team,
      terms,
      recordedTerms: Math.max(1, terms + shift),
      isThere: true,
      isRecorded: false,
    };
    this.#people.push(person);
    return person;
  }

  #addRandomLink(): Link | null {
    const { teams } = this.#rules;
    const [from, to] = [this.#below(teams), this.#below(teams)];
    return from === to ? null : this.#addLink(from, to);
  }

  #addLink(from: number, to: number): Link {
    const bond = bonds[this.#below(bonds.length)] as (typeof bonds)[number];
    const loss = Math.min(mostLoss, Math.max(leastLoss, bond.loss + this.#between(-10, 10)));
    const bearer = this.#happens(0.5) ? this.#memberOf(from) : null;
    const link = { id: `interface-${this.#linkCount++}`, from, to, loss, bearer };
    this.#links.push(link);
    return link;
  }

  #memberOf(team: number): Person | null {
    const members = this.#people.filter(
      (person) => person.team === team && person.isThere && person.isRecorded,
    );
    return members[this.#below(members.length)] ?? null;
  }

  #happens = (chance: number): boolean => this.#random() < chance;
  #below = (count: number): number => Math.floor(this.#random() * count);
  #between = (least: number, most: number): number => least + this.#below(most - least + 1);
}

const teamId = (team: number): string => `team-${team}`;

const studentRecord = ({ id, team, recordedTerms }: Person): SampleRecord => ({
  type: 'student',
  id,
  payload: {
    name: id,
    university_id: 'university',
    team_id: teamId(team),
    terms_remaining: recordedTerms,
  },
});

const linkRecord = ({ id, from, to, loss, bearer }: Link): SampleRecord => ({
  type: 'interface',
  id,
  payload: {
    from: teamId(from),
    to: teamId(to),
    interface_type: 'team-to-team',
    bond_type: loss < 35 ? 'codified-strong' : loss < 60 ? 'institutional-weak' : 'fragile-temporary',
    energy_loss: loss,
    documented: loss < 35 ? 60 : 20,
    bearers: bearer ? [bearer.id] : [],
  },
});
