// The trace of the messages between editor and server. The client writes it while the log level of its channel is
// `Trace`; here the setting `trace.server` decides, or the command that shows it.
import { Disposable, EventEmitter, LogLevel, type LogOutputChannel, window, workspace } from "vscode";
import { SECTION } from "./settings";

export interface ServerTrace extends Disposable {
  readonly channel: LogOutputChannel;
  /** Traces from now on, whatever the setting is, and shows the trace. */
  show(): void;
}

export function createServerTrace(): ServerTrace {
  const channel = window.createOutputChannel("Quickfix Trace", { log: true });
  const changed = new EventEmitter<LogLevel>();
  let isShown = false;
  const isOn = () => workspace.getConfiguration(SECTION).get("trace.server") !== "off";
  const level = () => (isShown || isOn() ? LogLevel.Trace : LogLevel.Info);
  const listener = workspace.onDidChangeConfiguration(() => changed.fire(level()));
  const traced = Object.create(channel, {
    trace: { value: (message: string) => channel.info(message) },
    logLevel: { get: level },
    onDidChangeLogLevel: { value: changed.event },
  }) as LogOutputChannel;
  return {
    channel: traced,
    show: () => {
      isShown = true;
      changed.fire(level());
      channel.show();
    },
    dispose: () => Disposable.from(listener, changed, channel).dispose(),
  };
}
