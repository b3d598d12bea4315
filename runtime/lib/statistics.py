"""Averages and spread.  Sums are exact: every number is a fraction until the end."""

import math
from bisect import bisect_left
from collections import Counter, namedtuple
from fractions import Fraction
from itertools import groupby

__all__ = ['NormalDist', 'StatisticsError', 'correlation', 'covariance', 'fmean',
           'geometric_mean', 'harmonic_mean', 'linear_regression', 'mean', 'median',
           'median_grouped', 'median_high', 'median_low', 'mode', 'multimode', 'pstdev',
           'pvariance', 'quantiles', 'stdev', 'variance']


class StatisticsError(ValueError):
    """There are too few values, or wrong ones."""


def _wider(a, b):
    """The type for results of both."""
    if a is b or b is int or b is bool:
        return a
    if a is int or a is bool:
        return b
    if issubclass(b, a):
        return b
    if issubclass(a, b):
        return a
    for one, other in ((a, b), (b, a)):
        if issubclass(one, int):
            return other
        if issubclass(one, Fraction) and issubclass(other, float):
            return other
    raise TypeError("don't know how to coerce %s and %s" % (a.__name__, b.__name__))


def _exact(value):
    """A value as a fraction; infinities and nan as they are."""
    try:
        return Fraction(*value.as_integer_ratio())
    except AttributeError:
        raise TypeError("can't convert type '%s' to numerator/denominator"
                        % type(value).__name__) from None
    except (OverflowError, ValueError):
        return value


def _total(data):
    """(type, exact sum, count)"""
    sums, odd, cls, count = {}, None, int, 0
    for kind, values in groupby(data, type):
        cls = _wider(cls, kind)
        for value in values:
            count += 1
            value = _exact(value)
            if isinstance(value, Fraction):
                below = value.denominator
                sums[below] = sums.get(below, 0) + value.numerator
            else:
                odd = value if odd is None else odd + value
    total = sum((Fraction(above, below) for below, above in sums.items()), Fraction(0))
    return cls, total if odd is None else odd, count


def _convert(value, cls):
    if type(value) is cls:
        return value
    if issubclass(cls, int) and getattr(value, 'denominator', 1) != 1:
        cls = float
    if cls is bool:
        cls = int
    try:
        return cls(value)
    except TypeError:
        if hasattr(value, 'numerator'):
            return cls(value.numerator) / cls(value.denominator)
        raise


def _known(data, name, least=1):
    data = list(data)
    if len(data) < least:
        raise StatisticsError('%s requires at least %s data point%s'
                              % (name, {1: 'one', 2: 'two'}[least], '' if least == 1 else 's'))
    return data


def mean(data):
    """The arithmetic mean."""
    cls, total, count = _total(data)
    if count < 1:
        raise StatisticsError('mean requires at least one data point')
    return _convert(total / count, cls)


def fmean(data, weights=None):
    """The arithmetic mean as a float, maybe weighted."""
    data = list(data)
    if weights is None:
        if not data:
            raise StatisticsError('fmean requires at least one data point')
        return math.fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError('data and weights must be the same length')
    total = math.fsum(weights)
    if not total:
        raise StatisticsError('sum of weights must be non-zero')
    return math.fsum(w * x for w, x in zip(weights, data)) / total


def geometric_mean(data):
    """The n-th root of the product."""
    try:
        return math.exp(fmean(map(math.log, data)))
    except ValueError:
        raise StatisticsError('geometric mean requires a non-empty dataset containing positive '
                              'numbers') from None


def harmonic_mean(data, weights=None):
    """The count divided by the sum of reciprocals."""
    data = list(data)
    wrong = 'harmonic mean does not support negative values'
    if not data:
        raise StatisticsError('harmonic_mean requires at least one data point')
    if len(data) == 1 and weights is None:
        if data[0] < 0:
            raise StatisticsError(wrong)
        return data[0]
    weights = [1] * len(data) if weights is None else list(weights)
    if len(weights) != len(data):
        raise StatisticsError('Number of weights does not match data size')

    def terms():
        for weight, value in zip(weights, data):
            if value < 0:
                raise StatisticsError(wrong)
            yield weight / value if weight else 0
    try:
        cls, total, _ = _total(terms())
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _convert(_total(weights)[1] / total, cls)


