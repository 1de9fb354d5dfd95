"""Reads who knows the code of a git repository, from the definitions alone: no line of the program is used or followed.

    python3 oracle.py REPOSITORY NOW SEED

NOW is in seconds since 1970. SEED shuffles the commits, whose order must not matter. Prints JSON: for each code file its
authors and those who changed it in the last year, or null if it was imported; the greedy bus factors that some choice among
equals leads to; the smallest bus factor, and how many sets of people have that size.

Definitions. The history of a file is all changes of its path and, transitively, of the paths that it was renamed from. A
rename is a deleted and an added path of equal content in one commit: those of equal base name first, then in the order of
paths. Merges are not read. A deletion is no change of the file.

    DOA = 3.293 + 1.098 FA + 0.164 DL - 0.321 ln(1 + AC)

FA: the person made the earliest addition. DL, AC: changes and renames by the person, and by others. An author has more than
0.75 of the greatest DOA, and at least 3.293. Bots author nothing; their changes count. A file is imported if a commit added
it together with at least 30 code files in all, and nothing but renames came later.
"""

import itertools
import json
import math
import posixpath
import random
import re
import subprocess
import sys
import unicodedata

CODE = (".c", ".h", ".py")
FOREIGN = "vendor/"
YEAR = 365 * 24 * 3600
DAY = 24 * 3600
EARLIEST = 631152000  # 1990


def is_code(path):
    return path.endswith(CODE) and FOREIGN not in path


