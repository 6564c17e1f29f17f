"""Every figure of the analysis once more, from textbook formulas and with nothing but Python's standard library, and compared.

usage: reference_test.py ANALYSIS_FIGURES

A made-up bank of 40 items, drawn forms of 12, 1,200 people of three languages and two sites; item i07 is harder in Kazakh, i08 has a wrong key, i09 gives
two points, i01 and i07 are anchors, i40 is drawn rarely, and the last items of a form are not always reached.
"""
import math
import random
import statistics
import subprocess
import sys
from collections import defaultdict

LEAST_ITEM, LEAST_FORM, LEAST_DIF, BANDS = 30, 100, 100, 20


def make_people():
    dice = random.Random(20261122)
    bank = [f"i{n:02}" for n in range(1, 41)]
    hardness = {item: dice.uniform(-2, 1) for item in bank}
    people = []
    for number in range(1200):
        language = dice.choice(["kk"] * 9 + ["ru"] * 9 + ["en"])
        skill = dice.gauss(0, 1)
        form = ["i01", "i07"] + dice.sample([item for item in bank[1:39] if item != "i07"], 10)
        if number < 12:
            form[-1] = "i40"
        dice.shuffle(form)
        reached = 12 if dice.random() < 0.8 else dice.randint(6, 11)
        answers = []
        for place, item in enumerate(form):
            maximum = 2 if item == "i09" else 1
            if place >= reached:
                answers.append((item, 0, maximum, 0, -1, []))
                continue
            ms = int(dice.lognormvariate(10, 0.5)) if dice.random() < 0.95 else -1
            if dice.random() < 0.04:
                answers.append((item, 0, maximum, 1, ms, []))
                continue
            edge = skill - hardness[item] - (2.2 if item == "i07" and language == "kk" else 0)
            chance = 1 / (1 + math.exp(-1.3 * edge))
            if item == "i08":
                chance = 1 - chance
            points = sum(dice.random() < chance for _ in range(maximum))
            words = ["A"] if points == maximum else [dice.choice("BCD")]
            if item == "i03":
                words = ["A", "B"] if points else dice.choice([["A"], ["A", "C"], ["B", "D"]])
            answers.append((item, points, maximum, 2, ms, words))
        people.append({"language": language, "site": dice.choice(["balkhash", "karaganda"]), "mark": 8, "answers": answers})
    return people


def as_input(people):
    lines = []
    for person in people:
        lines.append(f"attempt {person['language']} {person['site']} {person['mark']}")
        for item, points, maximum, reach, ms, words in person["answers"]:
            lines.append(f"{item} {points} {maximum} {reach} {ms} {','.join(words) or '-'}")
    return "\n".join(lines) + "\n"


def total(person):
    return sum(a[1] for a in person["answers"])


def maximum(person):
    return sum(a[2] for a in person["answers"])


def pearson(xs, ys):
    mx, my = statistics.fmean(xs), statistics.fmean(ys)
    sxy = math.fsum((x - mx) * (y - my) for x, y in zip(xs, ys))
    sxx = math.fsum((x - mx) ** 2 for x in xs)
    syy = math.fsum((y - my) ** 2 for y in ys)
    return sxy / math.sqrt(sxx * syy) if sxx > 1e-12 and syy > 1e-12 else None


def thirds(people):
    """By mid-ranks, counted one by one."""
    share = [total(p) / maximum(p) for p in people]
    result = []
    for mine in share:
        below, same = sum(s < mine - 1e-12 for s in share), sum(abs(s - mine) <= 1e-12 for s in share)
        rank = (below + same / 2) / len(share)
        result.append("lower" if rank <= 1 / 3 + 1e-12 else "upper" if rank >= 2 / 3 - 1e-12 else "middle")
    return result


