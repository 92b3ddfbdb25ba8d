"""Extensions as .vsix files: ours as it was built, and small ones of the tests."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from tests.kit import REPOSITORY

_TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="json" ContentType="application/json"/>
<Default Extension="vsixmanifest" ContentType="text/xml"/>
</Types>
"""


def ours(*, bundled: bool = False) -> Path | None:
    """The newest .vsix in editors/vscode/dist: the universal one, or the one that carries the server."""
    built = (REPOSITORY / "editors" / "vscode" / "dist").glob("*.vsix")
    wanted = [package for package in built if package.stem.endswith("universal") is not bundled]
    return max(wanted, key=lambda package: package.stat().st_mtime, default=None)


def packed(source: Path, package: Path, modules: Path | None = None) -> Path:
    """Pack an extension's folder, with the folder `modules` as its node_modules, into the file `package`."""
    about = json.loads((source / "package.json").read_text())
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("extension.vsixmanifest", _manifest(about))
        for folder, inside in ((source, "extension"), (modules, "extension/node_modules")):
            for file in sorted(folder.rglob("*")) if folder else ():
                if file.is_file():
                    archive.write(file, f"{inside}/{file.relative_to(folder)}")
    return package


def _manifest(about: dict[str, str]) -> str:
    identity = " ".join(
        f"{key}={quoteattr(about[name])}"
        for key, name in (("Id", "name"), ("Version", "version"), ("Publisher", "publisher"))
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata><Identity Language="en-US" {identity}/><DisplayName>{about["displayName"]}</DisplayName></Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
<Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/></Assets>
</PackageManifest>
"""
