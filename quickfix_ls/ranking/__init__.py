"""Which of a problem's candidates a person would choose: their features, and the selectors that judge by
them."""
