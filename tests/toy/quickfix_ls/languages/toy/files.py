from quickfix_ls.documents.files import Files

FILES = Files("Toy", "toy", (".toy",), (".toy",), lambda data: "utf-8")
