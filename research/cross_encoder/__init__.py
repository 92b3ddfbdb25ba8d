"""The cross-encoder: a small language model, fine-tuned to say which candidate a person accepts, to compare with the
selectors.

`texts` is what it reads of a group, `packing` how a group becomes tokens, `backbone` where the language model comes
from, `model` the model; `activations` keeps what the frozen layers say, `fitting` trains the others, `probe` says what
the frozen model knew before; `train` and `score` are the commands, `costs` what it costs.

It is no selector in `ranking/selectors`: those turn a few numbers of a candidate into probabilities within a
millisecond, in the search's inner loop. This one reads text, takes a hundred times as long and needs PyTorch; it is
here to be compared with, and it joins the comparison through a file of scores.
"""
