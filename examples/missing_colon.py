"""Which planets are larger than the Earth?"""

DIAMETERS = {"Mercury": 4_879, "Earth": 12_742, "Mars": 6_779, "Jupiter": 139_820}


def larger_than_earth():
    for planet, diameter in DIAMETERS.items()
        if diameter > DIAMETERS["Earth"]:
            yield planet


print(list(larger_than_earth()))
