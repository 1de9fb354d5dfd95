import { describe, expect, test } from 'vitest';
import { makeWorld } from '#scripts/science/outcomes/world/agent-world.ts';
import type { AgentWorld, Truth } from '#scripts/science/outcomes/world/agent-world.ts';
import type { WorldKind } from '#scripts/science/outcomes/world/organisation.ts';

const kinds = ['neighbours', 'brokers'] as const;
const seeds = [1];
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const worlds = new Map<string, { world: AgentWorld; truth: Truth }>();

/** A world with its truth, which takes seconds. Tests that share it do not change it. */
function measuredWorld(kind: WorldKind, seed: number): { world: AgentWorld; truth: Truth } {
  const known = worlds.get(`${kind} ${seed}`);
  if (known !== undefined) return known;
  const world = makeWorld(kind, seed);
  const measured = { world, truth: world.truth() };
  worlds.set(`${kind} ${seed}`, measured);
  return measured;
}

describe('the agent world', () => {
  test.for(kinds)('has the size that is promised, and meets a plausible share of needs: %s', (kind) => {
    for (const seed of [1, 2, 3]) {
      const world = makeWorld(kind, seed);
      expect(world.people.length).toBeGreaterThanOrEqual(60);
      expect(world.people.length).toBeLessThanOrEqual(90);
      expect(world.metShare).toBeGreaterThan(0.3);
      expect(world.metShare).toBeLessThan(0.72);
    }
  });

  test.for(kinds)('is the same for the same seed: %s', (kind) => {
    const [first, second, other] = [makeWorld(kind, 7), makeWorld(kind, 7), makeWorld(kind, 8)];
    const lossesOf = (world: AgentWorld) => [
      ...[0, 20, 40].map((person) => world.lossWithout([person])),
      ...[0, 5, 11].map((team) => world.lossWithout(world.membersOf(team))),
    ];
    expect(lossesOf(second)).toEqual(lossesOf(first));
    expect(lossesOf(other)).not.toEqual(lossesOf(first));
    // Measuring leaves no trace: the same question has the same answer later.
    expect(lossesOf(first)).toEqual(lossesOf(second));
    for (const recording of ['full', 'half', 'few-bearers'] as const)
      expect(second.record(recording)).toEqual(first.record(recording));
  });

  test.for(kinds)(
    'loses nothing if nobody leaves, and with them a person without knowledge and ties: %s',
    (kind) => {
      const world = makeWorld(kind, 1);
      const { structure, state, people } = world;
      const place = people[10] as number;
      for (let topic = 0; topic < structure.topics; topic++) {
        state.level[place * structure.topics + topic] = 0;
        state.target[place * structure.topics + topic] = 0;
      }
      for (let other = 0; other < structure.places; other++)
        for (const cell of [place * structure.places + other, other * structure.places + place])
          state.tie[cell] = state.habit[cell] = 0;
      state.outgoing[place] = 0;
      state.tenure[place] = 5;
      expect(world.lossWithout([])).toBe(0);
      expect(Math.abs(world.lossWithout([10]))).toBeLessThan(0.0005);
    },
  );

  test.for(kinds)(
    'loses more with a team that alone knows what others need than with one nobody needs: %s',
    (kind) => {
      for (const seed of seeds) {
        const world = makeWorld(kind, seed);
        const { structure, state } = world;
        const relatedTeams = (team: number) =>
          structure.relations.filter(({ first, second }) => first === team || second === team).length;
        const teams = [...structure.demand.keys()].sort(
          (left, right) => relatedTeams(right) - relatedTeams(left),
        );
        const needed = teams[0] as number;
        const unneeded = teams.at(-1) as number;
        structure.demand[needed] = 20;
        structure.demand[unneeded] = 1e-6;
        for (let topic = 0; topic < structure.topics; topic++) {
          if (structure.homes[topic] !== needed) continue;
          state.documents[topic] = 0;
          for (let place = 0; place < structure.places; place++)
            if (structure.teamOf[place] !== needed) state.level[place * structure.topics + topic] = 0;
        }
        const neededLoss = world.lossWithout(world.membersOf(needed));
        expect(neededLoss).toBeGreaterThan(0.02);
        expect(neededLoss).toBeGreaterThan(2 * world.lossWithout(world.membersOf(unneeded)));
      }
    },
  );

  test.for(kinds)('loses less where the leaver wrote a handover: %s', (kind) => {
    const { world, truth } = measuredWorld(kind, 1);
    const worst = [...truth.people.keys()]
      .sort((left, right) => (truth.people[right] as number) - (truth.people[left] as number))
      .slice(0, 8);
    const documented = worst.map((leaver) => world.lossWithout([leaver], [{ kind: 'document', leaver }]));
    const lower = worst.filter(
      (leaver, row) => (documented[row] as number) < (truth.people[leaver] as number),
    );
    expect(lower.length).toBeGreaterThanOrEqual(7);
    expect(mean(documented)).toBeLessThan(mean(worst.map((leaver) => truth.people[leaver] as number)));
  });

  test.for(kinds)('knows the truth reliably, and losses are skewed: %s', (kind) => {
    for (const seed of seeds) {
      const { truth } = measuredWorld(kind, seed);
      expect(truth.reliability.people).toBeGreaterThanOrEqual(0.9);
      expect(truth.reliability.teams).toBeGreaterThanOrEqual(0.9);
      const sorted = [...truth.people].sort((left, right) => left - right);
      expect(mean(sorted)).toBeGreaterThan(sorted[Math.floor(sorted.length / 2)] as number);
    }
  });
});

describe('a recording of the agent world', () => {
  const world = makeWorld('neighbours', 3);
  const [full, half, few] = (['full', 'half', 'few-bearers'] as const).map((name) => world.record(name));

  test('says what a team lead could say', () => {
    for (const { loss, documented } of [...full!.links, ...half!.links]) {
      expect(loss % 5).toBe(0);
      expect(loss).toBeGreaterThanOrEqual(5);
      expect(documented).toBeGreaterThanOrEqual(0);
      expect(documented).toBeLessThanOrEqual(1);
    }
    for (const { from, to, count } of full!.contacts) {
      expect(from).not.toBe(to);
      expect(Number.isInteger(count) && count > 0).toBe(true);
    }
  });

  test('names bearers who belong to one of the two teams', () => {
    for (const { from, to, bearers } of full!.links)
      for (const bearer of bearers) expect([from, to]).toContain(full!.people[bearer]!.team);
  });

  test('has one lead a team and the people of each team', () => {
    for (const [team, { size }] of full!.teams.entries()) {
      const members = full!.people.filter((person) => person.team === team);
      expect(members).toHaveLength(size);
      expect(members.filter(({ isLead }) => isLead)).toHaveLength(1);
    }
  });

  test('leaves out half of the links and most bearers, or most bearers only', () => {
    const bearers = (links: { bearers: number[] }[]) => mean(links.map((link) => link.bearers.length));
    expect(half!.links).toHaveLength(Math.round(full!.links.length / 2));
    expect(few!.links).toHaveLength(full!.links.length);
    expect(bearers(half!.links)).toBeLessThan(0.75 * bearers(full!.links));
    expect(bearers(few!.links)).toBeLessThan(0.6 * bearers(full!.links));
  });
});
