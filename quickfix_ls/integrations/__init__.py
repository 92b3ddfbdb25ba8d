"""The pipeline in other programs: beside a running one, in pytest, in IPython and notebooks."""
