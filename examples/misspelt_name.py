"""The mean and the spread of some measurements."""


def spread(measurements):
    lowest = min(measurements)
    highest = max(measurements)
    return higest - lowest


print(spread([3.1, 2.7, 3.4]))
