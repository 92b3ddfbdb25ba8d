// The files to choose from, in a list of buttons.

import { element } from "./elements";

export interface Example {
  name: string;
  /** What the program is for. */
  about: string;
  text: string;
}

/** List the files, and open the one that the address names, or the first. */
export function listFiles(list: HTMLElement, examples: Example[], open: (example: Example) => void): void {
  const choose = (example: Example) => {
    for (const { name, button } of buttons) {
      button.toggleAttribute("aria-current", name === example.name);
      if (name === example.name) button.scrollIntoView({ block: "nearest", inline: "center" });
    }
    open(example);
  };
  const buttons = examples.map((example) => {
    const words = [element("strong", {}, titleOf(example.name)), element("span", {}, example.about)];
    const button = element("button", { type: "button" }, ...words);
    button.onclick = () => choose(example);
    return { name: example.name, button };
  });
  list.replaceChildren(...buttons.map(({ button }) => element("li", {}, button)));
  const named = decodeURIComponent(location.hash.slice(1));
  choose(examples.find(({ name }) => name === named) ?? examples[0]!);
}

function titleOf(name: string): string {
  const words = name
    .replace(/\.py$/, "")
    .replaceAll("_", " ")
    .replace(/(?<=[a-z])(?=\d)/, " ");
  return words[0]!.toUpperCase() + words.slice(1);
}
