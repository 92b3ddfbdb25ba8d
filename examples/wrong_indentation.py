"""Sum the even numbers of a list."""


def sum_of_even(numbers):
    total = 0
    for number in numbers:
        if number % 2 == 0:
            total += number
     return total


print(sum_of_even([1, 2, 3, 4]))