class Git:
    """The objects of a repository."""

    def __init__(self, folder):
        self.command = ["git", "-c", "safe.directory=*", "-C", folder]
        self.reader = subprocess.Popen(
            [*self.command, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.trees = {}

    def read(self, name):
        self.reader.stdin.write(name.encode() + b"\n")
        self.reader.stdin.flush()
        head = self.reader.stdout.readline().decode().split()
        if head[-1] == "missing":
            return None
        body = self.reader.stdout.read(int(head[2]))
        self.reader.stdout.read(1)
        return body

    def commits(self):
        return subprocess.check_output([*self.command, "rev-list", "HEAD"], text=True).split()

    def files(self, tree):
        """Mode and content by path."""
        if tree is None:
            return {}
        if tree not in self.trees:
            found, body = {}, self.read(tree)
            while body:
                head, rest = body.split(b"\0", 1)
                mode, name = head.decode().split(" ", 1)
                content, body = rest[:20].hex(), rest[20:]
                if mode == "40000":
                    for path, entry in self.files(content).items():
                        found[name + "/" + path] = entry
                else:
                    found[name] = (mode, content)
            self.trees[tree] = found
        return self.trees[tree]

    def close(self):
        self.reader.stdin.close()
        self.reader.wait()


def read_commit(git, name):
    head, message = git.read(name).decode().split("\n\n", 1)
    fields = [line.split(" ", 1) for line in head.split("\n")]
    author = next(value for key, value in fields if key == "author")
    person, address, time = re.fullmatch(r"(.*?) ?<(.*)> (\d+) [+-]\d{4}", author).groups()
    signatures = [(person, address)]
    for line in message.strip().split("\n\n")[-1].split("\n"):
        trailer = re.fullmatch(r"(?i)co-authored-by: (.*) <(.*)>", line)
        if trailer:
            signatures.append(trailer.groups())
    return {
        "tree": next(value for key, value in fields if key == "tree"),
        "parents": [value for key, value in fields if key == "parent"],
        "time": int(time),
        "signatures": signatures,
    }


def read_mailmap(git):
    body = git.read("HEAD:.mailmap")
    lines = body.decode().splitlines() if body else []
    return {old.lower(): (name, new) for name, new, old in
            (re.fullmatch(r"(.*) <(.*)> <(.*)>", line).groups() for line in lines)}


def fold(name):
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().split()


def mailbox(address):
    return re.sub(r"^\d+\+(?=[^@]+@users\.noreply\.github\.com$)", "", address.lower())


def join_people(signatures):
    """Signatures to people, each with the addresses that tell who it is."""
    groups = []
    for signature in signatures:
        name, address = signature
        keys = {("name", " ".join(fold(name)))} if len(fold(name)) > 1 or "@" not in address else set()
        if "@" in address:
            keys.add(("address", mailbox(address)))
        same = [group for group in groups if group[0] & keys]
        groups = [group for group in groups if group not in same]
        groups.append((keys.union(*(group[0] for group in same)),
                       {signature}.union(*(group[1] for group in same))))
    people = {}
    for _, members in groups:
        label = " ".join(sorted({mailbox(a) if "@" in a else n for n, a in members}))
        for member in members:
            people[member] = label
    return people


def is_bot(name, address):
    return "[bot]" in name + address or name.startswith(("dependabot", "renovate", "web-flow"))


def find_renames(deleted, added):
    """New path to old path; both are mappings of paths to contents."""
    left = {}
    for path in sorted(deleted):
        left.setdefault(deleted[path], []).append(path)
    renames = {}
    for fits in (lambda old, new: posixpath.basename(old) == posixpath.basename(new), lambda old, new: True):
        for path in sorted(added):
            if path in renames:
                continue
            candidates = left.get(added[path], [])
            old = next((each for each in candidates if fits(each, path)), None)
            if old is not None:
                candidates.remove(old)
                renames[path] = old
    return renames


def read_history(git, seed):
    """Changes by path, and earlier paths by path."""
    commits = git.commits()
    random.Random(seed).shuffle(commits)
    changes, earlier = {}, {}
    times, signatures = [], set()
    for name in commits:
        commit = read_commit(git, name)
        if len(commit["parents"]) > 1:
            continue
        parent = read_commit(git, commit["parents"][0])["tree"] if commit["parents"] else None
        before, after = git.files(parent), git.files(commit["tree"])
        deleted = {path: before[path][1] for path in before if path not in after}
        added = {path: after[path][1] for path in after if path not in before}
        renames = find_renames(deleted, added)
        for new, old in renames.items():
            earlier.setdefault(new, set()).add(old)
        bulk = sum(1 for path in added if path not in renames and is_code(path)) >= 30
        times.append(commit["time"])
        signatures.update(commit["signatures"])
        for path in after:
            if path not in before or before[path] != after[path]:
                kind = "rename" if path in renames else "change" if path in before else "addition"
                changes.setdefault(path, []).append({
                    "kind": kind,
                    "bulk": bulk and kind == "addition",
                    "time": commit["time"],
                    "signatures": commit["signatures"],
                })
    return changes, earlier, times, signatures


def history_of(path, changes, earlier):
    paths, waiting = set(), [path]
    while waiting:
        each = waiting.pop()
        if each not in paths:
            paths.add(each)
            waiting.extend(earlier.get(each, ()))
    return [change for each in paths for change in changes.get(each, ())]


def authors_of(history, bots):
    additions = [change for change in history if change["kind"] == "addition"]
    earliest = min((change["known"] for change in additions), default=None)
    first = {person for change in additions if change["known"] == earliest for person in change["people"]}
    others = [change for change in history if change["kind"] != "addition"]
    degrees = {}
    for person in {person for change in history for person in change["people"]} - bots:
        own = sum(1 for change in others if person in change["people"])
        degrees[person] = 3.293 + 1.098 * (person in first) + 0.164 * own - 0.321 * math.log(1 + len(others) - own)
    greatest = max(degrees.values(), default=0)
    return sorted(p for p, degree in degrees.items() if degree > 0.75 * greatest and degree >= 3.293)


def lost(files, gone):
    return sum(1 for authors in files if gone.issuperset(authors))


def greedy_factors(files, gone=frozenset()):
    """Every number that the greedy removal can end with, by the choice among authors of equally many files."""
    if 2 * lost(files, gone) > len(files):
        return {len(gone)}
    counts = {}
    for authors in files:
        for person in set(authors) - gone:
            counts[person] = counts.get(person, 0) + 1
    top = max(counts.values())
    return set().union(*(greedy_factors(files, gone | {p}) for p in counts if counts[p] == top))


def smallest_factor(files):
    people = sorted({person for authors in files for person in authors})
    for size in range(len(people) + 1):
        sets = [s for s in itertools.combinations(people, size) if 2 * lost(files, set(s)) > len(files)]
        if sets:
            return size, len(sets)
    raise AssertionError("All people together are enough.")


def main(folder, now, seed):
    git = Git(folder)
    changes, earlier, times, signatures = read_history(git, seed)
    mailmap = read_mailmap(git)
    everyone = [change for history in changes.values() for change in history]

    def mapped(signature):
        return mailmap.get(signature[1].lower(), signature)

    people = join_people({mapped(signature) for signature in signatures})
    bots = {person for signature, person in people.items() if is_bot(*signature)}
    known_times = [time for time in times if EARLIEST <= time <= now + DAY]
    newest = max(known_times, default=None)
    for change in everyone:
        change["people"] = {people[mapped(signature)] for signature in change["signatures"]}
        change["known"] = change["time"] if change["time"] in known_times else math.inf
        # Far in the past, if unknown.
        change["age"] = newest - change["known"] if change["known"] != math.inf else math.inf
    files = {}
    for path, (mode, _) in git.files(read_commit(git, "HEAD")["tree"]).items():
        if not mode.startswith("100") or not is_code(path):
            continue
        history = history_of(path, changes, earlier)
        own = [change for change in history if change["kind"] != "rename"]
        if own and all(change["bulk"] for change in own):
            files[path] = None
            continue
        recent = [change for change in history if not change["bulk"] and change["age"] <= YEAR]
        files[path] = {
            "authors": authors_of(history, bots),
            "recent": sorted({person for change in recent for person in change["people"]} - bots),
        }
    owned = [entry["authors"] for entry in files.values() if entry]
    answer = {"commits": len(times), "files": dict(sorted(files.items())), "greedy": None, "exact": None, "sets": None}
    if any(owned):
        answer["greedy"] = sorted(greedy_factors(owned))
        answer["exact"], answer["sets"] = smallest_factor(owned)
    git.close()
    print(json.dumps(answer, ensure_ascii=False))


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
