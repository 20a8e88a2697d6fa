import { MultiFileDiff, Virtualizer, WorkerPoolContextProvider } from "@pierre/diffs/react";
import { useMemo } from "react";
import { mount, type Texts } from "./mount";

// Its own number is 8; more workers than cores only slow it down.
const poolOptions = {
	workerFactory: () => new Worker("/workers/pierre-diffs.js", { type: "module" }),
	poolSize: navigator.hardwareConcurrency,
};
const highlighterOptions = { theme: { dark: "pierre-dark", light: "pierre-light" } } as const;
const options = { theme: highlighterOptions.theme, diffStyle: "split", overflow: "wrap" } as const;

/** Virtual, with its workers, as its documentation has it. */
function View({ current, proposed }: Texts) {
	const [oldFile, newFile] = useMemo(
		() => [
			{ name: "prompt.txt", contents: current },
			{ name: "prompt.txt", contents: proposed },
		],
		[current, proposed],
	);
	if (oldFile === undefined || newFile === undefined) return null;
	return (
		<WorkerPoolContextProvider poolOptions={poolOptions} highlighterOptions={highlighterOptions}>
			<Virtualizer style={{ height: "100vh", overflow: "auto" }}>
				<MultiFileDiff oldFile={oldFile} newFile={newFile} options={options} />
			</Virtualizer>
		</WorkerPoolContextProvider>
	);
}

void mount(View);
