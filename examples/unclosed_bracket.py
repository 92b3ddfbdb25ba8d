"""A shopping list with its total."""

prices = {"bread": 2.40, "butter": 1.95, "jam": 3.10}

total = sum(
    price
    for name, price in prices.items()
    if name != "butter"

print(f"Without butter: {total:.2f}")
