"""Greet everybody."""

names = ["Ada", "Grace", "Guido']

for name in names:
    print("Hello,", name)
