"""Count the words of a sentence, written for Python 2."""

from collections import Counter

sentence = "the quick brown fox jumps over the lazy dog"

for word, count in Counter(sentence.split()).most_common(3):
    print word, count
