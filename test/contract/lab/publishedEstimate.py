"""The consolidation that AWS published for single labels, written down once more from its description.

Reads {"classes": n, "batches": [{object: {worker: label}}]} and prints {object: [label, confidence]}.
"""

import json
import math
import sys


def estimate(batch, classes):
    def even(accuracy):
        off = (1 - accuracy) / (classes - 1)
        return [[accuracy if truth == label else off for label in range(classes)] for truth in range(classes)]

    workers = sorted({worker for annotations in batch.values() for worker in annotations})
    posterior = {key: [1 / classes] * classes for key in batch}
    confusion = {worker: even(0.7) for worker in workers}
    team = 0.7
    before = None
    for _ in range(20):
        prior = [sum(p[truth] for p in posterior.values()) / len(batch) for truth in range(classes)]
        likelihood = 0.0
        for key, annotations in batch.items():
            joint = [
                prior[truth] * math.prod(confusion[worker][truth][label] for worker, label in annotations.items())
                for truth in range(classes)
            ]
            total = sum(joint)
            posterior[key] = [value / total for value in joint]
            likelihood += math.log(total)
        if before is not None and (likelihood - before) / before < 1e-8:
            break
        before = likelihood
        accuracies = []
        for worker in workers:
            counts = [[0.0] * classes for _ in range(classes)]
            for key, annotations in batch.items():
                if worker in annotations:
                    for truth in range(classes):
                        counts[truth][annotations[worker]] += posterior[key][truth]
            mass = sum(map(sum, counts))
            accuracy = sum(counts[truth][truth] for truth in range(classes)) / mass
            accuracies.append(accuracy)
            own, shared = even(accuracy), even(team)
            rows = [
                [counts[t][a] + own[t][a] * mass + shared[t][a] * mass / 2 for a in range(classes)]
                for t in range(classes)
            ]
            confusion[worker] = [[value / sum(row) for value in row] for row in rows]
        team = sum(accuracies) / len(accuracies)
    return posterior


def consolidated(posterior):
    best = 0
    for index, probability in enumerate(posterior):
        if probability > posterior[best] * (1 + 1e-12):
            best = index
    return [best, round(0.05 + 0.9 * posterior[best], 2)]


given = json.load(sys.stdin)
print(
    json.dumps(
        {
            key: consolidated(posterior)
            for batch in given["batches"]
            for key, posterior in estimate(batch, given["classes"]).items()
        }
    )
)