def item_figures(people, third, item):
    """name -> (n, value)"""
    drew = [(p, a, t) for p, t in zip(people, third) for a in p["answers"] if a[0] == item]
    saw = [(p, a, t) for p, a, t in drew if a[3] != 0]
    figures = {"not_reached": (len(drew), 1 - len(saw) / len(drew))}
    if saw:
        xs = [a[1] / a[2] for _, a, _ in saw]
        rests = [(total(p) - a[1]) / (maximum(p) - a[2]) for p, a, _ in saw]
        figures["facility"] = (len(saw), statistics.fmean(xs))
        figures["discrimination"] = (len(saw), pearson(xs, rests))
        figures["omitted"] = (len(saw), sum(a[3] == 1 for _, a, _ in saw) / len(saw))
    times = [a[4] for _, a, _ in saw if a[4] >= 0]
    if len(times) > 1:
        for name, value in zip(("lower", "median", "upper"), statistics.quantiles(times, n=4, method="inclusive")):
            figures["time_" + name] = (len(times), value)
    figures = {name: (n, value if n >= LEAST_ITEM else None) for name, (n, value) in figures.items()}
    if len(saw) >= LEAST_ITEM:
        for word in sorted({w for _, a, _ in saw for w in a[5]}):
            figures["chosen:" + word] = (len(saw), sum(word in a[5] for _, a, _ in saw))
            for where in ("lower", "upper"):
                figures[f"{where}:{word}"] = (sum(t == where for _, _, t in saw), sum(word in a[5] for _, a, t in saw if t == where))
    return figures


def alpha_and_error(people):
    """Pair by pair of items, over the people who had both."""
    points = defaultdict(dict)
    for number, person in enumerate(people):
        for item, got, *_ in person["answers"]:
            points[item][number] = got
    items = [item for item in points if len(points[item]) >= LEAST_ITEM]
    mean = {item: statistics.fmean(points[item].values()) for item in items}
    covariances = []  # (people, covariance)
    for i, one in enumerate(items):
        for other in items[i + 1:]:
            both = points[one].keys() & points[other].keys()
            if both:
                covariances.append((len(both), math.fsum((points[one][p] - mean[one]) * (points[other][p] - mean[other]) for p in both) / len(both)))
    c = math.fsum(n * cov for n, cov in covariances) / sum(n for n, _ in covariances)
    v = math.fsum(math.fsum((x - mean[i]) ** 2 for x in points[i].values()) for i in items) / sum(len(points[i]) for i in items)
    k = statistics.fmean(len(p["answers"]) for p in people)
    return k * c / (v + (k - 1) * c), math.sqrt(k * (v - c))


def consistency(people, alpha):
    mean = statistics.fmean(total(p) / maximum(p) for p in people)
    same, passes = [], []
    for person in people:
        k = len(person["answers"])
        cut = math.ceil(person["mark"] * k / maximum(person) - 1e-12)
        truth = alpha * total(person) / maximum(person) + (1 - alpha) * mean
        passing = sum(math.comb(k, j) * truth**j * (1 - truth) ** (k - j) for j in range(cut, k + 1))
        same.append(passing**2 + (1 - passing) ** 2)
        passes.append(passing)
    p = statistics.fmean(passes)
    chance = p * p + (1 - p) ** 2
    return statistics.fmean(same), (statistics.fmean(same) - chance) / (1 - chance)


def form_figures(people):
    n = len(people)
    figures = {"score": (n, statistics.fmean(total(p) / maximum(p) for p in people)),
               "passed": (n, sum(total(p) >= p["mark"] for p in people) / n)}
    figures = {name: (n, value if n >= LEAST_ITEM else None) for name, (n, value) in figures.items()}
    values = (None,) * 4
    if n >= LEAST_FORM:
        alpha, error = alpha_and_error(people)
        values = (alpha, error, *consistency(people, alpha))
    for name, value in zip(("reliability", "measurement_error", "consistency", "kappa"), values):
        figures[name] = (n, value)
    return figures