def median(data):
    """The value in the middle, or the mean of the two there."""
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    if n % 2:
        return data[n // 2]
    return (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    """The value in the middle, or the lesser of the two there."""
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[(len(data) - 1) // 2]


def median_high(data):
    """The value in the middle, or the greater of the two there."""
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]


def median_grouped(data, interval=1):
    """The median of values that stand for intervals around them."""
    data = sorted(data)
    n = len(data)
    if not n:
        raise StatisticsError("no median for empty data")
    x = data[n // 2]
    low = bisect_left(data, x)
    count = data.count(x)
    try:
        interval, x = float(interval), float(x)
    except ValueError:
        raise TypeError('Value cannot be converted to a float') from None
    return x - interval / 2.0 + interval * (n / 2 - low) / count


def mode(data):
    """The most frequent value, the first of several."""
    pairs = Counter(iter(data)).most_common(1)
    if not pairs:
        raise StatisticsError('no mode for empty data')
    return pairs[0][0]


def multimode(data):
    """All most frequent values."""
    counts = Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method='exclusive'):
    """The n - 1 values that cut the data into n equal parts."""
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError('must have at least two data points')
    if method not in ('inclusive', 'exclusive'):
        raise ValueError('Unknown method: %r' % (method,))
    result = []
    for i in range(1, n):
        if method == 'inclusive':
            j, rest = divmod(i * (size - 1), n)
            result.append((data[j] * (n - rest) + data[j + 1] * rest) / n)
        else:
            j = min(max(i * (size + 1) // n, 1), size - 1)
            rest = i * (size + 1) - j * n
            result.append((data[j - 1] * (n - rest) + data[j] * rest) / n)
    return result


def _squares(data, center):
    """(type, exact sum of the squared distances from center or the mean, count)"""
    data = list(data)
    cls, total, count = _total(data)
    if not count:
        return cls, 0, 0
    if center is None:
        center = total / count
    else:
        center = _exact(center)
    return cls, sum(((_exact(value) - center) ** 2 for value in data), Fraction(0)), count


def variance(data, xbar=None):
    """The variance of a population of which the data are a sample."""
    cls, total, count = _squares(data, xbar)
    if count < 2:
        raise StatisticsError('variance requires at least two data points')
    return _convert(total / (count - 1), cls)


def pvariance(data, mu=None):
    """The variance of the data."""
    cls, total, count = _squares(data, mu)
    if count < 1:
        raise StatisticsError('pvariance requires at least one data point')
    return _convert(total / count, cls)


def _root(value):
    """The square root of an exact fraction as the nearest float."""
    if not value:
        return 0.0
    above, below = value.numerator, value.denominator
    shift = (above.bit_length() - below.bit_length() - 109) // 2
    if shift >= 0:
        scaled, rest = divmod(above, below << 2 * shift)
    else:
        scaled, rest = divmod(above << -2 * shift, below)
    root = math.isqrt(scaled)
    # An odd last bit says that the root is not exact, so that rounding sees it.
    root |= root * root != scaled or rest != 0
    return root * 2 ** shift if shift >= 0 else root / (1 << -shift)


def stdev(data, xbar=None):
    """The root of variance."""
    _, total, count = _squares(data, xbar)
    if count < 2:
        raise StatisticsError('stdev requires at least two data points')
    return _root(total / (count - 1)) if isinstance(total, Fraction) else math.sqrt(total)


def pstdev(data, mu=None):
    """The root of pvariance."""
    _, total, count = _squares(data, mu)
    if count < 1:
        raise StatisticsError('pstdev requires at least one data point')
    return _root(total / count) if isinstance(total, Fraction) else math.sqrt(total)


def _products(x, y, name):
    if len(x) != len(y):
        raise StatisticsError('%s requires that both inputs have same number of data points' % name)
    if len(x) < 2:
        raise StatisticsError('%s requires at least two data points' % name)
    xbar, ybar = math.fsum(x) / len(x), math.fsum(y) / len(y)
    return (xbar, ybar, math.fsum((a - xbar) * (b - ybar) for a, b in zip(x, y)),
            math.fsum((a - xbar) ** 2.0 for a in x), math.fsum((b - ybar) ** 2.0 for b in y))


def covariance(x, y, /):
    """How two samples vary together."""
    return _products(x, y, 'covariance')[2] / (len(x) - 1)


def correlation(x, y, /):
    """Pearson's coefficient, from -1 to 1."""
    _, _, sxy, sxx, syy = _products(x, y, 'correlation')
    try:
        return sxy / math.sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant') from None


LinearRegression = namedtuple('LinearRegression', ('slope', 'intercept'))


def linear_regression(x, y, /, *, proportional=False):
    """The line nearest to the points."""
    xbar, ybar, sxy, sxx, _ = _products(x, y, 'linear regression')
    if proportional:
        sxy = math.fsum(a * b for a, b in zip(x, y))
        sxx = math.fsum(a * a for a in x)
    try:
        slope = sxy / sxx
    except ZeroDivisionError:
        raise StatisticsError('x is constant') from None
    return LinearRegression(slope=slope, intercept=0.0 if proportional else ybar - slope * xbar)


class NormalDist:
    """A normal distribution."""

    __slots__ = {'_mu': 'mean', '_sigma': 'standard deviation'}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        """The distribution with the mean and deviation of a sample."""
        data = list(data)
        return cls(fmean(data), stdev(data))

    def samples(self, n, *, seed=None):
        """n random values."""
        import random
        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x):
        """The density at x."""
        if not self._sigma:
            raise StatisticsError('pdf() not defined when sigma is zero')
        z = (x - self._mu) / self._sigma
        return math.exp(-z * z / 2.0) / (self._sigma * math.sqrt(math.tau))

    def cdf(self, x):
        """The part of values up to x."""
        if not self._sigma:
            raise StatisticsError('cdf() not defined when sigma is zero')
        return 0.5 * (1.0 + math.erf((x - self._mu) / (self._sigma * math.sqrt(2.0))))

    def inv_cdf(self, p):
        """The x of which cdf is p."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        if self._sigma <= 0.0:
            raise StatisticsError('cdf() not defined when sigma at or below zero')
        # Halley's method on the standard distribution, from a bracket by bisection.
        low, high = -40.0, 40.0
        for _ in range(20):
            z = (low + high) / 2
            if 0.5 * math.erfc(-z / math.sqrt(2.0)) < p:
                low = z
            else:
                high = z
        z = (low + high) / 2
        for _ in range(6):
            density = math.exp(-z * z / 2.0) / math.sqrt(math.tau)
            step = (0.5 * math.erfc(-z / math.sqrt(2.0)) - p) / density
            z -= step / (1.0 + z * step / 2.0)
        return self._mu + z * self._sigma

    def quantiles(self, n=4):
        """The n - 1 values that cut it into n equal parts."""
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def zscore(self, x):
        """How many deviations x is from the mean."""
        if not self._sigma:
            raise StatisticsError('zscore() not defined when sigma is zero')
        return (x - self._mu) / self._sigma

    @property
    def mean(self):
        return self._mu

    median = mode = mean

    @property
    def stdev(self):
        return self._sigma

    @property
    def variance(self):
        return self._sigma * self._sigma

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, factor):
        return NormalDist(self._mu * factor, self._sigma * math.fabs(factor))

    def __truediv__(self, factor):
        return NormalDist(self._mu / factor, self._sigma / math.fabs(factor))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return -(self - other)

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return '%s(mu=%r, sigma=%r)' % (type(self).__name__, self._mu, self._sigma)
