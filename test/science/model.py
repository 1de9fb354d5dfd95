"""The knowledge-flow model, written from its specification alone to check the TypeScript implementation.

Reads organisations.json and writes expected.json. Needs only the standard library.
"""

import json
from math import comb, floor, fsum, prod
from pathlib import Path

OTHER, TEAM, PERSON, LEFT = range(4)
NOBODY = 2**32 - 1

UNKNOWN_LOSS = 32.5
LONGEST_PATH = 3
SMALLEST_VALUE = 1e-12
WEAK_LOSS = 35
REPAIRED = 0.85
SMALL_TEAM = 4
SIGNIFICANCE = 0.025


def pair_of(link):
    """Both ends of a link in a fixed order, because direction does not matter."""
    return tuple(sorted((link["from"], link["to"])))


def strength(link):
    loss = UNKNOWN_LOSS if link["loss"] is None else link["loss"]
    return 1 - min(max(loss, 0), 100) / 100


class Organisation:
    def __init__(self, data):
        self.kinds = data["kinds"]
        self.importance = data["importance"]
        self.rows = data["members"]
        self.links = data["links"]
        self.rows_of = {}
        for row in self.rows:
            self.rows_of.setdefault(row["team"], []).append(row)
        self.priority = self.find_priorities()
        self.now = [self.passes(link) for link in self.links]
        self.total = self.reach(self.now)

    def nodes_of(self, *kinds):
        return [node for node, kind in enumerate(self.kinds) if kind in kinds]

    def find_priorities(self):
        """p of each pair: the largest importance other than 1 among the links that join the pair."""
        priority = {}
        for link in self.links:
            if link["importance"] != 1:
                pair = pair_of(link)
                priority[pair] = max(priority.get(pair, 0), link["importance"])
        return priority

    def is_there(self, node, away):
        return node != NOBODY and self.kinds[node] != LEFT and node not in away

    def share(self, node, away):
        """The share of a link's end that is there."""
        if self.kinds[node] in (PERSON, LEFT):
            return 1 if self.is_there(node, away) else 0
        if node in away:
            return 0
        rows = self.rows_of.get(node, []) if self.kinds[node] == TEAM else []
        if not rows:
            return 1
        there = sum(row["weight"] for row in rows if self.is_there(row["node"], away))
        return there / sum(row["weight"] for row in rows)

    def present(self, link, away):
        bearers = link["bearers"]
        if bearers:
            return sum(self.is_there(bearer, away) for bearer in bearers) / len(bearers)
        return self.share(link["from"], away) * self.share(link["to"], away)

    def passes(self, link, away=frozenset()):
        """What passes over a link when the people and teams in `away` are not there."""
        documented = link["documented"]
        return strength(link) * (documented + (1 - documented) * self.present(link, away))

    def holds_knowledge(self, node):
        return self.kinds[node] != OTHER

    def reach(self, passing, added=()):
        """Total reach when link i passes passing[i]; `added` lists further links as (pair, passes)."""
        direct = {}
        edges = [(pair_of(link), value) for link, value in zip(self.links, passing)]
        for (a, b), value in [*edges, *added]:
            if a != b and value > 0:
                for start, end in ((a, b), (b, a)):
                    ends = direct.setdefault(start, {})
                    ends[end] = max(ends.get(end, 0), value)
        terms = []
        for source in direct:
            if not self.holds_knowledge(source):
                continue
            for target, best in self.best_paths(source, direct).items():
                importance = self.importance[source] * self.importance[target]
                pair = (min(source, target), max(source, target))
                terms.append(importance * self.priority.get(pair, 1) * best)
        return fsum(terms)

    def best_paths(self, source, direct):
        """The largest product over paths of at most three links, by target."""
        best = {}
        frontier = {source: 1.0}
        for _ in range(LONGEST_PATH):
            following = {}
            for node, product in frontier.items():
                if not self.holds_knowledge(node):
                    continue
                for end, value in direct[node].items():
                    if end != source:
                        following[end] = max(following.get(end, 0), product * value)
            for end, product in following.items():
                best[end] = max(best.get(end, 0), product)
            frontier = following
        return best

    def lost(self, passing):
        return 1 - self.reach(passing) / self.total

    def lost_without(self, away):
        return self.lost([self.passes(link, away) for link in self.links])

    def lost_between(self, pair, passes):
        """The loss when `passes` says what each link between one pair of nodes passes."""
        return self.lost(
            [
                passes(link) if pair_of(link) == pair else value
                for link, value in zip(self.links, self.now)
            ]
        )

    # Leavers

    def find_leavers(self):
        return [([node], self.lost_without(self.away_with(node))) for node in self.nodes_of(TEAM, PERSON)]

    def away_with(self, node):
        """Everybody who is away when a node leaves: a team takes its members along."""
        return {node, *(row["node"] for row in self.rows_of.get(node, []))}

    # Links

    def find_undocumented(self):
        """Values of the undocumented links; links between the same two nodes fall back together."""

        def is_undocumented(link):
            return link["documented"] < 0.5

        def written_part(link):
            return strength(link) * link["documented"] if is_undocumented(link) else self.passes(link)

        return [
            (place, self.lost_between(pair_of(link), written_part))
            for place, link in enumerate(self.links)
            if is_undocumented(link) and self.now[place] > 0
        ]

    def find_weak(self):
        items = []
        for place, link in enumerate(self.links):
            if link["loss"] is None or link["loss"] < WEAK_LOSS or self.now[place] <= 0:
                continue
            added = (pair_of(link), self.now[place] / strength(link) * REPAIRED)
            items.append((place, self.reach(self.now, [added]) / self.total - 1))
        return items

    def find_degrading(self):
        leaving = {row["node"] for row in self.rows if row["terms"] is not None and row["terms"] <= 1}
        return [
            (place, self.lost_between(pair_of(link), lambda one: self.passes(one, leaving)))
            for place, link in enumerate(self.links)
            if self.alarms(link, leaving)
        ]

    def alarms(self, link, leaving):
        if link["bearers"]:
            bearers = [bearer for bearer in link["bearers"] if bearer != NOBODY and self.kinds[bearer] != LEFT]
            count = sum(bearer in leaving for bearer in bearers)
            return count >= 1 and count * 2 >= len(bearers)
        return any(self.end_alarms(link[end], leaving) for end in ("from", "to"))

    def end_alarms(self, node, leaving):
        if self.kinds[node] == PERSON:
            return node in leaving
        if self.kinds[node] != TEAM:
            return False
        rows = self.rows_of.get(node, [])
        if len(rows) < SMALL_TEAM:
            return len(rows) > 0 and all(row["node"] in leaving for row in rows)
        return self.chance(node, 1) <= SIGNIFICANCE

    # Cohorts

    def stay(self):
        """How many terms a student stays in the programme."""
        terms = [row["terms"] for row in self.rows if row["terms"] is not None]
        if not terms:
            return 4
        return min(24, max(2, floor(2 * sum(terms) / len(terms) - 1 + 0.5)))

    def chance(self, team, within):
        """The chance that so many members or more leave within some terms if they had started evenly spread."""
        terms = [row["terms"] for row in self.rows_of.get(team, []) if row["terms"] is not None]
        stay = self.stay()
        if len(terms) < SMALL_TEAM or within >= stay:
            return 1
        count = len(terms)
        early = sum(value <= within for value in terms)
        p = within / stay
        return fsum(
            comb(count, k) * prod([p] * k) * prod([1 - p] * (count - k)) for k in range(early, count + 1)
        )

    def standing_out(self, team):
        """The number of terms, 1 or 2, within which a team stands out; None if it does not."""
        within = min((1, 2), key=lambda terms: self.chance(team, terms))
        return within if self.chance(team, within) <= SIGNIFICANCE else None

    def find_cohorts(self):
        items = []
        for team in self.nodes_of(TEAM):
            within = self.standing_out(team)
            if within is not None:
                rows = [row for row in self.rows_of[team] if row["terms"] is not None]
                away = {row["node"] for row in rows if row["terms"] <= within}
                items.append(([team], self.lost_without(away)))
        return items

    def answer(self):
        questions = {
            "leavers": self.find_leavers,
            "degrading": self.find_degrading,
            "weak": self.find_weak,
            "undocumented": self.find_undocumented,
            "cohorts": self.find_cohorts,
        }
        answers = {}
        for question, find in questions.items():
            items = [] if self.total == 0 else [item for item in find() if item[1] > SMALLEST_VALUE]
            items.sort(key=lambda item: -item[1])
            answers[question] = [{"subject": subject, "value": rounded(value)} for subject, value in items]
        return {"reach": rounded(self.total), **answers}


def rounded(value):
    """Twelve significant digits."""
    return float(f"{value:.12g}")


def main():
    folder = Path(__file__).parent
    organisations = json.loads((folder / "organisations.json").read_text())
    answers = [Organisation(data).answer() for data in organisations]
    (folder / "expected.json").write_text(json.dumps(answers, indent=1) + "\n")


if __name__ == "__main__":
    main()
