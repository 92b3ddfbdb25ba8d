"""The length of the diagonal of a rectangle."""


def diagonal(width, height):
    return math.sqrt(width**2 + height**2)


print(diagonal(3, 4))
