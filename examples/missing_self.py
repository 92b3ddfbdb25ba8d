"""A counter that counts its visitors."""


class Counter:
    def __init__(self):
        self.visitors = 0

    def visit(self):
        self.visitors += 1
        return visitors


print(Counter().visit())
