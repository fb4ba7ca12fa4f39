// The editor's own worker: it compares texts and finds links off the page's thread.
import "monaco-editor/editor/editor.worker";
