/** Ends this process as soon as the supervisor that started it is gone; does nothing where there is none. */
export function exitWithParent(): void {
  if (!process.channel) return;
  process.channel.unref();
  process.once('disconnect', () => process.exit(1));
}
