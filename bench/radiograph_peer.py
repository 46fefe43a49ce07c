"""The radiography measurements with numpy and scipy on one thread: what `bench/metrics.bench.ts` is compared with.

Reads raw 16-bit samples; prints milliseconds of processor time and the noise figure, which both programs must agree on.
Letters are not read and lungs not paired: those steps have no array form and cost little.
"""
import sys
import time

import numpy as np
import scipy.fft as fft
import scipy.ndimage as nd

path, rows, columns, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
stored = np.fromfile(path, np.uint16).reshape(rows, columns)


def blocks(picture, side):
    h, w = picture.shape[0] // side, picture.shape[1] // side
    return picture[: h * side, : w * side].reshape(h, side, w, side)


def measure():
    histogram = np.bincount(stored.ravel(), minlength=4096)
    share = np.cumsum(histogram) / stored.size
    dark, bright = np.searchsorted(share, 0.005), np.searchsorted(share, 0.995)
    span = bright - dark
    film = stored.astype(np.float32)
    reduced = (blocks(film, 7).mean(axis=(1, 3)) - dark) / span
    flat = np.abs(nd.sobel(reduced)) < 0.2
    background, _ = nd.label((reduced < 0.15) & flat)
    anatomy = background == 0
    noise = nd.convolve(film, np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32))[1:-1, 1:-1]
    sigma = np.sqrt(np.pi / 2) / 6 * np.abs(noise).mean()
    quiet = np.percentile(blocks(np.abs(noise), 16).mean(axis=(1, 3)), 10)
    laplacian = nd.laplace(film).var() / span**2
    tenengrad = (nd.sobel(film, 0) ** 2 + nd.sobel(film, 1) ** 2).mean() / span**2
    cells = blocks(film, 16)
    contrast = np.median(cells.std(axis=(1, 3))) / span
    clipped = (stored == stored.min()).mean(), (stored == stored.max()).mean()
    p = histogram[histogram > 0] / stored.size
    entropy = -(p * np.log2(p)).sum()
    greys = np.percentile(reduced[anatomy], [1, 50, 99])
    window = np.hanning(128)[:, None] * np.hanning(128)[None]
    power = np.zeros((128, 128))
    for at in range(32):
        y, x = 64 + (at // 6) * 400, 64 + (at % 6) * 380
        patch = film[y : y + 128, x : x + 128]
        power += np.abs(fft.fft2((patch - patch.mean()) * window)) ** 2
    f = np.hypot(fft.fftfreq(128)[:, None], fft.fftfreq(128)[None])
    bands = [0.03, 0.05, 0.08, 0.12, 0.18, 0.27, 0.4]
    means = [np.log2(power[(f >= a) & (f < b)].mean()) for a, b in zip(bands, bands[1:])]
    slope = -np.polyfit([np.log2(a * b) / 2 for a, b in zip(bands, bands[1:])], means, 1)[0]
    size = np.abs(film[:, 2:] - film[:, :-2])
    steep = (size > 0.024 * span) & (size == nd.maximum_filter1d(size, 3, axis=1))
    steep[1::2] = False
    ys, xs = np.nonzero(steep)
    xs = xs + 1
    rising = np.sign(film[ys, xs + 1] - film[ys, xs - 1])
    ends = []
    for by in (-1, 1):
        at = xs.copy()
        going = np.ones(at.size, bool)
        for _ in range(24):
            following = np.clip(at + by, 0, columns - 1)
            going &= (film[ys, following] - film[ys, at]) * rising * by > 0
            at = np.where(going, following, at)
        ends.append(at)
    step = np.abs(film[ys, ends[1]] - film[ys, ends[0]])
    width = np.median(step / size[ys, xs - 1]), ((ends[1] - ends[0]) < np.where(step < 0.2 * span, 5, 3)).mean()
    lines = np.abs(fft.rfft(film[:: rows // 96, :1024] * np.hanning(1024))) ** 2
    down = np.abs(fft.rfft(film[:1024, :: columns // 96].T * np.hanning(1024))) ** 2
    seams = []
    for stretches in (
        np.stack([part.mean(axis=1) for part in np.array_split(film, 16, axis=1)], axis=1),
        np.stack([part.mean(axis=0) for part in np.array_split(film, 16, axis=0)], axis=1),
    ):
        jumps = np.diff(stretches, axis=0)
        limit = np.maximum(5 * np.median(np.abs(jumps), axis=0), 0.004 * span)
        seams.append(((jumps > limit).sum(axis=1).max(), (jumps[1:] * jumps[:-1] < -(limit**2)).sum(axis=1).max()))
        power = np.abs(fft.rfft(stretches[:1024].T * np.hanning(min(1024, len(stretches))))) ** 2
        seams.append(power.max())
    smooth = nd.uniform_filter(reduced, 17)
    for threshold in (0.5, 0.35):
        lungs, _ = nd.label(nd.binary_erosion(smooth < threshold, np.ones((21, 21))))
        grown = nd.binary_dilation(lungs > 0, iterations=20, mask=smooth < threshold)
        nd.find_objects(lungs)
        nd.center_of_mass(grown)
    ridge = nd.uniform_filter(reduced, 21).argmax(axis=1)
    objects, _ = nd.label(reduced - nd.uniform_filter(reduced, 33) > 0.18)
    if objects.max() > 0:
        nd.find_objects(objects)
        nd.mean(reduced, objects, np.arange(1, objects.max() + 1))
    return sigma, quiet, laplacian, tenengrad, contrast, clipped, entropy, greys, slope, width, lines, down, seams, ridge


times = []
for _ in range(runs):
    start = time.process_time()
    sigma = measure()[0]
    times.append(1000 * (time.process_time() - start))
print(sorted(times)[len(times) // 2], sigma)