def dif(people, item):
    table = defaultdict(lambda: [0, 0, 0, 0])
    count = {"ru": 0, "kk": 0}
    for person in people:
        for a in person["answers"]:
            if a[0] == item and a[3] != 0 and person["language"] in count:
                count[person["language"]] += 1
                band = min(BANDS - 1, (total(person) - a[1]) * BANDS // (maximum(person) - a[2]))
                table[band][(0 if person["language"] == "ru" else 2) + (a[1] != a[2])] += 1
    n = min(count.values())
    names = ("alpha", "delta", "delta_error", "chi_square", "class")
    bands = [b for b in table.values() if sum(b) > 1]
    above, below = (sum(b[i] * b[3 - i] / sum(b) for b in bands) for i in (0, 1))
    if n < LEAST_DIF or not above or not below:
        return {name: (n, None) for name in names}
    alpha = above / below
    delta = -2.35 * math.log(alpha)
    # the variance of ln(alpha) after Phillips and Holland (1987), who show it to be that of Robins, Breslow and Greenland
    error = 2.35 * math.sqrt(sum((b[0] * b[3] + alpha * b[1] * b[2]) * (b[0] + b[3] + alpha * (b[1] + b[2])) / sum(b) ** 2 for b in bands) / (2 * above**2))
    excess = sum(b[0] - (b[0] + b[1]) * (b[0] + b[2]) / sum(b) for b in bands)
    variance = sum((b[0] + b[1]) * (b[2] + b[3]) * (b[0] + b[2]) * (b[1] + b[3]) / (sum(b) ** 2 * (sum(b) - 1)) for b in bands)
    chi = max(0.0, abs(excess) - 0.5) ** 2 / variance
    letter = 1
    if abs(delta) < 1 or chi < 3.841:
        letter = 0
    elif abs(delta) >= 1.5 and (abs(delta) - 1) / error > 1.645:
        letter = 2
    return {name: (n, value) for name, value in zip(names, (alpha, delta, error, chi, letter))}


def expected(people):
    result = {}
    groups = {"all": people}
    for person in people:
        groups.setdefault(person["language"], []).append(person)
        groups.setdefault("site:" + person["site"], []).append(person)
    for name, group in groups.items():
        for figure, value in form_figures(group).items():
            result[name, "-", figure] = value
        drawn, third = defaultdict(int), thirds(group)
        for person in group:
            for a in person["answers"]:
                drawn[a[0]] += 1
        for item in drawn:
            if name == "all" or drawn[item] >= LEAST_ITEM:
                for figure, value in item_figures(group, third, item).items():
                    result[name, item, figure] = value
    for item in {a[0] for p in people for a in p["answers"]}:
        for figure, value in dif(people, item).items():
            result["dif", item, figure] = value
    return result


def given(program, people):
    result = {}
    for line in subprocess.run([program], input=as_input(people), stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines():
        group, item, name, n, value = line.split()
        result[group, item, name] = (int(n), None if value == "-" else float(value))
    return result


def is_same(one, other):
    if one[0] != other[0] or (one[1] is None) != (other[1] is None):
        return False
    return one[1] is None or math.isclose(one[1], other[1], rel_tol=1e-9, abs_tol=1e-9)


def main(program):
    people = make_people()
    ours, theirs = given(program, people), expected(people)
    assert ours.keys() == theirs.keys(), sorted(ours.keys() ^ theirs.keys())[:20]
    different = [(key, ours[key], theirs[key]) for key in ours if not is_same(ours[key], theirs[key])]
    assert not different, (len(different), different[:10])
    shown = sum(value is not None for _, value in ours.values())
    assert shown > 3000 and any(value is None for _, value in ours.values()), shown
    # the made-up faults are found
    assert ours["dif", "i07", "class"][1] == 2 and ours["dif", "i07", "delta"][1] < -1.5, ours["dif", "i07", "delta"]
    assert ours["all", "i08", "discrimination"][1] < 0, ours["all", "i08", "discrimination"]
    assert ours["all", "i40", "facility"] == (ours["all", "i40", "facility"][0], None) and ours["all", "i40", "facility"][0] < LEAST_ITEM
    assert 0.4 < ours["all", "-", "reliability"][1] < 0.9, ours["all", "-", "reliability"]
    print(f"{len(ours)} figures agree, {shown} of them shown")


if __name__ == "__main__":
    main(*sys.argv[1:])
