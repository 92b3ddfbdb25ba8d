// Makes the packages in dist/: `npm run package` the universal one and this platform's, `npm run package -- TARGET ...`
// the named ones (`universal`, `linux-x64`, `win32-x64`, ...).
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createVSIX } from "@vscode/vsce";

const LIBS = "bundled/libs";
const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
const targets = process.argv.slice(2);

execFileSync(process.execPath, ["esbuild.mjs"], { stdio: "inherit" });
for (const target of targets.length > 0 ? targets : ["universal", `${process.platform}-${process.arch}`]) {
  rmSync(LIBS, { recursive: true, force: true });
  if (target !== "universal") {
    execFileSync(process.platform === "win32" ? "python" : "python3", ["bundle.py", "--target", target], {
      stdio: "inherit",
    });
  }
  await createVSIX({
    packagePath: `dist/${name}-${version}-${target}.vsix`,
    dependencies: false,
    allowMissingRepository: true,
    ...(target === "universal" ? {} : { target }),
  });
}
