# The estimates of src/core/consolidation/wholeJob in numpy and scipy: consolidation.py KIND FOLDER OBJECTS WORKERS CLASSES.
# Reads the answers from FOLDER, writes the probabilities there, and prints how long it took and what it needed.
import json
import resource
import sys
import time

import numpy
import scipy.sparse
import scipy.special

ROUNDS = 100
SMOOTHING = 0.1
MOST_ROUNDS = 30
TOLERANCE = 2e-3
DOUBT = 0.02


def table(answers, shape):
    """One row for each object, one column for each worker and class."""
    objects, workers, labels = answers
    object_count, worker_count, class_count = shape
    ones = numpy.ones(len(objects))
    columns = workers * class_count + labels
    by_object = scipy.sparse.csr_matrix((ones, (objects, columns)), shape=(object_count, worker_count * class_count))
    return by_object, by_object.T.tocsr()


def vote_counts(answers, shape):
    objects, _, labels = answers
    object_count, _, class_count = shape
    counts = numpy.bincount(objects * class_count + labels, minlength=object_count * class_count)
    return counts.reshape(object_count, class_count).astype(float)


def normalised(logarithms):
    logarithms -= logarithms.max(axis=1, keepdims=True)
    numpy.exp(logarithms, out=logarithms)
    logarithms /= logarithms.sum(axis=1, keepdims=True)
    return logarithms


def dawid_skene(answers, shape):
    by_object, by_cell = table(answers, shape)
    _, worker_count, class_count = shape
    votes = vote_counts(answers, shape)
    posteriors = votes / votes.sum(axis=1, keepdims=True)
    for _ in range(ROUNDS):
        shares = numpy.log(posteriors.sum(axis=0) / len(posteriors))
        counts = (by_cell @ posteriors).reshape(worker_count, class_count, class_count) + SMOOTHING
        likelihoods = numpy.log(counts / counts.sum(axis=1, keepdims=True))
        posteriors = normalised(by_object @ likelihoods.reshape(-1, class_count) + shares)
    return posteriors


def vote_shares(answers, shape):
    objects, workers, labels = answers
    object_count, worker_count, class_count = shape
    votes = vote_counts(answers, shape)
    is_winner = votes == votes.max(axis=1, keepdims=True)
    hits = (is_winner / is_winner.sum(axis=1, keepdims=True))[objects, labels]
    agreements = numpy.bincount(workers, hits, worker_count) / numpy.maximum(numpy.bincount(workers, minlength=worker_count), 1)
    shares = numpy.bincount(objects * class_count + labels, agreements[workers], object_count * class_count)
    shares = shares.reshape(object_count, class_count)
    return shares / shares.sum(axis=1, keepdims=True)


def subtypes(tables, votes, shape, kinds, pull):
    by_object, by_cell = tables
    _, worker_count, class_count = shape
    states = class_count * kinds
    class_votes = votes.sum(axis=0)
    centers = (numpy.arange(kinds) + 0.5) / kinds
    bumps = numpy.exp(-((votes[:, :, None] - centers) ** 2) / (2 * (0.5 / kinds) ** 2))
    begin = (votes[:, :, None] * bumps / bumps.sum(axis=2, keepdims=True)).reshape(-1, states)
    counts = (by_cell @ begin).reshape(worker_count, class_count, states)
    totals = begin.sum(axis=0)
    classes = numpy.arange(states) // kinds
    before_any = 4.0 * numpy.where(numpy.arange(class_count)[:, None] == classes, 4, 1)
    posteriors = votes
    digamma = scipy.special.digamma
    for _ in range(MOST_ROUNDS):
        in_class = totals.reshape(class_count, kinds).sum(axis=1)
        shares = digamma(class_votes + in_class) - digamma((class_votes + in_class).sum()) - digamma(in_class + 3)
        shares = numpy.repeat(shares, kinds) + digamma(totals + 3 / kinds)
        pooled = before_any + counts.sum(axis=0)
        prior = pull * pooled / pooled.sum(axis=0)
        likelihoods = numpy.log(counts + prior) - numpy.log(counts.sum(axis=1, keepdims=True) + pull)
        of_states = normalised(by_object @ likelihoods.reshape(-1, states) + shares)
        counts = (by_cell @ of_states).reshape(worker_count, class_count, states)
        totals = of_states.sum(axis=0)
        before, posteriors = posteriors, of_states.reshape(-1, class_count, kinds).sum(axis=2)
        if numpy.abs(posteriors - before).max() < TOLERANCE:
            break
    return posteriors


def whole_job(answers, shape):
    tables = table(answers, shape)
    votes = vote_shares(answers, shape)
    models = [subtypes(tables, votes, shape, kinds, pull) for kinds, pull in ((3, 8), (1, 2))]
    return (1 - DOUBT) * (0.5 * votes + 0.25 * models[0] + 0.25 * models[1]) + DOUBT / shape[2]


def main(kind, folder, *shape):
    answers = [numpy.fromfile(f"{folder}/{name}", dtype=numpy.int32) for name in ("objects", "workers", "labels")]
    used_before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    started = time.perf_counter()
    posteriors = {"dawidSkene": dawid_skene, "wholeJob": whole_job}[kind](answers, tuple(int(count) for count in shape))
    ms = (time.perf_counter() - started) * 1000
    usage = resource.getrusage(resource.RUSAGE_SELF)
    posteriors.tofile(f"{folder}/numpy-{kind}")
    print(json.dumps({"ms": ms, "userMs": (usage.ru_utime - used_before) * 1000, "peakRssMb": round(usage.ru_maxrss / 1024)}))


main(*sys.argv[1:])
