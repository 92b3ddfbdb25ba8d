// Which of the server's messages are shown as notifications.
import type { Notifications } from "./settings";

/** The protocol's message types that each value of the setting admits: 1 is an error, 2 a warning, 3 information. */
const MOST: Record<Notifications, number> = { off: 0, onError: 1, onWarning: 2, always: 5 };

export function isShown(type: number, setting: Notifications): boolean {
  return type <= MOST[setting];
}
