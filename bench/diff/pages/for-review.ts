import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";

/** What a reviewer needs of CodeMirror: numbered and wrapped lines that nobody can change, far parts folded. */
export const extensionsForReview = [lineNumbers(), EditorView.lineWrapping, EditorState.readOnly.of(true)];
export const collapseUnchanged = { margin: 3, minSize: 4 };
