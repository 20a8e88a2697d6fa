// Preloaded into a program that knows nothing of its parent: when the parent is gone, however it went,
// the channel to it closes, and nothing may be left behind.
if (process.channel) {
	process.on("disconnect", () => process.exit(0));
	process.channel.unref();
}
