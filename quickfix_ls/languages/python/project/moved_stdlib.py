"""Modules and members removed from Python's standard library, with their replacements ("What's New", 3.0 to 3.13)."""

from __future__ import annotations

MODULES = {
    "BaseHTTPServer": "http.server", "CGIHTTPServer": "http.server", "ConfigParser": "configparser",
    "Cookie": "http.cookies", "HTMLParser": "html.parser", "Queue": "queue", "SimpleHTTPServer": "http.server",
    "SimpleXMLRPCServer": "xmlrpc.server", "SocketServer": "socketserver", "StringIO": "io", "Tkinter": "tkinter",
    "UserDict": "collections", "UserList": "collections", "UserString": "collections", "__builtin__": "builtins",
    "cPickle": "pickle", "cStringIO": "io", "cookielib": "http.cookiejar",
    "copy_reg": "copyreg", "dummy_thread": "_thread", "htmlentitydefs": "html.entities", "httplib": "http.client",
    "robotparser": "urllib.robotparser", "tkFileDialog": "tkinter.filedialog", "tkFont": "tkinter.font",
    "tkMessageBox": "tkinter.messagebox", "tkSimpleDialog": "tkinter.simpledialog", "ttk": "tkinter.ttk",
    "urllib2": "urllib.request", "urlparse": "urllib.parse", "xmlrpclib": "xmlrpc.client",
}  # fmt: skip
"""Modules of Python 2 by their old names, without those whose names are common for modules of projects."""

_ABC = ("AsyncIterator", "Awaitable", "Callable", "Coroutine", "Generator", "Hashable", "ItemsView", "Iterable",
        "Iterator", "KeysView", "Mapping", "MappingView", "MutableMapping", "MutableSequence", "MutableSet",
        "Sequence", "Set", "Sized", "ValuesView", "Container")  # fmt: skip
_PARSE = ("quote", "quote_plus", "unquote", "unquote_plus", "urlencode")
_REQUEST = ("urlopen", "urlretrieve", "urlcleanup", "pathname2url", "url2pathname", "getproxies")

MEMBERS = {
    **{f"collections.{name}": f"collections.abc.{name}" for name in _ABC},
    **{f"urllib.{name}": f"urllib.parse.{name}" for name in _PARSE},
    **{f"urllib.{name}": f"urllib.request.{name}" for name in _REQUEST},
    "itertools.ifilter": "filter", "itertools.imap": "map", "itertools.izip": "zip",
    "itertools.izip_longest": "itertools.zip_longest", "itertools.ifilterfalse": "itertools.filterfalse",
    "inspect.getargspec": "inspect.getfullargspec", "os.getcwdu": "os.getcwd",
    "string.letters": "string.ascii_letters", "string.lowercase": "string.ascii_lowercase",
    "string.uppercase": "string.ascii_uppercase", "string.maketrans": "str.maketrans", "sys.maxint": "sys.maxsize",
    "time.clock": "time.perf_counter", "types.StringType": "str", "types.ListType": "list",
    "types.DictType": "dict", "types.IntType": "int", "types.TupleType": "tuple",
}  # fmt: skip
"""Members of modules that still exist, by their old dotted names; a new name without a dot is a builtin."""
