import { DiagLogLevel, diag } from "@opentelemetry/api";
import type { Log } from "./log";
import { withinDeadline } from "./operations/deadline";

/** What is sent to a collector; where to, and how, the SDK reads from the standard OTEL_… variables itself. */
export interface TelemetrySettings {
	traces: boolean;
	metrics: boolean;
}

export interface Telemetry {
	/** Sends what is left, for at most 3 s. */
	stop(): Promise<void>;
}

const stopDeadlineMs = 3_000;

/**
 * Starts OpenTelemetry, which is loaded only here and only when there is somewhere to send to. It may fail at
 * any time without a request noticing: the log says so.
 */
export async function startTelemetry(settings: TelemetrySettings, log: Log): Promise<Telemetry | null> {
	if (!settings.traces && !settings.metrics) return null;
	const { NodeSDK, resources } = await import("@opentelemetry/sdk-node");
	const sdk = new NodeSDK({
		resource: resources
			.defaultResource()
			.merge(resources.resourceFromAttributes({ "service.name": "countersign-api" })),
		// OTEL_SERVICE_NAME comes by the first. The default's third tells the command line and the user.
		resourceDetectors: [resources.envDetector, resources.hostDetector],
		// Without an endpoint of its own, a signal would be sent to a port of this machine.
		...(settings.traces ? {} : { spanProcessors: [] }),
		...(settings.metrics ? {} : { metricReaders: [] }),
		logRecordProcessors: [],
	});
	const ignore = () => undefined;
	const say = (message: string) => log.error("telemetry", { message });
	diag.setLogger(
		{ error: say, warn: say, info: ignore, debug: ignore, verbose: ignore },
		{ logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
	);
	sdk.start();
	log.info("telemetry", { ...settings });
	return {
		async stop() {
			const ended = sdk.shutdown().then(
				() => "sent",
				() => "failed",
			);
			const outcome = await withinDeadline(ended, stopDeadlineMs, "late");
			if (outcome !== "sent")
				log.error("telemetry", { message: `The last of it was not sent (${outcome}).` });
		},
	};
}
