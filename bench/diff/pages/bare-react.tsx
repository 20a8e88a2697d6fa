import { mount, type Texts } from "./mount";

/** What every page loads, whatever it draws with. */
function Bare({ current, proposed }: Texts) {
	return <p>{current.length + proposed.length}</p>;
}

void mount(Bare);
