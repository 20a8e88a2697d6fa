import { Merged } from "./merge-view";
import { mount } from "./mount";

// With nothing set but the texts.
void mount(Merged);
