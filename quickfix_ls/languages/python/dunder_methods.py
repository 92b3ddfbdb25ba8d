"""Names with two leading and two trailing underscores that have a meaning in Python."""

from __future__ import annotations

METHODS = frozenset(
    {"__add__", "__aenter__", "__aexit__", "__aiter__", "__and__", "__anext__", "__await__", "__bool__",
     "__bytes__", "__call__", "__class_getitem__", "__contains__", "__del__", "__delattr__", "__delete__",
     "__delitem__", "__dir__", "__enter__", "__eq__", "__exit__", "__float__", "__floordiv__", "__format__",
     "__ge__", "__get__", "__getattr__", "__getattribute__", "__getitem__", "__gt__", "__hash__", "__iadd__",
     "__index__", "__init__", "__init_subclass__", "__int__", "__invert__", "__iter__", "__le__", "__len__",
     "__lt__", "__matmul__", "__missing__", "__mod__", "__mul__", "__ne__", "__neg__", "__new__", "__next__",
     "__or__", "__post_init__", "__pow__", "__radd__", "__repr__", "__reversed__", "__rmul__", "__rsub__",
     "__set__", "__set_name__", "__setattr__", "__setitem__", "__str__", "__sub__", "__truediv__", "__xor__"}
)  # fmt: skip
"""The special methods that are commonly defined (reference manual, §3.3, and `dataclasses`)."""

OTHERS = frozenset(
    {"__abs__", "__all__", "__annotations__", "__author__", "__bases__", "__buffer__", "__build_class__",
     "__ceil__", "__class__", "__cmp__", "__code__", "__coerce__", "__complex__", "__copy__", "__copyright__",
     "__deepcopy__", "__dict__", "__div__", "__divmod__", "__doc__", "__file__", "__firstlineno__", "__floor__",
     "__fspath__", "__getnewargs__", "__getnewargs_ex__", "__getslice__", "__getstate__", "__hex__", "__html__",
     "__iand__", "__idiv__", "__ifloordiv__", "__ilshift__", "__imatmul__", "__imod__", "__import__",
     "__imul__", "__instancecheck__", "__ior__", "__ipow__", "__irshift__", "__isub__", "__itruediv__",
     "__ixor__", "__json__", "__length_hint__", "__loader__", "__long__", "__lshift__", "__main__",
     "__match_args__", "__module__", "__mro__", "__mro_entries__", "__name__", "__nonzero__", "__objclass__",
     "__oct__", "__pos__", "__prepare__", "__qualname__", "__rand__", "__rdiv__", "__rdivmod__", "__reduce__",
     "__reduce_ex__", "__release_buffer__", "__replace__", "__rfloordiv__", "__rlshift__", "__rmatmul__",
     "__rmod__", "__ror__", "__round__", "__rpow__", "__rrshift__", "__rshift__", "__rtruediv__", "__rxor__",
     "__self__", "__setslice__", "__setstate__", "__signature__", "__sizeof__", "__slots__", "__spec__",
     "__static_attributes__", "__subclasscheck__", "__subclasshook__", "__test__", "__trunc__",
     "__type_params__", "__unicode__", "__version__", "__weakref__", "__wrapped__"}
)  # fmt: skip
"""All others: rarer methods, those of Python 2, and attributes of modules, classes and functions."""
