"use client";

/** The last resort, when even the root layout failed: no style sheet, no component of ours. */
export default function GlobalError({ reset }: { reset: () => void }) {
	return (
		<html lang="en">
			<body>
				<h1>Countersign could not draw this page</h1>
				<p>Nothing was decided by this. The log of the dashboard has the cause.</p>
				<button type="button" onClick={reset}>
					Try again
				</button>
			</body>
		</html>
	);
}
